"""The timeline of a comparison, as it is answered."""

from pydantic import Field

from app.domain.timex import Granularity
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class TimelineItem(Answer):
    """A time that the sides name."""

    value: str = Field(description="ISO 8601, or TIMEX3's: `2015-Q1`, `2015-SU`, `START/END`.")
    granularity: Granularity = Field(description="How exact the value is.")
    counts: dict[str, int] = Field(description="How many places of each side name it.")
    sides: dict[str, list[Spot]] = Field(description="Where each side names it, by the side's key.")


class Timeline(Answer):
    """The times that the sides name, in their order."""

    items: list[TimelineItem] = Field(description="The times, the earliest first.")
    more: More
    note: Note


SECTION = Timeline
