"""What changed in the collection, as those who keep a copy of it are told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

# Both are stored by their place here: new ones go to the end.
type ChangedType = Literal["source", "entity", "story", "article"]
type ChangeKind = Literal[
    "created", "revised", "analysed", "moved", "changed", "merged", "split", "deleted"
]
TYPES: tuple[ChangedType, ...] = get_args(ChangedType.__value__)
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind.__value__)


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of its kind to a thing. `number` grows with each change, without end; `to`
    is the entity or story that a merged one is part of now, the one that was split off, or the
    story that an article moved to; `slug` that of an outlet, None once it is gone."""

    number: int
    at: datetime
    type: ChangedType
    id: int
    kind: ChangeKind
    to: int | None
    slug: str | None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes in their order; `last` is the number to ask on from, and `more` whether there is more
    by now."""

    items: tuple[Change, ...]
    last: int
    more: bool
