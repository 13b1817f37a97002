"""Query parameters of comparisons."""

from pydantic import Field

from app.domain.answer import Section
from app.web.numbers import FilterId, Whole
from app.web.parameters.base import OffsetParameters, PeriodParameters


class _Sections(OffsetParameters):
    section: tuple[Section, ...] = Field(
        (), description="A section to answer with; may repeat. None asked for means all."
    )
    evidence: Whole = Field(5, ge=0, le=50, description="Most spots of evidence for one item.")
    top: Whole = Field(50, ge=1, le=500, description="Most items in one list of a section.")
    unclear: bool = Field(
        False,
        description="Whether `statements` lists the sentences of which it can say neither that "
        "they are shared nor that they are one side's alone.",
    )


class TextComparisonParameters(_Sections):
    """What to say of the texts in the request."""


class ComparisonParameters(_Sections, PeriodParameters):
    """Which sides, and what to say of them."""

    source: tuple[str, ...] = Field(
        (),
        description="The slug of an outlet that makes one side; two to eight of them.",
        examples=[["meridian-dispatch", "the-daily-lantern"]],
    )
    article: tuple[FilterId, ...] = Field(
        (), description="The id of an article that makes one side; two to eight of them."
    )
    story: FilterId | None = Field(
        None,
        description="The id of a story: only its articles stand on the sides. Without a source all "
        "its outlets are sides.",
    )
