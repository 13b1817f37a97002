"""Query parameters of corrections."""

from typing import Literal

from pydantic import Field

from app.domain.limits import MAX_CORRECTION_NAME, MAX_CORRECTION_REASON
from app.domain.page import CorrectionFilter
from app.web.numbers import FilterId
from app.web.parameters.base import CorrectionKind, PageParameters, Parameters, sorted_by


class CorrectionFilterParameters(Parameters):
    """Which corrections."""

    entity: FilterId | None = Field(
        None, description="Those that concern this entity: corrected, merged into, or split off."
    )
    story: FilterId | None = Field(None, description="Those that concern this story, likewise.")
    source: str | None = Field(
        None, description="Those that concern this outlet (slug or name), likewise."
    )
    kind: tuple[CorrectionKind, ...] = Field((), description="A kind to keep; may repeat.")
    state: Literal["active", "undone"] | None = Field(
        None, description="Those that are in force, or those that were undone."
    )

    def where(self) -> CorrectionFilter:
        """The filter that the parameters make."""
        in_force = None if self.state is None else self.state == "active"
        return CorrectionFilter(
            entity=self.entity,
            story=self.story,
            source=self.source,
            kinds=self.kind,
            in_force=in_force,
        )


class CorrectionListParameters(PageParameters, CorrectionFilterParameters):
    """Which page of which corrections."""

    sort: str | None = sorted_by("-id", "id")


class UndoParameters(Parameters):
    """Who undoes a correction, and why."""

    author: str | None = Field(
        None,
        max_length=MAX_CORRECTION_NAME,
        description="Who undoes it; the API key's mark if absent.",
    )
    reason: str | None = Field(None, max_length=MAX_CORRECTION_REASON, description="Why.")
