"""Single entities: what they are called, who mentions them, what stands beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import orjson
from sqlalchemy import (
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from app.domain.entity import (
    Alias,
    CoverageBucket,
    Entity,
    EntityDetail,
    Joined,
    Neighbour,
)
from app.domain.page import Page, PageRequest
from app.domain.place import Place
from app.store.engine.column_types import Id, from_days, month_start, read_reasons
from app.store.engine.json_rows import json_rows
from app.store.engine.paging import Sort, count, fetch, paged, read_request, total
from app.store.engine.parameters import as_numbers, numbers, numbers_of
from app.store.engine.sessions import ReadSession
from app.store.existence import no_entity, require_entity
from app.store.queries.entity_outlets import OF_ENTITY, Outlets, outlets_in, source_names
from app.store.queries.entity_scopes import Counted
from app.store.tables import alias, cluster, entity, entity_article, entity_month

# Neighbours are counted in this many articles, the newest that mention the entity: a name in
# every second of 100,000 articles has millions of them.
NEIGHBOUR_ARTICLES = 1_000
_SINCE_FIRST = date(1970, 1, 1).toordinal() - date.min.toordinal()


def merged_entities(s: ReadSession, ids: Collection[int]) -> dict[int, int]:
    """Those of the entities that were merged away, each with the one that it is part of now."""
    found: dict[int, int] = {}
    waiting = {each: each for each in ids}
    while waiting:
        rows = s.connection.execute(
            select(entity.c.id, entity.c.merged_into).where(
                entity.c.id.in_(numbers(waiting.values())), entity.c.merged_into.is_not(None)
            )
        )
        into = {row.id: row.merged_into for row in rows}
        waiting = {first: into[last] for first, last in waiting.items() if last in into}
        found |= waiting
    return found


def find_entity(s: ReadSession, entity_id: int) -> EntityDetail:
    """An entity with the reasons for which the names of its newest 50 articles were joined.

    Raises NotFound.
    """
    row = s.connection.execute(_FOUND, {"id": entity_id}).one_or_none()
    if row is None:
        raise no_entity(entity_id)
    aliases = [Alias(*each) for each in sorted(row.aliases, key=lambda each: (-each[1], each[0]))]
    counted = Counted(entity_id, row.mentions, row.articles)
    found = _entity(row, counted, aliases, Outlets(outlets_in(row.outlets)))
    return EntityDetail(found, row.first, row.last, tuple(_joined(row.joined)))


def _joined(clusters: Sequence[tuple[int, int, str, str]]) -> Iterable[Joined]:
    for article_id, _, name, packed in sorted(clusters, key=lambda each: (-each[0], each[1])):
        if reasons := read_reasons(orjson.loads(packed)):
            yield Joined(article_id, name, reasons)


_ENTITY = entity.c
_SHOWN = (
    *(_ENTITY.id, _ENTITY.name, _ENTITY.type, _ENTITY.latitude, _ENTITY.longitude),
    *(_ENTITY.country, _ENTITY.knowledge_id, _ENTITY.merged_into, _ENTITY.updated_at),
)
# Each a query of its own: only so does a database look at one end of an index, and not at all.
_FIRST, _LAST = (
    select(pick(entity_article.c.published_at))
    .where(
        entity_article.c.entity_id == bindparam("id"),
        entity_article.c.published_at.is_not(None),
    )
    .scalar_subquery()
    for pick in (func.min, func.max)
)
_CLUSTERS = (
    select(cluster.c.article_id, cluster.c.id, cluster.c.name, cast(cluster.c.reasons, String))
    .where(cluster.c.entity_id == bindparam("id"), cluster.c.mentions > 0)
    .order_by(cluster.c.article_id.desc(), cluster.c.id)
    .limit(50)
)
_NAMES = select(alias.c.text, alias.c.mentions).where(alias.c.entity_id == bindparam("id"))
_FOUND = select(
    *(*_SHOWN, _ENTITY.mentions, _ENTITY.articles, _FIRST.label("first"), _LAST.label("last")),
    json_rows(_NAMES).label("aliases"),
    json_rows(OF_ENTITY).label("outlets"),
    json_rows(_CLUSTERS).label("joined"),
).where(_ENTITY.id == bindparam("id"))


def describe(
    s: ReadSession, counted: Sequence[Counted], outlets: Mapping[int, Outlets]
) -> list[Entity]:
    """The entities counted, in that order, with all their names and with these outlets."""
    ids = [each.id for each in counted]
    aliases = _aliases(s, ids)
    found = s.connection.execute(_LISTED, {"ids": as_numbers(ids)}).all()
    rows = {row.id: row for row in found}
    return [
        _entity(rows[each.id], each, aliases[each.id], outlets.get(each.id, Outlets()))
        for each in counted
    ]


_LISTED = select(*_SHOWN).where(_ENTITY.id.in_(numbers_of("ids")))


def _aliases(s: ReadSession, ids: Sequence[int]) -> Mapping[int, list[Alias]]:
    aliases: defaultdict[int, list[Alias]] = defaultdict(list)
    rows = s.connection.execute(_ALIASES, {"ids": as_numbers(ids)}).all()
    for owner, text, mentions in rows:
        aliases[owner].append(Alias(text, mentions))
    return aliases


_ALIASES = (
    select(alias.c.entity_id, alias.c.text, alias.c.mentions)
    .where(alias.c.entity_id.in_(numbers_of("ids")))
    .order_by(alias.c.entity_id, alias.c.mentions.desc(), alias.c.text)
)


def _entity(row: Any, counted: Counted, aliases: Sequence[Alias], outlets: Outlets) -> Entity:
    place = None
    if row.latitude is not None:
        place = Place(row.latitude, row.longitude, row.country)
    return Entity(
        id=row.id,
        name=row.name,
        type=row.type,
        aliases=tuple(aliases),
        mentions=counted.mentions,
        articles=counted.articles,
        sources=outlets.counts,
        more_sources=outlets.more,
        place=place,
        knowledge_id=row.knowledge_id,
        updated_at=row.updated_at,
        merged_into=row.merged_into,
    )


def neighbour_page(s: ReadSession, entity_id: int, page: PageRequest) -> Page[Neighbour]:
    """The entities in the same articles, counted in the newest 1,000 articles that mention this
    one; by articles or mentions, the most first, or by name.

    Raises NotFound.
    """
    require_entity(s, entity_id)
    fields: dict[str, type[int] | type[str]] = {"articles": int, "mentions": int, "name": str}
    order = read_request(page, "neighbours", entity_id, fields, "-articles")
    table = _neighbours(entity_id, named=order.field == "name").subquery()
    sort = Sort(table.c[order.field], fields[order.field])
    rows, cursor = fetch(s.connection, select(table), table.c.entity_id, sort, order)
    names = {
        row.id: row
        for row in s.connection.execute(
            select(entity.c.id, entity.c.name, entity.c.type).where(
                entity.c.id.in_([row.entity_id for row in rows])
            )
        )
    }
    return paged(
        [
            Neighbour(
                row.entity_id,
                names[row.entity_id].name,
                names[row.entity_id].type,
                row.articles,
                row.mentions,
            )
            for row in rows
        ],
        cursor,
        total(rows[0].total if rows else 0, exact=True),
    )


def _neighbours(entity_id: int, *, named: bool) -> Select[Any]:
    """The neighbours of an entity with their counts, and their names where the list is `named`."""
    mine = (
        select(entity_article.c.article_id)
        .where(entity_article.c.entity_id == entity_id)
        .order_by(entity_article.c.article_id.desc())
        .limit(NEIGHBOUR_ARTICLES)
        .subquery()
    )
    theirs = entity_article.alias("theirs")
    together = (
        select(
            theirs.c.entity_id,
            func.count().label("articles"),
            func.sum(theirs.c.mentions).label("mentions"),
        )
        .join_from(mine, theirs, theirs.c.article_id == mine.c.article_id)
        .where(theirs.c.entity_id != entity_id)
        .group_by(theirs.c.entity_id)
        .subquery()
    )
    columns: Select[Any] = select(
        together.c.entity_id,
        together.c.articles,
        together.c.mentions,
        func.count().over().label("total"),
    )
    if named:
        columns = columns.add_columns(entity.c.name).join(
            entity, entity.c.id == together.c.entity_id
        )
    return columns


def coverage_page(s: ReadSession, entity_id: int, page: PageRequest) -> Page[CoverageBucket]:
    """How often each outlet mentions an entity on each day, by `day` (the oldest first unless
    asked otherwise) and outlet; undated articles last.

    Raises NotFound.
    """
    require_entity(s, entity_id)
    order = read_request(page, "coverage", entity_id, {"day": int}, "day")
    found = entity_article.c
    outlet = func.coalesce(found.source_id, literal(0, Id))
    grouped = (
        select(
            outlet.label("outlet"),
            type_coerce(found.published_day, Integer).label("day"),
            func.sum(found.mentions).label("mentions"),
            func.count().label("articles"),
        )
        .where(found.entity_id == entity_id)
        .group_by(found.published_day, found.source_id)
    ).subquery()
    columns = select(grouped.c.outlet, grouped.c.day, grouped.c.mentions, grouped.c.articles)
    rows, cursor = fetch(
        s.connection, columns, grouped.c.outlet, Sort(grouped.c.day, int, nullable=True), order
    )
    names = source_names(s, {row.outlet for row in rows})
    return paged(
        [
            CoverageBucket(
                names.get(row.outlet),
                None if row.day is None else from_days(row.day).isoformat(),
                row.mentions,
                row.articles,
            )
            for row in rows
        ],
        cursor,
        count(s.connection, select(grouped.c.outlet), exact=order.exact),
    )


def coverage_by(
    s: ReadSession, entity_id: int, step: Literal["day", "week", "month"]
) -> list[CoverageBucket]:
    """How often each outlet mentions an entity in each day, week (from Monday on) or month, by its
    first day; undated articles under none. Raises NotFound."""
    require_entity(s, entity_id)
    found = entity_article.c
    dated: Select[Any]
    if step == "month":
        kept = entity_month.c
        dated = select(kept.source_id, kept.month, kept.mentions, kept.articles).where(
            kept.entity_id == entity_id
        )
    else:
        # Counted from the first day of the calendar, a Monday: division cuts towards zero.
        days = type_coerce(found.published_day, Integer) + _SINCE_FIRST
        length = 7 if step == "week" else 1
        of = (days // length).label("step")
        dated = (
            select(found.source_id, of, func.sum(found.mentions), func.count())
            .where(found.entity_id == entity_id, found.published_day.is_not(None))
            .group_by(of, found.source_id)
        )
    undated = (
        select(found.source_id, func.sum(found.mentions), func.count())
        .where(found.entity_id == entity_id, found.published_at.is_(None))
        .group_by(found.source_id)
    )

    def begin(number: int) -> str:
        if step == "month":
            return month_start(number).date().isoformat()
        return date.fromordinal(number * (7 if step == "week" else 1) + 1).isoformat()

    rows = [(row[0], begin(row[1]), row[2], row[3]) for row in s.connection.execute(dated)]
    without = [(row[0], None, row[1], row[2]) for row in s.connection.execute(undated)]
    names = source_names(s, {row[0] for row in (*rows, *without) if row[0] is not None})
    return [
        CoverageBucket(names.get(outlet), day, mentions, articles)
        for outlet, day, mentions, articles in (*rows, *without)
    ]


def entity_names(s: ReadSession, ids: Collection[int]) -> dict[int, str]:
    """The names of these entities."""
    rows = s.connection.execute(select(entity.c.id, entity.c.name).where(entity.c.id.in_(ids)))
    return {row.id: row.name for row in rows}
