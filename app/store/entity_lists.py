"""Lists of entities: all of them, those of some articles with the counts of these alone, or those
that a name may mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, select

from app.domain.annotation import TYPES
from app.domain.entity import Entity
from app.domain.page import EntityFilter, Page, PageRequest, Total
from app.errors import InvalidInput
from app.store.entities import describe
from app.store.paging import (
    Order,
    Sort,
    count,
    count_up_to,
    cut,
    fetch,
    following,
    paged,
    paged_in_memory,
    read_request,
    total,
)
from app.store.sessions import ReadSession
from app.store.sources import source_ids
from app.store.spelling import spelled
from app.store.tables import article, entity, entity_article, entity_source

_FIELDS: dict[str, type[int] | type[str]] = {"mentions": int, "articles": int, "name": str}
# Up to so many articles their entities are simply counted (25,000 rows or so); past it the most
# mentioned are found from the entities' side.
_FEW_ARTICLES = 1_000
_CHUNKS = (100, 300, 1_000)
_DEEP = 20_000
# Relevance comes first, then mentions, in one number that a cursor can hold.
_RELEVANCE = 1 << 40

type Counted = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The mentions that count: those in articles of these sources, of this period, or these."""

    sources: tuple[int, ...]
    where: EntityFilter

    @property
    def dated(self) -> bool:
        return self.where.since is not None or self.where.until is not None

    def __bool__(self) -> bool:
        return bool(self.sources or self.where.articles or self.dated)

    def conditions(self, table: FromClause) -> Iterator[ColumnElement[bool]]:
        """What holds for the rows, of `article` or `entity_article`, that count."""
        if self.sources:
            yield table.c.source_id.in_(self.sources)
        if self.where.since is not None:
            yield table.c.published_at >= self.where.since
        if self.where.until is not None:
            yield table.c.published_at < self.where.until
        if self.where.articles:
            yield (table.c.id if table is article else table.c.article_id).in_(self.where.articles)

    @property
    def least(self) -> int:
        """Mentions that an entity must have: those without any are only kept for their ids."""
        return max(1, self.where.min_mentions or 1)


def entity_page(s: ReadSession, where: EntityFilter, page: PageRequest) -> Page[Entity]:
    """Entities by mentions, articles or name; the most mentioned first unless asked otherwise.

    With sources, articles or a period the counts are of the mentions there. With `q` they can be
    sorted by relevance too, which is then the default, and only the few hundred that are closest
    to it are found. Raises InvalidInput at the parameter that does not fit: `?type`, `?source`,
    `?article`, `?q`, `?sort`, `?cursor`, `?limit`.
    """
    fields = _FIELDS | ({"relevance": int} if where.q is not None else {})
    default = "-mentions" if where.q is None else "-relevance"
    order = read_request(page, "entities", where, fields, default)
    for each in where.types:
        if each not in TYPES:
            raise InvalidInput(f"{each[:40]!r} is no type: choose {', '.join(TYPES)}").at("?type")
    scope = _Scope(source_ids(s, where.sources), where)
    _check_articles(s, where.articles)
    if where.q is not None:
        counted, cursor, all_ = _named(s, where.q, scope, order)
    elif not scope:
        counted, cursor, all_ = _all(s, scope, order)
    elif len(scope.sources) == 1 and not scope.dated and not where.articles:
        counted, cursor, all_ = _of_source(s, scope, order)
    else:
        counted, cursor, all_ = _scoped(s, scope, order)
    counts = _source_counts(s, scope, [row[0] for row in counted])
    return paged(describe(s, counted, counts), cursor, all_)


def _source_counts(s: ReadSession, scope: _Scope, ids: Sequence[int]) -> Sequence[Sequence[int]]:
    """`entity, source, mentions, articles` of these entities in the scope."""
    kept, found = entity_source.c, entity_article.c
    if scope.dated or scope.where.articles:
        return s.connection.execute(
            select(found.entity_id, found.source_id, func.sum(found.mentions), func.count())
            .where(
                found.entity_id.in_(ids),
                found.source_id.is_not(None),
                *scope.conditions(entity_article),
            )
            .group_by(found.entity_id, found.source_id)
        ).all()
    statement = select(kept.entity_id, kept.source_id, kept.mentions, kept.articles)
    if scope.sources:
        statement = statement.where(kept.source_id.in_(scope.sources))
    return s.connection.execute(statement.where(kept.entity_id.in_(ids))).all()


