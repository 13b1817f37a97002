"""Making the expression that stands where a pattern matched."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from app.domain.feasts import easter, nth_weekday
from app.domain.timex import NO_SUCH_DAY, Form, Granularity, TimeExpression

EITHER = "day and month could be either"


class Place:
    """Makes the expression that stands where a pattern matched."""

    def __init__(self, match: re.Match[str], text: str) -> None:
        self.start, self.end = match.span()
        self.text = text[self.start : self.end]

    def expression(
        self,
        form: Form,
        granularity: Granularity,
        value: str | None = None,
        *,
        direction: int = 0,
        month: int | None = None,
        day: int | None = None,
        number: int | None = None,
        unit: str | None = None,
        reason: str | None = None,
    ) -> TimeExpression:
        """An expression with these fields."""
        return TimeExpression(
            self.start,
            self.end,
            self.text,
            form,
            granularity,
            value,
            direction,
            month,
            day,
            number,
            unit,
            reason,
        )

    def explicit(
        self, decade: str | None, year: int | None, month: int | None, day: int | None
    ) -> TimeExpression | None:
        """A day, month, year or decade that is told whole."""
        if decade is not None:
            return self.expression("explicit", "decade", f"{decade}/{int(decade) + 9}")
        if year is None:
            return None
        if month is None:
            return self.expression("explicit", "year", f"{year:04d}")
        if day is None:
            return self.expression("explicit", "month", f"{year:04d}-{month:02d}")
        value = _iso(year, month, day)
        if value is None:
            return self.expression("unknown", "day", reason=NO_SUCH_DAY)
        return self.expression("explicit", "day", value)

    def days(
        self, year: int | None, month: int | None, day: int | None, last: int, direction: int
    ) -> TimeExpression:
        """Several days of a month."""
        if year is None or month is None or day is None:
            return self.expression(
                "days", "range", month=month, day=day, number=last, direction=direction
            )
        one, two = _iso(year, month, day), _iso(year, month, last)
        if one is None or two is None:
            return self.expression("unknown", "range", reason=NO_SUCH_DAY)
        return self.expression("explicit", "range", f"{one}/{two}")

    def numeric(self, first: int, second: int, year: int, weekday: int | None) -> TimeExpression:
        """A day in numbers, whose order the numbers or the weekday tell, or nobody."""
        orders = {
            found
            for found in (_iso(year, first, second), _iso(year, second, first))
            if found is not None
            and (weekday is None or date.fromisoformat(found).weekday() == weekday)
        }
        if len(orders) == 1:
            return self.expression("explicit", "day", orders.pop())
        return self.expression("unknown", "day", reason=EITHER if orders else NO_SUCH_DAY)

    def nth_weekday(
        self, year: int | None, month: int, nth: int, weekday: int, direction: int
    ) -> TimeExpression:
        """The nth weekday of a month, the last for -1."""
        if year is None:
            return self.expression(
                "nth_weekday", "day", month=month, day=nth, number=weekday, direction=direction
            )
        try:
            return self.expression(
                "explicit", "day", nth_weekday(year, month, nth, weekday).isoformat()
            )
        except ValueError:  # the fifth Monday of a month with four
            return self.expression("unknown", "day", reason=NO_SUCH_DAY)

    def holiday(self, of: Mapping[str, int], year: int | None, direction: int) -> TimeExpression:
        """A feast: a day of a month, the nth weekday of one, or so many days from Easter."""
        if "easter" in of:
            if year is None:
                return self.expression("easter", "day", number=of["easter"], direction=direction)
            day = easter(year) + timedelta(days=of["easter"])
            return self.expression("explicit", "day", day.isoformat())
        if "nth" in of:
            return self.nth_weekday(year, of["month"], of["nth"], of["weekday"], direction)
        if year is None:
            return self.expression(
                "day", "day", month=of["month"], day=of["day"], direction=direction
            )
        return self.expression("explicit", "day", _iso(year, of["month"], of["day"]))

    def part_of_year(
        self, form: str, index: int, year: int | None, direction: int
    ) -> TimeExpression | None:
        """A quarter or half; None for one that no year has."""
        if not 1 <= index <= (4 if form == "quarter" else 2):
            return None
        if year is None:
            return self.expression("quarter", "quarter", number=index, direction=direction)
        if form == "quarter":
            return self.expression("explicit", "quarter", f"{year}-Q{index}")
        return self.expression("explicit", "half", f"{year}-H{index}")


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # the 31st of April
        return None
