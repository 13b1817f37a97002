"""How often each outlet names an entity, step by step, on one axis of time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from app.domain.article import SourceRef
from app.domain.entity import CoverageBucket, EntityDetail
from app.pages.steps import Step, step_between, steps

_MARGIN = 6.0  # per cent of the axis that are kept free on either side
_TICKS = 4
_SMALLEST, _LARGEST = 4.0, 13.0  # pixels, radius of a dot
_LANES = 20


@dataclass(frozen=True, slots=True)
class Dot:
    """What an outlet has in one step of time, called `label`, at `x` per cent."""

    label: str
    mentions: int
    articles: int
    x: float
    radius: float


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet (None: no known one), its steps, and its mentions in all, undated ones too."""

    source: SourceRef | None
    dots: Sequence[Dot]
    mentions: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lanes by `step`, those with the most mentions first, `more` left out, and the names of some
    steps under them (`x` in per cent)."""

    step: str
    lanes: Sequence[Lane]
    more: int
    ticks: Sequence[tuple[str, float]]


def step_of(detail: EntityDetail) -> Step | None:
    """In which steps an entity is shown; None without a dated article."""
    if detail.first_seen is None or detail.last_seen is None:
        return None
    return step_between(detail.first_seen.date(), detail.last_seen.date())


def coverage(buckets: Sequence[CoverageBucket], step: Step | None) -> Coverage:
    """The coverage of an entity from what it has in these steps, or in shorter ones."""
    days = [date.fromisoformat(each.day) for each in buckets if each.day]
    starts = steps(step, min(days), max(days)) if step and days else []
    places = _places(starts)
    counts: defaultdict[SourceRef | None, dict[date | None, tuple[int, int]]] = defaultdict(dict)
    for each in buckets:
        own = counts[each.source]
        start = step.begin(date.fromisoformat(each.day)) if step and each.day else None
        before = own.get(start, (0, 0))
        own[start] = before[0] + each.mentions, before[1] + each.articles
    most = max((n for own in counts.values() for n, _ in own.values()), default=1)
    lanes = [
        Lane(
            source,
            [_dot(step, day, own[day], places[day], most) for day in starts if step and day in own],
            sum(mentions for mentions, _ in own.values()),
        )
        for source, own in counts.items()
    ]
    lanes.sort(key=lambda lane: (-lane.mentions, lane.source.slug if lane.source else ""))
    every = max(1, -(-(len(starts) - 1) // _TICKS))
    ticks = [(step.label(day), places[day]) for day in starts[::every]] if step else []
    return Coverage(step.name if step else "day", lanes[:_LANES], len(lanes[_LANES:]), ticks)


def _places(starts: Sequence[date]) -> dict[date, float]:
    """Where each step stands: in the middle where there is but one."""
    last = len(starts) - 1
    room = 100 - 2 * _MARGIN
    return {
        day: round(_MARGIN + room * (n / last if last else 0.5), 2) for n, day in enumerate(starts)
    }


def _dot(step: Step, day: date, count: tuple[int, int], x: float, most: int) -> Dot:
    radius = max(_SMALLEST, _LARGEST * sqrt(count[0] / most))
    return Dot(step.label(day), *count, x, round(radius, 1))
