"""Entities counted in some articles alone: those of outlets, of a period, or named ones.

Few articles are simply counted. Of many, only the head of the list is found, by walking down the
entities in an order that bounds what is to come: nobody has more mentions in a period than in all
(a threshold algorithm; Fagin, Lotem & Naor 2001). Their counts come from the months between the
ends of the period, and from single articles only at its ends.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, func, select

from app.domain.page import EntityFilter, Total
from app.store.engine import parameters
from app.store.engine.column_types import month_of, month_start
from app.store.engine.paging import Order, Sort, count, cut, fetch, total
from app.store.engine.sessions import ReadSession
from app.store.tables import article, entity, entity_article, entity_month, entity_source, source

# Up to so many articles (40,000 rows or so) counting is quicker than walking.
_FEW_ARTICLES = 1_500
_CHUNKS = (80, 120, 400)
_LAST_MONTH = 9999 * 12 + 11


class Counted(NamedTuple):
    """An entity with its counts, and the name where the list is sorted by it."""

    id: int
    mentions: int
    articles: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The mentions that count: those in articles of these sources, of this period, or these."""

    sources: tuple[int, ...]
    where: EntityFilter

    def __bool__(self) -> bool:
        return bool(self.sources or self.named or self.dated)

    @property
    def named(self) -> bool:
        """Whether single articles are named, or the story that they are in."""
        return bool(self.where.articles) or self.where.story is not None

    @property
    def dated(self) -> bool:
        """Whether there is a period."""
        return self.where.since is not None or self.where.until is not None

    @property
    def by_source(self) -> bool:
        """Whether outlets alone say what counts."""
        return bool(self.sources) and not self.dated and not self.named

    @property
    def least(self) -> int:
        """Mentions that an entity must have: those without any are only kept for their ids."""
        return max(1, self.where.min_mentions or 1)

    def articles(self) -> Select[Any]:
        """The ids of the articles that count."""
        wanted = select(article.c.id).where(
            *self._sources(article),
            *_period(article, self.where.since, self.where.until),
        )
        if self.where.articles:
            wanted = wanted.where(article.c.id.in_(self.where.articles))
        if self.where.story is not None:
            wanted = wanted.where(article.c.story_id == self.where.story)
        return wanted

    def parts(self) -> Iterator[tuple[Table, list[ColumnElement[bool]]]]:
        """Tables that count by entity, with what holds for their rows that count; each mention is
        in one of them."""
        sources = (
            list(self._sources(entity_source)),
            list(self._sources(entity_month)),
            list(self._sources(entity_article)),
        )
        since, until = self.where.since, self.where.until
        if self.named:
            named = entity_article.c.article_id.in_(self.articles())
            yield entity_article, [*sources[2], *_period(entity_article, since, until), named]
            return
        if not self.dated:
            yield entity_source, sources[0]
            return
        first = None if since is None else month_of(since)
        if first is not None and since != month_start(first):
            first += 1
        last = None if until is None else month_of(until)
        if first is not None and (first > _LAST_MONTH or (last is not None and first >= last)):
            yield entity_article, [*sources[2], *_period(entity_article, since, until)]
            return
        months = []
        if since is not None and first is not None:
            months.append(entity_month.c.month >= first)
            if since != month_start(first):
                edge = _period(entity_article, since, month_start(first))
                yield entity_article, [*sources[2], *edge]
        if until is not None and last is not None:
            months.append(entity_month.c.month < last)
            if until != month_start(last):
                edge = _period(entity_article, month_start(last), until)
                yield entity_article, [*sources[2], *edge]
        yield entity_month, [*sources[1], *months]

    def _sources(self, table: Table) -> Iterator[ColumnElement[bool]]:
        if self.sources:
            yield table.c.source_id.in_(self.sources)


def _period(
    table: Table, since: datetime | None, until: datetime | None
) -> Iterator[ColumnElement[bool]]:
    if since is not None:
        yield table.c.published_at >= since
    if until is not None:
        yield table.c.published_at < until


def counts_in(s: ReadSession, scope: Scope, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Mentions and articles in the scope of those of the entities that have any."""
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for entity_id, _, mentions, articles in _counts(s, scope, ids, per_source=False):
        counts[entity_id][0] += mentions
        counts[entity_id][1] += articles
    return {entity_id: (mentions, articles) for entity_id, (mentions, articles) in counts.items()}


def source_counts_in(
    s: ReadSession, scope: Scope, ids: Collection[int]
) -> list[tuple[int, int, int, int]]:
    """`entity, source, mentions, articles` in the scope, of these entities."""
    counts: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for entity_id, source_id, mentions, articles in _counts(s, scope, ids, per_source=True):
        if source_id:  # 0 and None stand for no outlet
            counts[entity_id, source_id][0] += mentions
            counts[entity_id, source_id][1] += articles
    return [(*key, mentions, articles) for key, (mentions, articles) in counts.items()]


def _counts(
    s: ReadSession, scope: Scope, ids: Collection[int], *, per_source: bool
) -> Iterator[tuple[int, int | None, int, int]]:
    wanted = parameters.numbers(ids)
    for table, conditions in scope.parts():
        owner, of_source = table.c.entity_id, table.c.source_id
        articles = func.count() if table is entity_article else func.sum(table.c.articles)
        groups = [owner, of_source] if per_source else [owner]
        yield from s.connection.execute(
            select(
                owner,
                of_source if per_source else func.min(of_source),
                func.sum(table.c.mentions),
                articles,
            )
            .where(owner.in_(wanted), *conditions)
            .group_by(*groups)
        )


def mentions_in(s: ReadSession, scope: Scope, entity_id: int) -> int:
    """How many mentions of an entity are in the scope."""
    return counts_in(s, scope, [entity_id]).get(entity_id, (0, 0))[0]


def scoped(s: ReadSession, scope: Scope, order: Order) -> tuple[list[Counted], str | None, Total]:
    """One page of the entities in the scope."""
    climbs = order.field != "name" and not order.descending
    if scope.named or climbs or _few(s, scope):
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
    if scope.where.types or order.field == "name":
        listed = listed.add_columns(entity.c.name).join(entity, entity.c.id == counted.c.entity_id)
    if scope.where.types:
        listed = listed.where(entity.c.type.in_(scope.where.types))
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
    if scope.where.types or order.field == "name":
        base = base.join(entity, entity.c.id == kept.entity_id)
    if scope.where.types:
        base = base.where(entity.c.type.in_(scope.where.types))
    by_name = order.field == "name"
    sort = Sort(entity.c.name if by_name else kept[order.field], str if by_name else int)
    rows, cursor = fetch(s.connection, base, kept.entity_id, sort, order)
    counted = count(s.connection, base, exact=order.exact)
    return [Counted(*row[:3]) for row in rows], cursor, counted