def _check_articles(s: ReadSession, wanted: Sequence[int]) -> None:
    if wanted:
        there = set(
            s.connection.execute(select(article.c.id).where(article.c.id.in_(wanted))).scalars()
        )
        for each in wanted:
            if each not in there:
                raise InvalidInput(f"there is no article {each}").at("?article")


def _all(s: ReadSession, scope: _Scope, order: Order) -> tuple[list[Counted], str | None, Total]:
    base: Select[Any] = select(entity.c.id, entity.c.mentions, entity.c.articles).where(
        entity.c.mentions >= scope.least
    )
    ids = select(entity.c.id).where(entity.c.mentions >= scope.least)
    # One query a type: each walks its own index, where `IN` would have to sort.
    kinds: list[ColumnElement[bool] | None] = [None]
    if scope.where.types:
        kinds = [entity.c.type == each for each in dict.fromkeys(scope.where.types)]
    rows: list[Any] = []
    value = 0
    for kind in kinds:
        narrowed = base if kind is None else base.where(kind)
        field = Sort(entity.c[order.field], _FIELDS[order.field])
        rows += following(s.connection, narrowed, entity.c.id, field, order)
        only = ids if kind is None else ids.where(kind)
        value += count_up_to(s.connection, only, exact=order.exact)
    rows.sort(key=lambda row: (row.sort_key, row[0]), reverse=order.descending)
    page, cursor = cut(rows, order, lambda row: (row.sort_key, row[0]))
    return [row[:3] for row in page], cursor, total(value, exact=order.exact)


def _of_source(
    s: ReadSession, scope: _Scope, order: Order
) -> tuple[list[Counted], str | None, Total]:
    kept = entity_source.c
    base: Select[Any] = select(kept.entity_id, kept.mentions, kept.articles).where(
        kept.source_id == scope.sources[0], kept.mentions >= scope.least
    )
    if scope.where.types or order.field == "name":
        base = base.join(entity, entity.c.id == kept.entity_id)
    if scope.where.types:
        base = base.where(entity.c.type.in_(scope.where.types))
    key = entity.c.name if order.field == "name" else kept[order.field]
    rows, cursor = fetch(s.connection, base, kept.entity_id, Sort(key, _FIELDS[order.field]), order)
    return [row[:3] for row in rows], cursor, count(s.connection, base, exact=order.exact)


def _scoped(s: ReadSession, scope: _Scope, order: Order) -> tuple[list[Counted], str | None, Total]:
    if (
        scope.dated
        and not scope.where.articles
        and (order.field, order.descending)
        == (
            "mentions",
            True,
        )
    ):
        matching = select(article.c.id).where(*scope.conditions(article)).limit(_FEW_ARTICLES + 1)
        size = select(func.count()).select_from(matching.subquery())
        if s.connection.execute(size).scalar_one() > _FEW_ARTICLES:
            found = _most_mentioned(s, scope, order)
            if found is not None:
                return *found, count(s.connection, _distinct(scope), exact=order.exact)
    counted = _counted(scope)
    listed = select(counted, func.count().over().label("total")).where(
        counted.c.mentions >= scope.least
    )
    if scope.where.types or order.field == "name":
        listed = listed.add_columns(entity.c.name).join(entity, entity.c.id == counted.c.entity_id)
    if scope.where.types:
        listed = listed.where(entity.c.type.in_(scope.where.types))
    table = listed.subquery()
    base = select(table.c.entity_id, table.c.mentions, table.c.articles, table.c.total)
    sort = Sort(table.c[order.field], _FIELDS[order.field])
    rows, cursor = fetch(s.connection, base, table.c.entity_id, sort, order)
    if rows:
        value = rows[0].total
    else:
        value = s.connection.execute(
            select(func.count()).select_from(select(table.c.entity_id).subquery())
        ).scalar_one()
    return [row[:3] for row in rows], cursor, total(value, exact=order.exact)


def _counted(scope: _Scope) -> Any:
    """`entity_id, mentions, articles` of the scope."""
    if not scope.dated and not scope.where.articles:
        kept = entity_source.c
        return (
            select(
                kept.entity_id,
                func.sum(kept.mentions).label("mentions"),
                func.sum(kept.articles).label("articles"),
            )
            .where(kept.source_id.in_(scope.sources))
            .group_by(kept.entity_id)
            .subquery()
        )
    found = entity_article.c
    return (
        select(
            found.entity_id,
            func.sum(found.mentions).label("mentions"),
            func.count().label("articles"),
        )
        .join_from(article, entity_article, found.article_id == article.c.id)
        .where(*scope.conditions(article))
        .group_by(found.entity_id)
        .subquery()
    )


