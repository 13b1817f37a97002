"""Query parameters of entities."""

from pydantic import Field

from app.domain.limits import MAX_CORRECTION_NAME
from app.domain.page import EntityFilter, MentionFilter
from app.web.numbers import LARGEST_ID, FilterId, Whole
from app.web.parameters.base import (
    EntityType,
    OffsetParameters,
    PageParameters,
    PeriodParameters,
    UpdatedParameters,
    sorted_by,
)


class NeighbourListParameters(PageParameters):
    """Which neighbours of an entity."""

    sort: str | None = sorted_by("-articles", "articles", "mentions", "name")


class CoverageListParameters(PageParameters):
    """Which days of coverage."""

    sort: str | None = sorted_by("day", "day")


class EntityListParameters(PageParameters, PeriodParameters, UpdatedParameters):
    """Which entities; the counts are of the mentions that these parameters take."""

    sort: str | None = sorted_by("-mentions", "mentions", "articles", "name", "relevance")
    q: str | None = Field(
        None,
        max_length=MAX_CORRECTION_NAME,
        description="The beginning of a name, or a name spelled nearly so.",
    )
    type: tuple[EntityType, ...] = Field((), description="A type to keep; may repeat.")
    source: tuple[str, ...] = Field((), description="An outlet, by slug or name; may repeat.")
    article: tuple[FilterId, ...] = Field((), description="The id of an article; may repeat.")
    story: FilterId | None = Field(None, description="The id of a story: only in its articles.")
    min_mentions: Whole | None = Field(
        None, ge=1, le=LARGEST_ID, description="Only entities mentioned at least so often."
    )

    def where(self) -> EntityFilter:
        """The filter that the parameters make."""
        return EntityFilter(
            q=self.q,
            types=self.type,
            sources=self.source,
            articles=self.article,
            since=self.since_instant,
            until=self.until_instant,
            min_mentions=self.min_mentions,
            story=self.story,
            updated_since=self.updated_since_instant,
        )


class EntityMentionParameters(PageParameters, OffsetParameters, PeriodParameters):
    """Which mentions of an entity."""

    sort: str | None = sorted_by("-article", "article")
    source: tuple[str, ...] = Field((), description="An outlet, by slug or name; may repeat.")

    def where(self) -> MentionFilter:
        """The filter that the parameters make."""
        return MentionFilter(
            sources=self.source, since=self.since_instant, until=self.until_instant
        )
