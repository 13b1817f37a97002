"""How often each outlet names an entity, day by day, on one axis of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from app.domain.article import SourceRef
from app.domain.entity import CoverageBucket

_MARGIN = 6.0  # per cent of the axis that are kept free on either side
_TICKS = 5
_SMALLEST, _LARGEST = 4.0, 13.0  # pixels, radius of a dot


@dataclass(frozen=True, slots=True)
class Dot:
    """One day of an outlet, at `x` per cent."""

    bucket: CoverageBucket
    day: date
    x: float
    radius: float


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet (None: no known one), its days, and its mentions in all, undated ones too."""

    source: SourceRef | None
    dots: Sequence[Dot]
    mentions: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lanes, those with the most mentions first, and days under them (`x` in per cent)."""

    lanes: Sequence[Lane]
    ticks: Sequence[tuple[date, float]]


def coverage(buckets: Sequence[CoverageBucket]) -> Coverage:
    """The coverage of an entity."""
    days = sorted({date.fromisoformat(each.day) for each in buckets if each.day})
    most = max((each.mentions for each in buckets), default=1)
    length = (days[-1] - days[0]).days if days else 0

    def at(day: date) -> float:
        share = (day - days[0]).days / length if length else 0.5
        return round(_MARGIN + (100 - 2 * _MARGIN) * share, 2)

    lanes: dict[SourceRef | None, list[CoverageBucket]] = {}
    for each in buckets:
        lanes.setdefault(each.source, []).append(each)
    step = max(1, -(-length // _TICKS))
    ticks = [days[0] + timedelta(days=n) for n in range(0, length + 1, step)] if days else []
    return Coverage(
        sorted(
            (
                Lane(
                    source,
                    [
                        Dot(e, day, at(day), max(_SMALLEST, _LARGEST * sqrt(e.mentions / most)))
                        for e in own
                        if e.day and (day := date.fromisoformat(e.day))
                    ],
                    sum(e.mentions for e in own),
                )
                for source, own in lanes.items()
            ),
            key=lambda lane: -lane.mentions,
        ),
        [(day, at(day)) for day in ticks],
    )
