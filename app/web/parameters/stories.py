"""Query parameters of stories and of what is like an article."""

from typing import Literal

from pydantic import Field

from app.domain.page import StoryFilter
from app.web.numbers import FilterId, Whole
from app.web.parameters.base import OffsetParameters, PageParameters, PeriodParameters, sorted_by


class StoryListParameters(PageParameters, PeriodParameters):
    """Which stories."""

    sort: str | None = sorted_by(
        "-last_published", "last_published", "first_published", "articles", "id"
    )
    source: tuple[str, ...] = Field(
        (),
        description="The slug of an outlet; may repeat: only stories with articles of all of them.",
    )
    entity: FilterId | None = Field(None, description="The id of an entity that it mentions.")
    min_articles: Whole | None = Field(
        None, ge=1, le=2**31 - 1, description="Only stories of at least so many articles."
    )

    def where(self) -> StoryFilter:
        """The filter that the parameters make."""
        return StoryFilter(
            sources=self.source,
            entity=self.entity,
            since=self.since_instant,
            until=self.until_instant,
            min_articles=self.min_articles,
        )


class SimilarListParameters(PageParameters, OffsetParameters):
    """Which of the articles that are like one."""

    sort: str | None = sorted_by("-similarity", "similarity")


class BriefParameters(OffsetParameters):
    """How a brief is written."""

    format: Literal["json", "markdown", "text"] = Field(
        "json", description="JSON, or a page to read as Markdown or plain text."
    )
