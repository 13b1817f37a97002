"""Query parameters of outlets."""

from app.web.parameters.base import PageParameters, sorted_by


class SourceListParameters(PageParameters):
    """Which outlets."""

    sort: str | None = sorted_by("slug", "slug", "name", "articles")