def _distinct(scope: _Scope) -> Select[Any]:
    found = entity_article.c
    ids: Select[Any] = select(found.entity_id).join_from(
        article, entity_article, found.article_id == article.c.id
    )
    if scope.where.types:
        ids = ids.join(entity, entity.c.id == found.entity_id).where(
            entity.c.type.in_(scope.where.types)
        )
    ids = ids.where(*scope.conditions(article))
    if scope.least > 1:
        return ids.group_by(found.entity_id).having(func.sum(found.mentions) >= scope.least)
    return ids.distinct()


def _most_mentioned(
    s: ReadSession, scope: _Scope, order: Order
) -> tuple[list[Counted], str | None] | None:
    """The most mentioned entities of many articles, found by walking down from the most mentioned
    of all: nobody has more mentions there than everywhere (a threshold algorithm; Fagin, Lotem &
    Naor 2001). None where the page lies so deep that counting everything is quicker."""
    wanted = order.limit + 1
    kept: list[Counted] = []
    for ids, bound in _by_upper_bound(s, scope):
        found = entity_article.c
        kept += [
            counted
            for counted in (
                (row[0], row[1], row[2])
                for row in s.connection.execute(
                    select(found.entity_id, func.sum(found.mentions), func.count())
                    .where(found.entity_id.in_(ids), *scope.conditions(entity_article))
                    .group_by(found.entity_id)
                )
            )
            if counted[1] >= scope.least and _is_after(counted, order)
        ]
        kept.sort(key=lambda row: (row[1], row[0]), reverse=True)
        del kept[wanted:]
        if bound < scope.least or (len(kept) == wanted and kept[-1][1] > bound):
            return cut(kept, order, lambda row: (row[1], row[0]))
    return None


def _by_upper_bound(s: ReadSession, scope: _Scope) -> Iterator[tuple[list[int], int]]:
    """Entities by the most mentions that they can have in the scope, with a bound for the rest."""
    if len(scope.sources) == 1:
        table: Any = entity_source
        key = table.c.entity_id
        base = select(key, table.c.mentions).where(table.c.source_id == scope.sources[0])
        if scope.where.types:
            base = base.join(entity, entity.c.id == key)
    else:
        table, key = entity, entity.c.id
        base = select(key, table.c.mentions)
    base = base.where(table.c.mentions >= scope.least)
    if scope.where.types:
        base = base.where(entity.c.type.in_(scope.where.types))
    rows = s.connection.execute(
        base.order_by(table.c.mentions.desc(), key.desc()).limit(_DEEP),
        execution_options={"yield_per": _CHUNKS[0]},
    )
    sizes = iter(_CHUNKS)
    size = next(sizes)
    while chunk := rows.fetchmany(size):
        last = chunk[-1][1] if len(chunk) == size else 0
        yield [row[0] for row in chunk], last
        size = next(sizes, _CHUNKS[-1])
    rows.close()


def _is_after(counted: Counted, order: Order) -> bool:
    if order.position is None:
        return True
    return (counted[1], counted[0]) < (order.position[0], order.position[1])


def _named(
    s: ReadSession, q: str, scope: _Scope, order: Order
) -> tuple[list[Counted], str | None, Total]:
    relevance, bounded = spelled(s, q)
    columns: Select[Any]
    if not scope:
        columns = select(entity.c.id, entity.c.name, entity.c.mentions, entity.c.articles)
    else:
        found = entity_article.c
        inside = (
            select(
                found.entity_id,
                func.sum(found.mentions).label("mentions"),
                func.count().label("articles"),
            )
            .where(found.entity_id.in_(relevance), *scope.conditions(entity_article))
            .group_by(found.entity_id)
            .subquery()
        )
        columns = select(
            entity.c.id, entity.c.name, inside.c.mentions, inside.c.articles
        ).join_from(entity, inside, inside.c.entity_id == entity.c.id)
    statement = columns.where(entity.c.id.in_(relevance))
    if scope.where.types:
        statement = statement.where(entity.c.type.in_(scope.where.types))
    rows = [row for row in s.connection.execute(statement) if row.mentions >= scope.least]

    def key(row: Any) -> tuple[Any, int]:
        if order.field == "relevance":
            return relevance[row.id] * _RELEVANCE + row.mentions, row.id
        return getattr(row, order.field), row.id

    rows.sort(key=key, reverse=order.descending)
    page, cursor = paged_in_memory(rows, order, key)
    all_ = Total(len(rows), "gte" if bounded else "eq")
    return [(row.id, row.mentions, row.articles) for row in page], cursor, all_
