"""Days that move from year to year."""

from datetime import date

import pytest

from app.domain.feasts import easter, nth_weekday


@pytest.mark.parametrize(
    "day", ["1818-03-22", "1943-04-25", "2000-04-23", "2016-03-27", "2024-03-31", "2038-04-25"]
)
def test_easter_is_when_the_tables_say(day: str) -> None:
    assert easter(int(day[:4])).isoformat() == day


def test_easter_is_always_a_sunday_of_march_or_april() -> None:
    days = [easter(year) for year in range(1600, 2200)]
    assert all(day.weekday() == 6 for day in days)
    assert min((day.month, day.day) for day in days) == (3, 22)
    assert max((day.month, day.day) for day in days) == (4, 25)


def test_weekdays_are_counted_from_either_end_of_a_month() -> None:
    assert nth_weekday(2016, 5, 1, 6) == date(2016, 5, 1)
    assert nth_weekday(2016, 5, 5, 0) == date(2016, 5, 30)
    assert nth_weekday(2016, 2, -1, 0) == date(2016, 2, 29)
    with pytest.raises(ValueError, match="day"):
        nth_weekday(2016, 5, 5, 5)
