"""What people correct, and where a name belongs once all of it is taken together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, get_args

type EntityCorrectionKind = Literal[
    "merge",
    "split_aliases",
    "split_mentions",
    "drop_alias",
    "add_alias",
    "reject_mention",
    "retype",
    "rename",
    "pin",
]
KINDS: tuple[str, ...] = get_args(EntityCorrectionKind.__value__)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention as it outlives every re-analysis: its article, revision and span (code points)."""

    article: int
    revision: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a corrected mention (by its index in `mentions`) stands in a later revision."""

    mention: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A corrected mention (by its index in `mentions`) that its article's current revision does
    not hold where it can be told, so that the correction rests there; `reason` says why."""

    mention: int
    article: int
    revision: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of the log. `entity` is what was corrected; `other` what it was merged into, or
    what its names were split off to. Of the rest only what the kind needs is there: `aliases` (as
    they were given) with their `keys`, `mentions`, `name`, `type`. `carried` are the mentions' last
    places in later revisions, `unplaced` those without one. `undone_at` None: in force."""

    id: int
    kind: EntityCorrectionKind
    entity: int
    other: int | None
    aliases: tuple[str, ...]
    keys: tuple[str, ...]
    mentions: tuple[Anchor, ...]
    name: str | None
    type: str | None
    author: str | None
    reason: str | None
    created_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None
    carried: tuple[Carried, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Its mentions wherever they stand: in the revision they were corrected in, and later."""
        return (*self.mentions, *(each.anchor for each in self.carried))


class ResolvedMention(NamedTuple):
    """A mention as resolution found it: the key (`name_key`) of its surface and its span."""

    key: str
    article: int
    revision: int
    start: int
    end: int


class Corrections:
    """The corrections in force, as one rule for where a mention belongs.

    They are taken in the order in which they were made, each looking only at where those before it
    have led: so the same ones always give the same, whatever was ingested when, undoing one is
    taking it out, and two that touch different entities may change places.
    """

    def __init__(self, log: Iterable[Correction]) -> None:
        self.log = tuple(sorted((c for c in log if c.undone_at is None), key=lambda c: c.id))
        self._of_entity: defaultdict[int, list[Correction]] = defaultdict(list)
        self._of_key: defaultdict[str, list[Correction]] = defaultdict(list)
        self._targets: dict[int, int] = {}
        self._types: dict[int, str] = {}
        self._names: dict[int, str] = {}
        for each in self.log:
            if each.kind == "add_alias":
                for key in each.keys:
                    self._of_key[key].append(each)
            elif each.kind not in ("retype", "rename", "pin"):
                self._of_entity[each.entity].append(each)
            if each.kind in ("retype", "pin") and each.type is not None:
                self._types[each.entity] = each.type
            if each.kind in ("rename", "pin") and each.name is not None:
                self._names[each.entity] = each.name
            if each.kind == "merge" and each.other is not None:
                self._targets[each.entity] = each.other

    def owner(self, resolved: int | None, found: ResolvedMention) -> int | None:
        """The entity of a mention that resolution gave to `resolved`; None: to none."""
        owner, last = resolved, 0
        while (step := self._next(owner, found, last)) is not None:
            last = step.id
            match step.kind:
                case "merge" | "split_aliases" | "split_mentions":
                    owner = step.other
                case "add_alias":
                    owner = step.entity
                case _:
                    owner = None
        return owner

    def _next(self, owner: int | None, found: ResolvedMention, last: int) -> Correction | None:
        of_owner = () if owner is None else self._of_entity.get(owner, ())
        own = (c for c in of_owner if c.id > last and _takes(c, found))
        named = (c for c in self._of_key.get(found.key, ()) if c.id > last)
        steps = [step for step in (next(own, None), next(named, None)) if step is not None]
        return min(steps, key=lambda c: c.id, default=None)

    def merged_into(self, entity: int) -> int | None:
        """What an entity is part of at last; None where it was not merged."""
        target = None
        while (into := self._targets.get(entity)) is not None:
            target = entity = into
        return target

    def upstream(self, entity: int) -> tuple[set[int], set[str]]:
        """The entities, and keys of names, whose mentions may reach an entity: itself among
        them."""
        into: defaultdict[int, set[int]] = defaultdict(set)
        for each in self.log:
            if each.other is not None:
                into[each.other].add(each.entity)
        entities, waiting = {entity}, [entity]
        while waiting:
            new = into[waiting.pop()] - entities
            entities |= new
            waiting.extend(new)
        keys = {
            key
            for key, named in self._of_key.items()
            if any(each.entity in entities for each in named)
        }
        return entities, keys

    def named(self, key: str) -> int | None:
        """The entity that a name was given to last, where nothing took anything from it since."""
        named = self._of_key.get(key)
        if not named or any(c.id > named[-1].id for c in self._of_entity.get(named[-1].entity, ())):
            return None
        return named[-1].entity

    def given_type(self, entity: int) -> str | None:
        """The type that a person gave an entity last."""
        return self._types.get(entity)

    def given_name(self, entity: int) -> str | None:
        """The name that a person gave an entity last."""
        return self._names.get(entity)


def _takes(correction: Correction, found: ResolvedMention) -> bool:
    """Whether a correction of the mention's owner speaks of the mention. A span is met by whatever
    overlaps it: another version of the analysis may draw it tighter or wider."""
    if correction.kind in ("split_aliases", "drop_alias"):
        return found.key in correction.keys
    if correction.kind in ("split_mentions", "reject_mention"):
        return any(
            (anchor.article, anchor.revision) == (found.article, found.revision)
            and anchor.start < found.end
            and found.start < anchor.end
            for anchor in correction.anchors
        )
    return True
