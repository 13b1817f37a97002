"""What French sentences are compared by."""

import pytest

from app.domain.annotation import AnalysisInput
from app.domain.statement import Sentence
from app.services.pipeline import Analyser


@pytest.fixture(scope="module")
def french() -> Analyser:
    return Analyser({"fr": "fr_core_news_md"}, "fr")


def read(french: Analyser, text: str) -> Sentence:
    (analysis,) = french.analyse([AnalysisInput(text, 0, "fr")])
    (found,) = analysis.findings.sentences
    return found


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("L'armée n'a pas repris la ville.", ["reprendre"]),
        ("L'armée n'a jamais repris la ville.", ["reprendre"]),
        ("Le syndicat n'appelle plus à la grève.", ["appeler"]),
        ("Le syndicat n’appelle plus à la grève.", ["appeler"]),
        ("Le ministre a refusé de signer l'accord.", ["signer"]),
        ("Ils se sont retirés sans combattre.", ["combattre"]),
        ("Plus de 400 civils ont fui.", []),
        ("L'armée a repris la ville.", []),
    ],
)
def test_what_is_denied(french: Analyser, text: str, denied: list[str]) -> None:
    assert list(read(french, text).negated) == denied


def test_a_verb_and_its_noun_are_one_word(french: Analyser) -> None:
    assert "mettre fin" in read(french, "La mairie a mis fin aux négociations.").verbs


def test_who_does_it_to_whom(french: Analyser) -> None:
    found = read(french, "Le pont a été détruit par les soldats.")
    assert [found.lemmas[place] for place in found.acting] == ["soldat"]
    assert [found.lemmas[place] for place in found.suffering] == ["pont"]


def test_a_comma_opens_decimals(french: Analyser) -> None:
    assert "3.5" in read(french, "La note est de 3,5.").lemmas
