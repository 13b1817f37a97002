"""Query parameters of imports."""

from app.web.parameters.base import PageParameters, sorted_by


class ImportErrorParameters(PageParameters):
    """Which failures."""

    sort: str | None = sorted_by("line", "line")
