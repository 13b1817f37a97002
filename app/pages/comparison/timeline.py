"""One timeline with a lane for each side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.comparison import Spot
from app.domain.sections.timeline import Timeline
from app.pages.citing import Citations, InContext
from app.pages.sides import SideLook
from app.pages.wording import time_value


@dataclass(frozen=True, slots=True)
class Dated:
    """Words for a time in their context."""

    spot: Spot
    words: InContext


@dataclass(frozen=True, slots=True)
class Moment:
    """A time: `iso` is its value, `when` the same for people; what each side has of it, and how
    often."""

    iso: str
    when: str
    lanes: Mapping[str, Sequence[Dated]]
    counts: Mapping[str, int]
    shared: bool


def moments(section: Timeline, sides: Mapping[str, SideLook], citations: Citations) -> list[Moment]:
    """The times in their order, each with at most two places a side."""
    return [
        Moment(
            item.value,
            time_value(item.value),
            {
                key: [Dated(spot, citations.around(spot)) for spot in item.sides[key][:2]]
                for key in sides
                if item.sides.get(key)
            },
            item.counts,
            len(item.sides) > 1,
        )
        for item in section.items
    ]
