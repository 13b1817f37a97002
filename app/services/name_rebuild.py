"""Resolves all names again across articles, as if these had come in the order of their days."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched
from sys import intern

from app.domain.annotation import Reason
from app.domain.rebuild import day_order, keep_ids
from app.domain.story import NO_PROFILE, UNIT, Profile
from app.resolve.across import ACROSS, ArticleNames, CorpusResolver
from app.resolve.context import Context
from app.resolve.pairs import ClusterNames
from app.services.story_rebuild import Show
from app.store.engine.sessions import Store
from app.store.rebuild.names import (
    ClusterMove,
    Naming,
    ReadyArticle,
    ResolvedRow,
    create_entities,
    known_places,
    move_clusters,
    name_entities,
    ready_articles,
    resolved_clusters,
)
from app.store.stories.profiles import stored_profiles

# Articles that are read, and rows that are written, at a time.
_ARTICLES = 256
_ROWS = 1_000


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
    """Resolves the names of all articles again. Returns how many clusters are of another entity
    now.

    Entities come out the same whatever the order in which their articles came; corrections by
    people hold, and an entity's id stays with most of its clusters.
    Articles that come meanwhile stay as they were resolved. `show` is told how many articles are
    done, of how many.
    """
    with store.read() as session:
        order = sorted(ready_articles(session), key=lambda each: day_order(each.day, each.identity))
    groups: dict[int, _Group] = {}
    # Millions of clusters: a row of numbers each, and reasons only where they are new.
    rows, were, numbers = array("q"), array("q"), array("q")
    why: dict[int, tuple[Reason, ...]] = {}
    for row, was, number, reasons in _resolved(store, order, groups, show):
        rows.append(row)
        were.append(was)
        numbers.append(number)
        if reasons is not None:
            why[row] = reasons
    shared = {
        (entity, number): times
        for number, group in groups.items()
        for entity, times in group.before.items()
    }
    ids = keep_ids(shared, {})
    made = [number for number in groups if number not in ids]
    for some in batched(made, _ROWS):
        with store.write() as session:
            new = create_entities(session, [groups[number].naming for number in some])
        ids |= zip(some, new, strict=True)
    moved = 0
    moves = (
        ClusterMove(row, was, ids[number], why.get(row))
        for row, was, number in zip(rows, were, numbers, strict=True)
        if row in why or ids[number] != was
    )
    for batch in batched(moves, _ROWS):
        with store.write() as session:
            moved += move_clusters(session, batch)
    with store.read() as session:
        places = known_places(session)
    for each in batched(ids.items(), _ROWS):
        with store.write() as session:
            name_entities(session, {to: groups[group].naming for group, to in each}, places)
    return moved


type _Placed = tuple[int, int, int, tuple[Reason, ...] | None]


def _resolved(
    store: Store, order: list[ReadyArticle], groups: dict[int, _Group], show: Show
) -> Iterator[_Placed]:
    """Of each cluster its id, the entity it had, the group it is of, and why where that is new."""
    resolver = CorpusResolver()
    done = 0
    for some in batched(order, _ARTICLES):
        show(done, len(order))
        with store.read() as session:
            found = resolved_clusters(session, [each.id for each in some])
            told = stored_profiles(session, [each.id for each in some])
        for each in some:
            rows = found[each.id]
            context = Context(done, each.day, _frugal(told.get(each.id, NO_PROFILE)))
            taken = resolver.take(ArticleNames([_named(row) for row in rows], context))
            done += 1
            for row, (number, reasons) in zip(rows, taken, strict=True):
                group = groups.setdefault(number, _Group(row.name, row.type))
                group.knowledge_id = group.knowledge_id or row.knowledge_id
                group.before[row.entity] += 1
                own = tuple(reason for reason in row.reasons if reason.rule not in ACROSS)
                why = (*own, *reasons)
                yield row.id, row.entity, number, None if why == row.reasons else why
    show(done, len(order))


# One object for each weight that there can be.
_WEIGHTS = tuple(range(UNIT + 1))


def _frugal(profile: Profile) -> Profile:
    """The same profile, its words and weights shared with all others: they are kept for most
    articles of a collection, at a kilobyte each instead of seven."""
    return Profile(
        tuple(map(intern, profile.keys)), tuple(_WEIGHTS[each] for each in profile.weights)
    )


def _named(row: ResolvedRow) -> ClusterNames:
    return ClusterNames(row.name, row.type, row.knowledge_id, frozenset(row.keys))
