"""What each side of a comparison has an entity do, and what it has done to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.comparison import Spot


@dataclass(frozen=True, slots=True)
class ComparedVerb:
    """A verb on one side: how often, how many of those `negated` and how many `reporting` what
    the entity says; `only` where no other side has it in this part."""

    verb: str
    count: int
    negated: int
    reporting: int
    only: bool
    evidence: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class EntityParts:
    """What an entity does (`agent`) and what is done to it (`patient`), the most usual first."""

    agent: tuple[ComparedVerb, ...]
    patient: tuple[ComparedVerb, ...]


@dataclass(frozen=True, slots=True)
class RoleItem:
    """An entity with its parts on each side that has any (a side that has none is absent)."""

    entity: int | None
    name: str
    sides: Mapping[str, EntityParts]


@dataclass(frozen=True, slots=True)
class RoleSection:
    """Entities, those that take part most often first; `more` entities and verbs were cut
    off; `note` says where the evidence does not suffice, or how far it reaches."""

    items: tuple[RoleItem, ...]
    more: int
    note: str | None
