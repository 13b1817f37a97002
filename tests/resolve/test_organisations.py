"""Short names of organisations, and the one full name that each may stand for."""

import pytest

from app.resolve.organisations import organisation_joins
from tests.resolve.by_hand import annotated, names_of


@pytest.mark.parametrize(
    ("text", "types", "rule"),
    [
        (
            "Acme Motors grew. Then Acme fell.",
            {"Acme_Motors": "ORG", "Acme": "ORG"},
            ("acme", "acme motors", "first word"),
        ),
        (
            "The Free Harbour Union met. Then FHU spoke.",
            {"Free_Harbour_Union": "ORG", "FHU": "ORG"},
            ("fhu", "free harbour union", "initials"),
        ),
        (
            "The Lindau Herons of Lindau won. Later Herons fans sang.",
            {"Lindau_Herons": "ORG", "Lindau": "GPE", "Herons": "ORG"},
            ("herons", "lindau herons", "without its place"),
        ),
    ],
)
def test_a_short_name_joins_the_full_one(
    text: str, types: dict[str, str], rule: tuple[str, str, str]
) -> None:
    reading = annotated(text)
    joins = organisation_joins(reading, names_of(reading, **types))
    assert [(join.key, join.into, join.rule) for join in joins] == [rule]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        # Two may be meant.
        (
            "Acme Motors and Acme Holdings grew. Then Acme fell.",
            {"Acme_Motors": "ORG", "Acme_Holdings": "ORG", "Acme": "ORG"},
        ),
        # Somebody of the name came first.
        (
            "Henry Acme founded Acme Motors. Then Acme left.",
            {"Henry_Acme": "PERSON", "Acme_Motors": "ORG", "Acme": "PERSON"},
        ),
        # Two initials are too few.
        ("The Harbour Union met. Then HU spoke.", {"Harbour_Union": "ORG", "HU": "ORG"}),
    ],
)
def test_in_doubt_nothing_is_joined(text: str, types: dict[str, str]) -> None:
    reading = annotated(text)
    assert list(organisation_joins(reading, names_of(reading, **types))) == []
