"""Query parameters of outlets."""

from pydantic import Field

from app.domain.page import SourceFilter
from app.web.parameters.base import Country, PageParameters, Parameters, sorted_by


class SourceFilterParameters(Parameters):
    """Which outlets."""

    tag: tuple[str, ...] = Field((), description="A tag that it has; may repeat: any of them.")
    country: tuple[Country, ...] = Field(
        (), description="Where it is, as two letters of ISO 3166-1: `DE`; may repeat."
    )

    def where(self) -> SourceFilter:
        """The filter that the parameters make."""
        return SourceFilter(self.tag, tuple(each.upper() for each in self.country))


class SourceListParameters(PageParameters, SourceFilterParameters):
    """Which page of which outlets."""

    sort: str | None = sorted_by("slug", "slug", "name", "articles")
