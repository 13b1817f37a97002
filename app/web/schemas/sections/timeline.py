"""The timeline of a comparison, as it is answered."""

from pydantic import Field

from app.domain.timex import Granularity
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class TimelineItem(Answer):
    """A time that the sides name."""

    value: str = Field(description="ISO 8601, or TIMEX3's: `2015-Q1`, `2015-SU`, `START/END`.")
    granularity: Granularity
    counts: dict[str, int] = Field(description="How many places of each side name it.")
    sides: dict[str, list[Spot]]


class Timeline(Answer):
    """The times that the sides name, in their order."""

    items: list[TimelineItem]
    more: More
    note: Note


SECTION = Timeline
