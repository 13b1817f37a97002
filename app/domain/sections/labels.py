"""What the sides of a comparison call each entity."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.comparison import Spot
from app.domain.portrayal import LabelKind


@dataclass(frozen=True, slots=True)
class ComparedLabel:
    """A label on one side: `count` uses, the most usual spelling as `text`; `only` where no other
    side puts it on the entity, as whichever kind."""

    text: str
    kind: LabelKind
    count: int
    only: bool
    evidence: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class LabelItem:
    """An entity with the labels of each side that has any (a side that has none is absent), the
    most used first."""

    entity: int | None
    name: str
    type: str
    sides: Mapping[str, tuple[ComparedLabel, ...]]


@dataclass(frozen=True, slots=True)
class LabelSection:
    """Entities, those that are called more than their names first, then the most often called;
    `more` entities and labels in all were cut off; `note`
    says where the evidence does not suffice, or how far it reaches."""

    items: tuple[LabelItem, ...]
    more: int
    note: str | None
