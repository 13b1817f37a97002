"""Query parameters of imports."""

from pydantic import Field

from app.domain.article import ImportFilter, ImportOutcome
from app.web.parameters.base import PageParameters, sorted_by


class ImportErrorParameters(PageParameters):
    """Which failures."""

    sort: str | None = sorted_by("line", "line")


class ImportListParameters(PageParameters):
    """Which imports."""

    sort: str | None = sorted_by("-id", "id")


class ImportedParameters(PageParameters):
    """Which documents of an import."""

    sort: str | None = sorted_by("line", "line")
    outcome: tuple[ImportOutcome, ...] = Field((), description="An outcome to keep; may repeat.")

    def where(self) -> ImportFilter:
        """The filter that the parameters make."""
        return ImportFilter(self.outcome)
