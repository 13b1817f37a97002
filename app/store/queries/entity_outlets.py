"""The outlets that mention entities, and how often: those with most mentions first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select, true

from app.domain.article import SourceRef
from app.domain.entity import SourceCount
from app.store.engine.parameters import as_numbers, numbers_of
from app.store.engine.sessions import ReadSession
from app.store.tables import entity_source, source

# Outlets that an entity in a list names; all of them stand at the entity itself.
IN_LISTS = 5


class Outlets(NamedTuple):
    """Some outlets that mention an entity, and how many more there are."""

    counts: tuple[SourceCount, ...] = ()
    more: int = 0


_KEPT = entity_source.c


# The outlets of the entity `id`, for `outlets_in`.
OF_ENTITY = (
    select(_KEPT.mentions, _KEPT.source_id, _KEPT.articles, source.c.slug, source.c.name)
    .join_from(entity_source, source, source.c.id == _KEPT.source_id)
    .where(_KEPT.entity_id == bindparam("id"))
)


def outlets_in(rows: Sequence[tuple[int, int, int, str, str]]) -> tuple[SourceCount, ...]:
    """The outlets in rows of `OF_ENTITY`."""
    return tuple(
        SourceCount(SourceRef(slug, name), mentions, articles)
        for mentions, _, articles, slug, name in sorted(rows, key=lambda row: (-row[0], row[1]))
    )


def first_outlets(s: ReadSession, ids: Sequence[int]) -> Mapping[int, Outlets]:
    """The outlets of each of these entities as lists show them."""
    asked = {"ids": as_numbers(ids)}
    rows = s.connection.execute(_FIRST[s.connection.dialect.name], asked).all()
    first: defaultdict[int, list[SourceCount]] = defaultdict(list)
    for owner, slug, name, mentions, articles in rows:
        first[owner].append(SourceCount(SourceRef(slug, name), mentions, articles))
    return {
        owner: Outlets(tuple(first[owner]), number - len(first[owner]))
        for owner, number in s.connection.execute(_HOW_MANY, asked).all()
    }


def _first(*, lateral: bool) -> Select[Any]:
    """The first outlets of each entity, looked up entity by entity: SQLite does so for a condition
    on the outlet, PostgreSQL for what is joined from the side. A window over all rows of all the
    entities would take three times as long."""
    ids = numbers_of("ids").subquery("ids")
    best = entity_source.alias("best")
    mine = best.c.entity_id == ids.c.number
    order = best.c.mentions.desc(), best.c.source_id
    counts: Any = entity_source
    if lateral:
        counts = select(best).where(mine).order_by(*order).limit(IN_LISTS).lateral("first")
        base = ids.join(counts, true())
    else:
        ranked = select(best.c.source_id).where(mine).order_by(*order).limit(IN_LISTS)
        base = ids.join(
            counts, (_KEPT.entity_id == ids.c.number) & _KEPT.source_id.in_(ranked.correlate(ids))
        )
    found = counts.c
    return (
        select(found.entity_id, source.c.slug, source.c.name, found.mentions, found.articles)
        .select_from(base.join(source, source.c.id == found.source_id))
        .order_by(found.entity_id, found.mentions.desc(), found.source_id)
    )


_FIRST = {"sqlite": _first(lateral=False), "postgresql": _first(lateral=True)}
_HOW_MANY = (
    select(_KEPT.entity_id, func.count())
    .where(_KEPT.entity_id.in_(numbers_of("ids")))
    .group_by(_KEPT.entity_id)
)


def outlets_among(
    s: ReadSession, counts: Iterable[Sequence[int]], most: int | None = None
) -> Mapping[int, Outlets]:
    """The outlets of each entity of these `(entity, source, mentions, articles)`, or the `most`
    first of them."""
    rows: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for owner, source_id, mentions, articles in counts:
        rows[owner].append((-mentions, source_id, articles))
    shown = {owner: sorted(each)[:most] for owner, each in rows.items()}
    names = source_names(s, {each[1] for first in shown.values() for each in first})
    return {
        owner: Outlets(
            tuple(SourceCount(names[source_id], -less, n) for less, source_id, n in first),
            len(rows[owner]) - len(first),
        )
        for owner, first in shown.items()
    }


def source_names(s: ReadSession, ids: Iterable[int]) -> dict[int, SourceRef]:
    """These outlets."""
    rows = s.connection.execute(_NAMES, {"ids": as_numbers(list(ids))}).all()
    return {row[0]: SourceRef(row[1], row[2]) for row in rows}


_NAMES = select(source.c.id, source.c.slug, source.c.name).where(source.c.id.in_(numbers_of("ids")))
