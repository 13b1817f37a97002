"""Time in steps: days, weeks, months or years, as many as a chart can show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from app.pages.wording import day as day_in_words
from app.pages.wording import month

# So many are told apart at a glance.
_MOST = 62


@dataclass(frozen=True, slots=True)
class Step:
    """A unit of time: its name ("day", "week", "month", "year", "10 years"), the first day of the
    one that a day is in, that of the one after it, and what it is called."""

    name: str
    begin: Callable[[date], date]
    next: Callable[[date], date]
    label: Callable[[date], str]


def _years(number: int) -> Step:
    def begin(day: date) -> date:
        return date(max(1, day.year // number * number), 1, 1)

    def following(day: date) -> date:
        year = day.year // number * number + number
        return date(year, 1, 1) if year <= date.max.year else date.max

    name = "year" if number == 1 else f"{number} years"
    return Step(name, begin, following, lambda day: str(day.year))


_STEPS = (
    Step("day", lambda day: day, lambda day: _later(day, 1), day_in_words),
    Step(
        "week",
        lambda day: day - timedelta(days=min(day.weekday(), day.toordinal() - 1)),
        lambda day: _later(day, 7 - day.weekday()),
        lambda day: f"week of {day_in_words(day)}",
    ),
    Step(
        "month",
        lambda day: day.replace(day=1),
        lambda day: _later(day.replace(day=1), 31).replace(day=1),
        month,
    ),
    *(_years(number) for number in (1, 10, 100, 1_000)),
)


def step_between(first: date, last: date) -> Step:
    """The shortest step of which 62 at most lead from one day to another."""
    return next(
        step
        for step in _STEPS
        if sum(1 for _ in islice(_starts(step, first, last), _MOST + 1)) <= _MOST
    )


def steps(step: Step, first: date, last: date) -> list[date]:
    """The first day of each step from one day to another."""
    return list(_starts(step, first, last))


def _starts(step: Step, first: date, last: date) -> Iterator[date]:
    start = step.begin(first)
    yield start
    while start < (after := step.next(start)) <= last:
        yield after
        start = after


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
