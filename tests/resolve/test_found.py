"""Layers of names laid over one another, and names found again."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.resolve.again import find_again
from app.resolve.found import FoundName, overlay
from tests.resolve.by_hand import annotated, found, surfaces_of


def name(start: int, end: int, layer: str = "model") -> FoundName:
    return FoundName(start, end, "ORG", None, layer)


def test_of_two_that_overlap_the_one_above_stays() -> None:
    assert overlay([name(0, 5)], [name(3, 9, "above")]) == (name(3, 9, "above"),)


def test_a_longer_name_below_holds_the_one_above() -> None:
    assert overlay([name(0, 9)], [name(3, 9, "above")]) == (name(0, 9),)


def test_equal_places_are_the_upper_layers() -> None:
    assert overlay([name(3, 9)], [name(3, 9, "above")]) == (name(3, 9, "above"),)


def apart(starts: list[int]) -> list[FoundName]:
    ordered = [*sorted(set(starts)), 99]
    return [name(start, min(start + 6, after)) for start, after in pairwise(ordered)]


@given(st.lists(st.integers(0, 60), max_size=8), st.lists(st.integers(0, 60), max_size=8))
def test_no_two_names_overlap_and_none_is_made(one: list[int], other: list[int]) -> None:
    base, above = apart(one), apart(other)
    laid = overlay(base, above)
    assert all(left.end <= right.start for left, right in pairwise(laid))
    assert {*laid} <= {*base, *above}
    assert not (base or above) or laid


def test_a_name_is_found_wherever_it_stands_as_one() -> None:
    text = annotated("Kowal spoke in Lindau. The Kowals were there, said Kowal.")
    (first, *_) = found(text, Kowal="PERSON")
    again = find_again(text, [first])
    assert surfaces_of(text, again) == [("Kowal", "PERSON"), ("Kowal", "PERSON")]
    assert [each.layer for each in again] == ["model", "again"]


def test_half_of_a_longer_name_is_not_found_again() -> None:
    text = annotated("Lindau slept. The Lindau Hotel burned.")
    (first, _) = found(text, Lindau="GPE")
    assert len(find_again(text, [first])) == 1
