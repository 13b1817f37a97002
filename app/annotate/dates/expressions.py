"""Making the expression that stands where a pattern matched."""

import re
from datetime import date

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
