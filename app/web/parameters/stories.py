"""Query parameters of stories and of what is like an article."""

from typing import Literal

from pydantic import Field

from app.domain.page import StoryFilter
from app.web.numbers import FilterId, Whole
from app.web.parameters.base import (
    OffsetParameters,
    PageParameters,
    PeriodParameters,
    UpdatedParameters,
    sorted_by,
)
from app.web.parameters.facets import StoryFacets, story_facets


class StoryFilterParameters(PeriodParameters, UpdatedParameters):
    """Which stories."""

    source: tuple[str, ...] = Field(
        (),
        description="An outlet, by slug or name; may repeat: only stories with articles of all of "
        "them.",
    )
    without_source: str | None = Field(
        None, description="An outlet, by slug or name, that has no article in the story."
    )
    q: str | None = Field(
        None, description="Only stories with an article that matches, as `q` of `/v1/articles`."
    )
    entity: tuple[FilterId, ...] = Field(
        (), description="The id of an entity that it mentions; may repeat: it mentions all of them."
    )
    min_articles: Whole | None = Field(
        None, ge=1, le=2**31 - 1, description="Only stories of at least so many articles."
    )
    min_sources: Whole | None = Field(
        None, ge=1, le=2**31 - 1, description="Only stories of at least so many outlets."
    )

    def where(self) -> StoryFilter:
        """The filter that the parameters make."""
        return StoryFilter(
            sources=self.source,
            entities=self.entity,
            since=self.since_instant,
            until=self.until_instant,
            min_articles=self.min_articles,
            min_sources=self.min_sources,
            without_source=self.without_source,
            q=self.q,
            updated_since=self.updated_since_instant,
        )


class StoryListParameters(PageParameters, StoryFilterParameters):
    """Which page of which stories."""

    sort: str | None = sorted_by(
        "-last_published",
        *("last_published", "first_published", "articles", "sources", "id", "updated_at"),
    )
    facets: StoryFacets | None = story_facets()


class MissedListParameters(PageParameters, PeriodParameters):
    """Which of the stories that an outlet does not report."""

    sort: str | None = sorted_by("-last_published", "last_published", "sources", "articles", "id")
    min_sources: Whole = Field(
        2, ge=1, le=2**31 - 1, description="Only stories that at least so many outlets report."
    )
    q: str | None = Field(
        None, description="Only stories with an article that matches, as `q` of `/v1/articles`."
    )

    def where(self) -> StoryFilter:
        """The filter that the parameters make."""
        return StoryFilter(
            since=self.since_instant,
            until=self.until_instant,
            min_sources=self.min_sources,
            q=self.q,
        )


class SimilarListParameters(PageParameters, OffsetParameters):
    """Which of the articles that are like one."""

    sort: str | None = sorted_by("-similarity", "similarity")


class BriefParameters(OffsetParameters):
    """How a brief is written."""

    format: Literal["json", "markdown", "text"] = Field(
        "json", description="JSON, or a page to read as Markdown or plain text."
    )
