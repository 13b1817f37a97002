"""Who is named on each side of a comparison, and how prominently."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.comparison import Spot
from app.domain.place import Place


@dataclass(frozen=True, slots=True)
class EntityOnSide:
    """One entity on one side. `share` is of all the side's entity mentions; `headline` and
    `lead` count mentions there; `salience` is the mean over the side's articles, in 0..1."""

    mentions: int
    articles: int
    share: float
    headline: int
    lead: int
    salience: float
    evidence: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class EntityItem:
    """An entity with what each side that names it has of it (a side that does not is absent), and
    where on earth it is, for a map."""

    entity: int | None
    name: str
    type: str
    sides: Mapping[str, EntityOnSide]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class EntitySection:
    """`distance` is the Jensen-Shannon distance (base 2, 0..1) of the sides' shares, None where a
    side has no mentions; `shared` are entities on two sides or more, `only` those on one. Each list
    has the most mentioned first; `more` items in all were cut off; `note` says where the evidence
    does not suffice."""

    distance: float | None
    shared: tuple[EntityItem, ...]
    only: Mapping[str, tuple[EntityItem, ...]]
    more: int
    note: str | None
