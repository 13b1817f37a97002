"""How a whole list divides up, as it is answered."""

from datetime import date
from typing import Any, Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.domain import facets as domain
from app.web.parameters.base import EntityType
from app.web.schemas.base import Answer, ArticleSource, Listing


class SourceCounted(Answer):
    """An outlet and how many items are of it."""

    source: ArticleSource | None = Field(description="The outlet; null: of no known one.")
    count: int = Field(description="How many.")


class DayCounted(Answer):
    """A day and how many items are of it."""

    day: date | None = Field(description="The day in UTC; null: of none that is known.")
    count: int = Field(description="How many.")


class EntityCounted(Answer):
    """An entity and how many items mention it."""

    entity: int = Field(description="Its id.")
    name: str = Field(description="Its name.")
    type: EntityType = Field(description="What it is (OntoNotes' types).")
    count: int = Field(description="How many.")


class _Facet[T](Answer):
    items: list[T] = Field(description="A hundred values at most, with their counts.")
    more: int = Field(description="Values that are left out, counted to 10,000.")


class SourceFacet(_Facet[SourceCounted]):
    """The outlets, those of most items first."""


class DayFacet(_Facet[DayCounted]):
    """The days, the newest first."""


class EntityFacet(_Facet[EntityCounted]):
    """The entities, those in most items first."""


def _absent(found: object) -> bool:
    return found is None


def _unless_asked(description: str) -> Any:
    return Field(None, description=f"{description}; absent unless asked for.", exclude_if=_absent)


class Facets(Answer):
    """How all items that match divide up, not those of this page alone."""

    source: SourceFacet | SkipJsonSchema[None] = _unless_asked("By outlet")
    day: DayFacet | SkipJsonSchema[None] = _unless_asked("By day")
    entity: EntityFacet | SkipJsonSchema[None] = _unless_asked("By entity")


class FacetedListing[T](Listing[T]):
    """One page of a list that can tell how all of it divides up."""

    facets: Facets | SkipJsonSchema[None] = _unless_asked("How all that matches divides up")

    def with_facets(self, found: domain.Facets) -> Self:
        """The same page with these facets."""
        return self.model_copy(update={"facets": Facets.model_validate(found)})
