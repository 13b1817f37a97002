"""Facets: how the items of a whole list, not of one page of it, divide up."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.domain.article import SourceRef

type FacetName = Literal["source", "day", "entity"]
# Values of one facet that are shown.
FACET_VALUES = 100


@dataclass(frozen=True, slots=True)
class SourceFacet:
    """How many items are of an outlet; of none where `source` is None."""

    source: SourceRef | None
    count: int


@dataclass(frozen=True, slots=True)
class DayFacet:
    """How many items are of a day in UTC; of none that is known where `day` is None."""

    day: date | None
    count: int


@dataclass(frozen=True, slots=True)
class EntityFacet:
    """How many items mention an entity."""

    entity: int
    name: str
    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet[T]:
    """The first values of a facet, and how many `more` there are; these are counted to 10,000."""

    items: tuple[T, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets that were asked for; others are None. Outlets and entities with most items come
    first, days from the newest."""

    source: Facet[SourceFacet] | None = None
    day: Facet[DayFacet] | None = None
    entity: Facet[EntityFacet] | None = None
