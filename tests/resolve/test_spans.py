"""The model's spans mended, and names that it took together parted."""

import pytest

from app.resolve.found import FoundName
from app.resolve.headlines import part
from app.resolve.spans import mend
from tests.resolve.by_hand import annotated, surfaces_of


def mended(text: str, surface: str, type_: str) -> list[str]:
    reading = annotated(text)
    start = text.index(surface)
    names = mend(reading, [FoundName(start, start + len(surface), type_)])
    return [surface for surface, _ in surfaces_of(reading, names)]


@pytest.mark.parametrize(
    ("text", "surface", "type_", "name"),
    [
        ("at Kowal's house", "Kowal's", "PERSON", ["Kowal"]),
        ("of the Harbour Union", "the Harbour Union", "ORG", ["Harbour Union"]),
        ("an Iran-backed group", "Iran-backed", "GPE", ["Iran"]),
        ("said Bashar Al-Assad", "Bashar Al", "PERSON", ["Bashar Al-Assad"]),
        ("said al-Assad", "al", "PERSON", ["al-Assad"]),
        ("said Minister Ada Stone", "Minister Ada Stone", "PERSON", ["Ada Stone"]),
        ("Ada Stone Jr. spoke", "Ada Stone", "PERSON", ["Ada Stone Jr."]),
        ("in “Lindau”,", "“Lindau”", "GPE", ["Lindau"]),
        ("Lindau\nBregenz", "Lindau\nBregenz", "GPE", ["Lindau", "Bregenz"]),
        ("north of Lindau", "north of Lindau", "LOC", ["Lindau"]),
        ("watched TV there", "TV", "ORG", []),
        ("a nice day", "nice", "GPE", []),
    ],
)
def test_a_span_is_cut_or_grown_to_the_name(
    text: str, surface: str, type_: str, name: list[str]
) -> None:
    assert mended(text, surface, type_) == name


@pytest.mark.parametrize(
    ("text", "surface", "names"),
    [
        ("in Lyon, Nice", "Lyon, Nice", ["Lyon", "Nice"]),
        ("in Saint Gallen", "Saint Gallen", ["Saint Gallen"]),
    ],
)
def test_places_in_a_row_are_parted(text: str, surface: str, names: list[str]) -> None:
    reading = annotated(text)
    start = text.index(surface)
    parted = part(reading, [FoundName(start, start + len(surface), "GPE")])
    assert [surface for surface, _ in surfaces_of(reading, parted)] == names
