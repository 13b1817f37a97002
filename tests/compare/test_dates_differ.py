"""One event that two sides date on two days is told as a difference."""

import pytest

from app.domain.article import Published
from app.domain.comparison import TextToCompare
from app.services.compare import compare_texts
from app.services.pipeline import Analyser

PUBLISHED = Published.parse("2016-03-24")


def differing(analyser: Analyser, one: str, other: str) -> list[tuple[str, set[str]]]:
    """What the sides tell differently, with the words that do."""
    sides = [
        TextToCompare(key, text, published=PUBLISHED) for key, text in (("a", one), ("b", other))
    ]
    section = compare_texts(sides, analyser.analyse, sections=["statements"]).statements
    assert section is not None
    return [
        (each.what, {spot.text for spots in each.sides.values() for spot in spots})
        for shared in section.shared
        for each in shared.differs
    ]


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        (
            "Police arrested the mayor of Kern on Monday after a raid on his house.",
            "The mayor of Kern was arrested on Sunday on his way to the airport, police said.",
            {"Monday", "Sunday"},
        ),
        (
            "The trial of Moyo began on Monday in Dorvale with a statement by the prosecutor.",
            "The trial of Moyo began on Tuesday in Dorvale, and his lawyer asked for a delay.",
            {"Monday", "Tuesday"},
        ),
    ],
)
def test_one_deed_on_two_days_differs_in_its_date(
    analyser: Analyser, one: str, other: str, days: set[str]
) -> None:
    assert ("date", days) in differing(analyser, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # One day in two forms.
        (
            "Police arrested the mayor of Kern on Monday after a raid on his house.",
            "The mayor of Kern was arrested on March 21 on his way to the airport, police said.",
        ),
        # A month leaves the day open.
        (
            "Police arrested the mayor of Kern on Monday after a raid on his house.",
            "The mayor of Kern was arrested in March on his way to the airport, police said.",
        ),
        # The day of telling is not that of the deed.
        (
            "The mayor of Kern closed the dam for cracks in its wall, police said on Monday.",
            "On Tuesday the mayor closed the dam after divers had seen what frost had done to it.",
        ),
    ],
)
def test_one_day_in_two_forms_and_days_of_telling_do_not_differ(
    analyser: Analyser, one: str, other: str
) -> None:
    assert "date" not in [what for what, _ in differing(analyser, one, other)]
