"""All names resolved anew across articles, as if these had come in the order of their days."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import batched

from app.domain.annotation import Reason
from app.resolve.across import ACROSS, Named, Resolution
from app.store.reresolving import (
    Arrived,
    Move,
    Naming,
    ResolvedRow,
    arrived,
    move_clusters,
    name_entities,
    new_entities,
    resolved,
)
from app.store.sessions import Store

# Articles that are read, and rows that are written, at a time.
_ARTICLES = 256
_ROWS = 1_000

type Show = Callable[[int, int], None]


@dataclass(slots=True)
class _Group:
    """What becomes one entity: its first cluster names it."""

    name: str
    type: str
    knowledge_id: str | None = None
    before: Counter[int] = field(default_factory=Counter)

    @property
    def naming(self) -> Naming:
        return Naming(self.name, self.type, self.knowledge_id)


def reresolve(store: Store, show: Show) -> int:
    """How many clusters are of another entity now. Entities come out the same whatever the order in
    which their articles came, what people corrected holds, and an entity's id stays with most of
    its clusters.

    Articles that come meanwhile stay as they were resolved. `show` is told how many articles are
    done, of how many.
    """
    with store.read() as session:
        order = sorted(arrived(session), key=_order)
    groups: dict[int, _Group] = {}
    placed = list(_resolved(store, order, groups, show))
    ids = _kept_ids(groups)
    made = [number for number in groups if number not in ids]
    for some in batched(made, _ROWS):
        with store.write() as session:
            new = new_entities(session, [groups[number].naming for number in some])
        ids |= zip(some, new, strict=True)
    moved = 0
    moves = (
        Move(row, was, ids[group], reasons)
        for row, was, group, reasons in placed
        if reasons is not None or ids[group] != was
    )
    for batch in batched(moves, _ROWS):
        with store.write() as session:
            moved += move_clusters(session, batch)
    for each in batched(ids.items(), _ROWS):
        with store.write() as session:
            name_entities(session, {number: groups[group].naming for group, number in each})
    return moved


type _Placed = tuple[int, int, int, tuple[Reason, ...] | None]


def _order(each: Arrived) -> tuple[date, str]:
    # By what came with the article: its id tells when it came.
    return each.day or date.max, each.identity


def _resolved(
    store: Store, order: list[Arrived], groups: dict[int, _Group], show: Show
) -> Iterator[_Placed]:
    """Of each cluster its id, the entity it had, the group it is of, and why where that is new."""
    resolution = Resolution()
    done = 0
    for some in batched(order, _ARTICLES):
        show(done, len(order))
        with store.read() as session:
            found = resolved(session, [each.id for each in some])
        for each in some:
            rows = found[each.id]
            taken = resolution.take([_named(row) for row in rows])
            for row, (number, reasons) in zip(rows, taken, strict=True):
                group = groups.setdefault(number, _Group(row.name, row.type))
                group.knowledge_id = group.knowledge_id or row.knowledge_id
                group.before[row.entity] += 1
                own = tuple(reason for reason in row.reasons if reason.rule not in ACROSS)
                why = (*own, *reasons)
                yield row.id, row.entity, number, None if why == row.reasons else why
        done += len(some)
    show(done, len(order))


def _named(row: ResolvedRow) -> Named:
    return Named(row.name, row.type, row.knowledge_id, frozenset(row.keys))


def _kept_ids(groups: Mapping[int, _Group]) -> dict[int, int]:
    """The id of each group that is an entity already: the one that most of its clusters had, of
    which no other group has more."""
    pairs: Iterable[tuple[int, int, int]] = sorted(
        (-times, entity, number)
        for number, group in groups.items()
        for entity, times in group.before.items()
    )
    ids: dict[int, int] = {}
    taken: set[int] = set()
    for _, entity, number in pairs:
        if number not in ids and entity not in taken:
            ids[number] = entity
            taken.add(entity)
    return ids
