"""One timeline of what the sides of a comparison date."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.comparison import Spot
from app.domain.timex import Granularity


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A time with the places that name it, on each side that does; `counts` are all of them."""

    value: str
    granularity: Granularity
    counts: Mapping[str, int]
    sides: Mapping[str, tuple[Spot, ...]]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Times in their order; `more` were cut off, those that fewest places name; `note` says where
    the evidence does not suffice, or how far it reaches."""

    items: tuple[TimelineItem, ...]
    more: int
    note: str | None
