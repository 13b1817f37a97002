"""Entities by their counts in some articles alone, a page at a time.

Few articles are simply counted. Of many, only the head of the list is found, by walking down the
entities in an order that bounds what is to come: nobody has more mentions in a period than in all
(a threshold algorithm; Fagin, Lotem & Naor 2001).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, Table, func, select

from app.domain.page import Total
from app.store.engine.paging import Order, Sort, count, cut, fetch, total
from app.store.engine.sessions import ReadSession
from app.store.queries.entity_scopes import Counted, Scope, counts_in
from app.store.tables import entity, entity_article, entity_source, source

# Up to so many articles (40,000 rows or so) counting is quicker than walking.
_FEW_ARTICLES = 1_500


_CHUNKS = (80, 120, 400)


def page_in_scope(
    s: ReadSession, scope: Scope, order: Order
) -> tuple[list[Counted], str | None, Total]:
    """One page of the entities in the scope."""
    climbs = order.field != "name" and not order.descending
    if scope.named or climbs or scope.where.updated_since or _few(s, scope):
        return _all_counted(s, scope, order)
    rows, cursor = _walk(s, scope, order)
    return rows, cursor, _count(s, scope, exact=order.exact)


def _few(s: ReadSession, scope: Scope) -> bool:
    if scope.by_source:
        kept = select(func.sum(source.c.articles)).where(source.c.id.in_(scope.sources))
        return int(s.connection.execute(kept).scalar_one()) <= _FEW_ARTICLES
    matching = scope.articles().limit(_FEW_ARTICLES + 1).subquery()
    size: int = s.connection.execute(select(func.count()).select_from(matching)).scalar_one()
    return size <= _FEW_ARTICLES


def _all_counted(
    s: ReadSession, scope: Scope, order: Order
) -> tuple[list[Counted], str | None, Total]:
    kept: Any = entity_source.c if scope.by_source else entity_article.c
    articles = func.sum(kept.articles) if scope.by_source else func.count()
    columns: Select[Any] = select(
        kept.entity_id, func.sum(kept.mentions).label("mentions"), articles.label("articles")
    )
    if scope.by_source:
        columns = columns.where(kept.source_id.in_(scope.sources))
    else:
        ids = scope.articles().subquery()
        columns = columns.join_from(ids, entity_article, kept.article_id == ids.c.id)
    counted = columns.group_by(kept.entity_id).subquery()
    listed = select(counted, func.count().over().label("total")).where(
        counted.c.mentions >= scope.least
    )
    since = scope.where.updated_since
    if scope.where.types or since or order.field == "name":
        listed = listed.add_columns(entity.c.name).join(entity, entity.c.id == counted.c.entity_id)
    if scope.where.types:
        listed = listed.where(entity.c.type.in_(scope.where.types))
    if since:
        listed = listed.where(entity.c.updated_at >= since)
    table = listed.subquery()
    base = select(table.c.entity_id, table.c.mentions, table.c.articles, table.c.total)
    kind: type[int] | type[str] = str if order.field == "name" else int
    rows, cursor = fetch(
        s.connection, base, table.c.entity_id, Sort(table.c[order.field], kind), order
    )
    if rows:
        value = total(rows[0].total, exact=order.exact)
    else:
        value = count(s.connection, select(table.c.entity_id), exact=order.exact)
    return [Counted(*row[:3]) for row in rows], cursor, value


def _walk(s: ReadSession, scope: Scope, order: Order) -> tuple[list[Counted], str | None]:
    wanted = order.limit + 1
    kept: list[Counted] = []
    for chunk, bound in _bounded(s, scope, order):
        counts = counts_in(s, scope, list(chunk))
        for entity_id, (mentions, articles) in counts.items():
            counted = Counted(entity_id, mentions, articles, chunk[entity_id])
            if mentions >= scope.least and _is_after(counted, order):
                kept.append(counted)
        kept.sort(key=lambda row: _key(row, order), reverse=order.descending)
        del kept[wanted:]
        # An equal one may still come, with an id that goes before.
        if len(kept) == wanted and bound is not None and _precedes(kept[-1], bound, order):
            break
    return cut(kept, order, lambda row: _key(row, order))


def _key(row: Counted, order: Order) -> tuple[Any, int]:
    return getattr(row, order.field), row.id


def _precedes(row: Counted, bound: object, order: Order) -> bool:
    key = _key(row, order)[0]
    return bool(key > bound) if order.descending else bool(key < bound)


def _is_after(row: Counted, order: Order) -> bool:
    if order.position is None:
        return True
    return (
        _key(row, order) < order.position if order.descending else _key(row, order) > order.position
    )


def _bounded(s: ReadSession, scope: Scope, order: Order) -> Iterator[tuple[dict[int, str], Any]]:
    """Entities by the most that they can have in the scope (or by name), with a bound that holds
    for all that come after them, None after the last."""
    table: Table = entity
    owner = entity.c.id
    if len(scope.sources) == 1 and order.field == "mentions":
        table, owner = entity_source, entity_source.c.entity_id
    key = table.c[order.field]
    types = scope.where.types
    columns: Select[Any] = select(owner, key.label("key"))
    if table is entity_source:
        columns = columns.where(entity_source.c.source_id == scope.sources[0])
        if types:
            columns = columns.join(entity, entity.c.id == owner)
    if len(types) == 1:
        columns = columns.where(entity.c.type == types[0])
    elif types:
        # Looked at here: asked for it, SQLite would sort all entities of these types.
        columns = columns.add_columns(entity.c.type)
    if order.field == "name" and order.position is not None:
        start = order.position[0]
        columns = columns.where(key <= start if order.descending else key >= start)
    columns = columns.where(table.c.mentions >= scope.least)
    columns = columns.order_by(*(c.desc() if order.descending else c for c in (key, owner)))
    rows = s.connection.execute(columns, execution_options={"stream_results": True})
    sizes = list(_CHUNKS)
    chunk: dict[int, str] = {}
    seen = 0
    while some := rows.fetchmany(sizes[0]):
        seen = len(some)
        chunk = {
            row[0]: row.key if order.field == "name" else ""
            for row in some
            if len(types) < 2 or row.type in types
        }
        yield chunk, some[-1].key if seen == sizes[0] else None
        sizes = sizes[1:] or sizes
    rows.close()


def _count(s: ReadSession, scope: Scope, *, exact: bool) -> Total:
    ids: Select[Any]
    if scope.by_source:
        kept: Any = entity_source.c
        ids = select(kept.entity_id).where(kept.source_id.in_(scope.sources))
    else:
        kept = entity_article.c
        found = scope.articles().subquery()
        ids = select(kept.entity_id).join_from(found, entity_article, kept.article_id == found.c.id)
    if scope.where.types:
        ids = ids.join(entity, entity.c.id == kept.entity_id).where(
            entity.c.type.in_(scope.where.types)
        )
    if scope.least == 1:
        # The sum keeps SQLite from walking all entities in order to find them distinct.
        return count(
            s.connection, ids.with_only_columns(kept.entity_id + 0).distinct(), exact=exact
        )
    grouped = ids.group_by(kept.entity_id).having(func.sum(kept.mentions) >= scope.least)
    return count(s.connection, grouped, exact=exact)


def page_of_source(
    s: ReadSession, scope: Scope, order: Order
) -> tuple[Sequence[Counted], str | None, Total]:
    """One page of the entities of one outlet, whose counts are kept."""
    kept = entity_source.c
    base: Select[Any] = select(kept.entity_id, kept.mentions, kept.articles).where(
        kept.source_id == scope.sources[0], kept.mentions >= scope.least
    )
    since = scope.where.updated_since
    if scope.where.types or since or order.field == "name":
        base = base.join(entity, entity.c.id == kept.entity_id)
    if scope.where.types:
        base = base.where(entity.c.type.in_(scope.where.types))
    if since:
        base = base.where(entity.c.updated_at >= since)
    by_name = order.field == "name"
    sort = Sort(entity.c.name if by_name else kept[order.field], str if by_name else int)
    rows, cursor = fetch(s.connection, base, kept.entity_id, sort, order)
    counted = count(s.connection, base, exact=order.exact)
    return [Counted(*row[:3]) for row in rows], cursor, counted
