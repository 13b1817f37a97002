"""Query parameters of feeds."""

from pydantic import Field

from app.domain.feed import FeedStanding
from app.domain.page import FeedFilter
from app.web.parameters.base import PageParameters, sorted_by


class FeedListParameters(PageParameters):
    """Which page of which feeds."""

    sort: str | None = sorted_by("id", "id")
    source: tuple[str, ...] = Field((), description="An outlet, by slug or name; may repeat.")
    state: FeedStanding | None = Field(None, description="How it stands.")

    def where(self) -> FeedFilter:
        """The filter that the parameters make."""
        return FeedFilter(self.source, self.state)
