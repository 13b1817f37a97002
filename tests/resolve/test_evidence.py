"""What a text says of the type of a name, one witness at a time."""

import pytest

from app.resolve import evidence
from app.resolve.evidence import TextClues, Witness, weigh
from tests.resolve.by_hand import annotated, names_of


def said(witness: Witness, text: str, surface: str, type_: str, **others: str) -> dict[str, float]:
    reading = annotated(text)
    names = names_of(reading, **{surface: type_}, **others)
    (name,) = [each for each in names if each.surface == surface.replace("_", " ")]
    return dict(witness(reading, TextClues.of(reading, names), name))


@pytest.mark.parametrize(
    ("surface", "type_"),
    [
        ("Kowal_Academy", "ORG"),
        ("Lake_Corvane", "LOC"),
        ("Adam_Corvane", "PERSON"),
        ("Battle_of_Corvane", "EVENT"),
    ],
)
def test_the_words_of_a_name_tell_its_type(surface: str, type_: str) -> None:
    text = f"They spoke of {surface.replace('_', ' ')} again."
    assert list(said(evidence.own_words, text, surface, "GPE")) == [type_]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Mrs. Corvane spoke.", "PERSON"),
        ("the singer Corvane spoke", "PERSON"),
        ("the village of Corvane burned", "GPE"),
        ("they live near Corvane", "GPE"),
        ("then Corvane, 34, left", "PERSON"),
    ],
)
def test_what_stands_beside_a_name_tells_its_type(text: str, type_: str) -> None:
    assert type_ in said(evidence.neighbours, text, "Corvane", "ORG")


def test_a_ship_is_told_by_its_noun() -> None:
    assert said(evidence.vessels, "the ferry Corvane sank", "Corvane", "PERSON") == {"PRODUCT": 6.0}
    assert said(evidence.vessels, "the town Corvane sank", "Corvane", "PERSON") == {}


def test_a_surname_of_the_text_is_a_persons() -> None:
    found = said(
        evidence.namesakes, "Ada Corvane met Corvane", "Corvane", "ORG", Ada_Corvane="PERSON"
    )
    assert list(found) == ["PERSON"]


def test_the_model_is_outvoted_by_what_stands_in_the_text() -> None:
    reading = annotated("Mrs. Corvane spoke. They live near Lindau.")
    names = names_of(reading, Corvane="ORG", Lindau="GPE")
    weights = weigh(reading, names, [evidence.neighbours])
    assert names[0].typed(weights["corvane"]).type == "PERSON"
    assert names[1].typed(weights["lindau"]).type == "GPE"
    assert weights["corvane"]["ORG"] == evidence.MODEL
