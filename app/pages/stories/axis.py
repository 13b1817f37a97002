"""The articles of a story on an axis of time, a lane for each outlet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.article import Article, SourceRef

# Per cent of the axis that are kept free on either side.
_MARGIN = 6.0
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """An article at `x` per cent."""

    article: Article
    x: float


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet (None: no known one) with its dated articles in their order."""

    source: SourceRef | None
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day at `x` per cent."""

    day: date
    x: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Lanes in the order of their first articles, and days under them."""

    lanes: Sequence[Lane]
    ticks: Sequence[Tick]


def axis(articles: Sequence[Article]) -> Axis | None:
    """The axis of the dated articles; None where there are none."""
    dated = sorted(
        (each.published.instant, each.id, each) for each in articles if each.published is not None
    )
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    seconds = max((last - first).total_seconds(), 1.0)
    lanes: dict[SourceRef | None, list[Dot]] = {}
    for instant, _, article in dated:
        share = (instant - first).total_seconds() / seconds if last > first else 0.5
        lanes.setdefault(article.source, []).append(Dot(article, _at(share)))
    days = (last.date() - first.date()).days
    step = max(1, -(-days // _TICKS))
    ticks = [
        Tick(first.date() + timedelta(days=n), _at(n * 86_400 / seconds if days else 0.5))
        for n in range(0, days + 1, step)
    ]
    return Axis(
        [Lane(source, dots) for source, dots in lanes.items()],
        [each for each in ticks if each.x <= 100],
    )


def _at(share: float) -> float:
    return round(_MARGIN + (100 - 2 * _MARGIN) * share, 2)
