"""Names of persons: what makes a name full, who may be one, and which names a text joins."""

import pytest

from app.resolve.cues import NameCues
from app.resolve.persons import is_full, one_person, person_joins, surname
from tests.resolve.by_hand import annotated, names_of

CUES = NameCues.of("en")


@pytest.mark.parametrize(
    ("name", "full", "last"),
    [
        ("ada stone", True, "stone"),
        ("ada stone jr", True, "stone"),
        ("stone", False, None),
        ("al assad", False, None),
        ("bashar al assad", True, "assad"),
        ("stone jr", False, None),
    ],
)
def test_a_full_name_has_more_than_a_surname(name: str, full: bool, last: str | None) -> None:
    assert (is_full(name.split(), CUES), surname(name.split(), CUES)) == (full, last)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("john smith", "john a smith", True),
        ("john a smith", "john adam smith", True),
        ("john a smith", "john b smith", False),
        ("john smith jr", "john smith", False),
        ("john smith", "eve smith", False),
        ("john a b smith", "john a smith", False),
    ],
)
def test_who_may_be_one_person(one: str, other: str, same: bool) -> None:
    assert one_person(one.split(), other.split(), CUES) is same
    assert one_person(other.split(), one.split(), CUES) is same


def joined(text: str, **types: str) -> set[tuple[str, str, str]]:
    reading = annotated(text)
    joins = person_joins(reading, names_of(reading, **types))
    return {(join.key, join.into, join.rule) for join in joins}


def test_a_surname_goes_to_the_full_name() -> None:
    found = joined("Ada Stone spoke. Then Stone left.", Ada_Stone="PERSON", Stone="PERSON")
    assert found == {("stone", "ada stone", "surname")}


def test_a_surname_of_two_goes_to_nobody() -> None:
    text = "Ada Stone met Eve Stone. Then Stone left."
    assert joined(text, Ada_Stone="PERSON", Eve_Stone="PERSON", Stone="PERSON") == set()


def test_a_relative_told_as_such_is_not_whom_the_surname_means() -> None:
    text = "John Stone came with his wife, Ada Stone. Then Stone left."
    found = joined(text, John_Stone="PERSON", Ada_Stone="PERSON", Stone="PERSON")
    assert found == {("stone", "john stone", "surname")}


def test_a_middle_name_joins_the_one_who_has_it() -> None:
    text = "John Adam Smith spoke. Later John Smith left."
    found = joined(text, John_Adam_Smith="PERSON", John_Smith="PERSON")
    assert found == {("john smith", "john adam smith", "middle name")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Stone spoke. Ada left.", {("ada", "ada stone", "first name")}),
        # Before the full name, and told as somebody new, it may be another.
        ("Ada left. Ada Stone spoke.", set()),
        ("Ada Stone spoke. Ada, 34, left.", set()),
        ("Ada Stone spoke. A girl identified as Ada left.", set()),
    ],
)
def test_a_first_name_goes_to_the_full_name_before_it(
    text: str, found: set[tuple[str, str, str]]
) -> None:
    assert joined(text, Ada_Stone="PERSON", Ada="PERSON") == found
