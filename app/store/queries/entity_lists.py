"""Lists of entities: all of them, those of some articles, or those that a name may mean."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from app.domain.annotation import TYPES
from app.domain.entity import Entity
from app.domain.page import EntityFilter, Page, PageRequest, Total
from app.errors import InvalidInput
from app.store.engine.paging import (
    Order,
    Sort,
    count_up_to,
    cut,
    following,
    paged,
    paged_in_memory,
    read_request,
    total,
)
from app.store.engine.sessions import ReadSession
from app.store.existence import no_article, require_filter_story
from app.store.queries.entities import describe
from app.store.queries.entity_outlets import IN_LISTS, first_outlets, outlets_among
from app.store.queries.entity_ranking import page_in_scope, page_of_source
from app.store.queries.entity_scopes import Counted, Scope, counts_in, source_counts_in
from app.store.queries.entity_spelling import entities_spelled_like
from app.store.queries.sources import source_ids
from app.store.tables import article, entity

_FIELDS: dict[str, type[int] | type[str]] = {"mentions": int, "articles": int, "name": str}
# Relevance comes first, then mentions, in one number that a cursor can hold.
_RELEVANCE = 1 << 40

type Part = tuple[Sequence[Counted], str | None, Total]


def entity_page(s: ReadSession, where: EntityFilter, page: PageRequest) -> Page[Entity]:
    """Entities by mentions, articles or name; the most mentioned first unless asked otherwise.

    With sources, articles or a period the counts are of the mentions there. With `q` they can be
    sorted by relevance too, which is then the default, and only the few hundred that are closest
    to it are found. Raises InvalidInput at the parameter that does not fit: `?type`, `?source`,
    `?article`, `?story`, `?q`, `?sort`, `?cursor`, `?limit`.
    """
    counted, cursor, all_, scope = _listed(s, where, page)
    ids = [row.id for row in counted]
    if scope:
        outlets = outlets_among(s, source_counts_in(s, scope, ids), IN_LISTS)
    else:
        outlets = first_outlets(s, ids)
    return paged(describe(s, counted, outlets), cursor, all_)


def counted_entities(
    s: ReadSession, where: EntityFilter, page: PageRequest
) -> tuple[Sequence[Counted], Total]:
    """The same page with the counts alone, and the total."""
    counted, _, all_, _ = _listed(s, where, page)
    return counted, all_


def _listed(
    s: ReadSession, where: EntityFilter, page: PageRequest
) -> tuple[Sequence[Counted], str | None, Total, Scope]:
    fields = _FIELDS | ({"relevance": int} if where.q is not None else {})
    default = "-mentions" if where.q is None else "-relevance"
    order = read_request(page, "entities", where, fields, default)
    for each in where.types:
        if each not in TYPES:
            raise InvalidInput(f"{each[:40]!r} is no type: choose {', '.join(TYPES)}").at("?type")
    scope = Scope(source_ids(s, where.sources), where)
    _check_articles(s, where.articles)
    if where.story is not None:
        require_filter_story(s, where.story)
    return *_part(s, scope, order), scope


def _part(s: ReadSession, scope: Scope, order: Order) -> Part:
    if scope.where.q is not None:
        return _named(s, scope.where.q, scope, order)
    if not scope:
        return _all(s, scope, order)
    if scope.by_source and len(scope.sources) == 1:
        return page_of_source(s, scope, order)
    return page_in_scope(s, scope, order)


def _check_articles(s: ReadSession, wanted: Sequence[int]) -> None:
    if wanted:
        there = set(
            s.connection.execute(select(article.c.id).where(article.c.id.in_(wanted))).scalars()
        )
        for each in wanted:
            if each not in there:
                raise InvalidInput(no_article(each).detail).at("?article")


def _all(s: ReadSession, scope: Scope, order: Order) -> Part:
    mentions: ColumnElement[int] = entity.c.mentions
    if order.field != "mentions":
        # The sum keeps SQLite from taking the order of mentions, and sorting then.
        mentions = mentions + 0
    base: Select[Any] = select(entity.c.id, entity.c.mentions, entity.c.articles).where(
        mentions >= scope.least
    )
    ids = select(entity.c.id).where(entity.c.mentions >= scope.least)
    if scope.where.updated_since is not None:
        base = base.where(entity.c.updated_at >= scope.where.updated_since)
        ids = ids.where(entity.c.updated_at >= scope.where.updated_since)
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
    return [Counted(*row[:3]) for row in page], cursor, total(value, exact=order.exact)


def _named(s: ReadSession, q: str, scope: Scope, order: Order) -> Part:
    relevance, bounded = entities_spelled_like(s, q)
    statement = select(entity.c.id, entity.c.mentions, entity.c.articles, entity.c.name).where(
        entity.c.id.in_(relevance)
    )
    if scope.where.types:
        statement = statement.where(entity.c.type.in_(scope.where.types))
    if scope.where.updated_since is not None:
        statement = statement.where(entity.c.updated_at >= scope.where.updated_since)
    rows = [Counted(*row) for row in s.connection.execute(statement)]
    if scope:
        counts = counts_in(s, scope, [row.id for row in rows])
        rows = [Counted(row.id, *counts.get(row.id, (0, 0)), row.name) for row in rows]
    rows = [row for row in rows if row.mentions >= scope.least]

    def key(row: Counted) -> tuple[Any, int]:
        if order.field == "relevance":
            return relevance[row.id] * _RELEVANCE + row.mentions, row.id
        return getattr(row, order.field), row.id

    rows.sort(key=key, reverse=order.descending)
    page, cursor = paged_in_memory(rows, order, key)
    return page, cursor, Total(len(rows), "gte" if bounded else "eq")
