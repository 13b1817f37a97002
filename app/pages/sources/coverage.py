"""How many articles an outlet published, as bars on one axis of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.facets import DayFacet
from app.pages.steps import Step, step_between, steps
from app.pages.wording import day as day_in_words
from app.pages.wording import many

# As wide as one of so many is a bar at most.
_LEAST = 12
_MARGIN = 4.0  # per cent of the axis that are kept free on either side, for days under its ends
_GAP = 0.2  # of a bar's room
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of the days from `first` up to `after`, not itself; `x` and `width` in per cent
    of the axis, `height` in per cent of the highest bar."""

    first: date
    after: date
    label: str
    articles: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of one `step` ("day", "week", "month", "year" or "10 years") without a gap between the
    first and the last article; `says` is the same in words. `undated` articles are not in it."""

    step: str
    bars: Sequence[Bar]
    most: int
    ticks: Sequence[tuple[str, float]]
    says: str
    undated: int


def bars(days: Sequence[DayFacet]) -> Bars | None:
    """The bars of these days, in whichever order; None where no article is dated."""
    counts = {each.day: each.count for each in days if each.day is not None}
    undated = sum(each.count for each in days if each.day is None)
    if not counts:
        return None
    first, last = min(counts), max(counts)
    step = step_between(first, last)
    starts = steps(step, first, last)
    summed = dict.fromkeys(starts, 0)
    for day, count in counts.items():
        summed[step.begin(day)] += count
    most = max(summed.values())
    room = (100 - 2 * _MARGIN) / max(len(starts), _LEAST)
    begin = 50 - room * len(starts) / 2
    found = [
        Bar(
            start,
            step.next(start),
            step.label(start),
            count,
            round(begin + room * (number + _GAP / 2), 2),
            round(room * (1 - _GAP), 2),
            round(100 * count / most, 1),
        )
        for number, (start, count) in enumerate(summed.items())
    ]
    every = max(1, -(-(len(found) - 1) // (_TICKS - 1)))
    ticks = [(each.label, round(each.x + each.width / 2, 2)) for each in found[::every]]
    return Bars(step.name, found, most, ticks, _says(step, found, first, last), undated)


def _says(step: Step, found: Sequence[Bar], first: date, last: date) -> str:
    total = sum(each.articles for each in found)
    span = day_in_words(first) + (f" to {day_in_words(last)}" if last > first else "")
    highest = max(each.articles for each in found)
    often = [each.label for each in found if each.articles == highest]
    where = often[0] if len(often) == 1 else f"{often[0]} and {len(often) - 1} more"
    empty = sum(not each.articles for each in found)
    parts = [f"{many(total, 'article')}, {span}, by {step.name}"]
    if len(found) > 1:
        parts.append(f"most in one {step.name}: {highest:,} ({where})")
    if empty:
        parts.append(f"none in {empty:,} of {len(found):,}")
    return f"{'; '.join(parts)}."
