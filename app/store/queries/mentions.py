"""Mentions: of an article in the order of its text, of an entity in their context."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Select, and_, literal, or_, select, tuple_

from app.domain.article import SourceRef
from app.domain.entity import MentionInContext, StoredMention
from app.domain.page import EntityFilter, MentionFilter, Page, PageRequest, Total
from app.store.engine.paging import Order, Sort, count, cut, fetch, paged, read_request
from app.store.engine.parameters import pairs
from app.store.engine.sessions import ReadSession
from app.store.existence import require_article, require_entity, require_filter_entities
from app.store.queries.entity_scopes import Scope, mentions_in
from app.store.queries.sources import source_ids
from app.store.tables import article, cluster, entity, entity_article, mention, revision, source

# Code points of text shown on either side of a mention.
_AROUND = 90
# One number for (start, id) keeps the order of the text in a cursor: 25 bits, and 38.
_START = 1 << 38


def article_mention_page(
    s: ReadSession, article_id: int, where: MentionFilter, page: PageRequest
) -> Page[StoredMention]:
    """The mentions of an article in the order of its text (`start`).

    Raises NotFound, and InvalidInput at `?entity` for one that is not there.
    """
    require_article(s, article_id)
    order = read_request(page, "mentions", (article_id, where), {"start": int}, "start")
    base = (
        _mentions()
        .outerjoin(cluster, cluster.c.id == mention.c.cluster_id)
        .outerjoin(entity, entity.c.id == cluster.c.entity_id)
        .where(mention.c.article_id == article_id)
    )
    if where.types:
        base = base.where(mention.c.type.in_(where.types))
    if where.entities:
        require_filter_entities(s, where.entities)
        base = base.where(cluster.c.entity_id.in_(where.entities))
    rows, cursor = fetch(s.connection, base, mention.c.id, Sort(mention.c.start, int), order)
    return paged(
        [StoredMention(*row[:9]) for row in rows],
        cursor,
        count(s.connection, base, exact=order.exact),
    )


def entity_mention_page(
    s: ReadSession, entity_id: int, where: MentionFilter, page: PageRequest
) -> Page[MentionInContext]:
    """The mentions of an entity in their context, article by article (`article`: by its id, the
    newest first unless asked otherwise), within one in the order of the text.

    Raises NotFound; InvalidInput at `?source`.
    """
    require_entity(s, entity_id)
    order = read_request(page, "entity mentions", (entity_id, where), {"article": int}, "-article")
    sources = source_ids(s, where.sources)
    base = (
        _mentions()
        .join(cluster, cluster.c.id == mention.c.cluster_id)
        .join(entity, entity.c.id == cluster.c.entity_id)
        .where(cluster.c.entity_id == entity_id)
    )
    if sources or where.since is not None or where.until is not None:
        base = _in_scope(base, sources, where)
    if where.types:
        base = base.where(mention.c.type.in_(where.types))
    rows = s.connection.execute(_after(base, order).limit(order.limit + 1)).all()
    shown, cursor = cut(rows, order, lambda row: (row.article_id, row.start * _START + row.id))
    return paged(_in_context(s, shown), cursor, _total(s, entity_id, where, sources, base, order))


def _mentions() -> Select[Any]:
    return select(
        mention.c.id,
        mention.c.article_id,
        mention.c.revision,
        mention.c.start,
        mention.c.end,
        mention.c.text,
        mention.c.type,
        cluster.c.entity_id,
        entity.c.name.label("entity_name"),
    ).select_from(mention)


def _in_scope(base: Select[Any], sources: tuple[int, ...], where: MentionFilter) -> Select[Any]:
    """Joined to what is known of the entity in each article only where that is asked for: beside
    it, a planner may find sorting all mentions cheaper than walking the clusters in order."""
    found = entity_article.c
    base = base.join(
        entity_article,
        and_(found.entity_id == cluster.c.entity_id, found.article_id == cluster.c.article_id),
    )
    if sources:
        base = base.where(found.source_id.in_(sources))
    if where.since is not None:
        base = base.where(found.published_at >= where.since)
    if where.until is not None:
        base = base.where(found.published_at < where.until)
    return base


def _after(base: Select[Any], order: Order) -> Select[Any]:
    article_id = cluster.c.article_id
    by_article = article_id.desc() if order.descending else article_id.asc()
    statement = base.order_by(by_article, mention.c.start, mention.c.id)
    if order.position is None:
        return statement
    last, place = order.position
    start, mention_id = divmod(place, _START)
    bound = article_id <= last if order.descending else article_id >= last
    here = tuple_(mention.c.start, mention.c.id)
    there = tuple_(literal(start), literal(mention_id, BigInteger))
    return statement.where(bound, or_(article_id != last, here > there))


def _in_context(s: ReadSession, rows: list[Any]) -> list[MentionInContext]:
    names = {
        row.id: SourceRef(row.slug, row.name)
        for row in s.connection.execute(
            select(article.c.id, source.c.slug, source.c.name)
            .join_from(article, source, source.c.id == article.c.source_id)
            .where(article.c.id.in_({row.article_id for row in rows}))
        )
    }
    wanted = pairs(sorted({(row.article_id, row.revision) for row in rows}))
    texts = {
        (row.article_id, row.number): row.text
        for row in s.connection.execute(
            select(revision.c.article_id, revision.c.number, revision.c.text).join_from(
                wanted,
                revision,
                and_(
                    revision.c.article_id == wanted.c.first,
                    revision.c.number == wanted.c.second,
                ),
            )
        )
    }
    return [
        _whole_words(row, names.get(row.article_id), texts[row.article_id, row.revision])
        for row in rows
    ]


def _whole_words(row: Any, of: SourceRef | None, text: str) -> MentionInContext:
    """The mention in its context, which breaks off between words where it can."""
    begins = max(row.start - _AROUND, 0)
    before, after = text[begins : row.start], text[row.end : row.end + _AROUND]
    if begins and (cut_at := before.find(" ")) >= 0:
        before = before[cut_at + 1 :]
    if len(after) == _AROUND and (cut_at := after.rfind(" ")) >= 0:
        after = after[:cut_at]
    return MentionInContext(
        StoredMention(*row[:9]), of, before + row.text + after, row.start - len(before)
    )


def _total(
    s: ReadSession,
    entity_id: int,
    where: MentionFilter,
    sources: tuple[int, ...],
    base: Select[Any],
    order: Order,
) -> Total:
    """The count: where it is kept, from there."""
    if where.types:
        return count(s.connection, base, exact=order.exact)
    period = EntityFilter(since=where.since, until=where.until)
    scope = Scope(sources, period)
    if scope:
        return Total(mentions_in(s, scope, entity_id), "eq")
    kept = select(entity.c.mentions).where(entity.c.id == entity_id)
    return Total(s.connection.execute(kept).scalar_one(), "eq")


# Start and end of a mention in its text.
type Bounds = tuple[int, int]


def entities_of_mentions(
    s: ReadSession, articles: Collection[int]
) -> dict[int, dict[Bounds, int | None]]:
    """The entity of each mention (None: rejected), for each of these articles."""
    found: defaultdict[int, dict[Bounds, int | None]] = defaultdict(dict)
    rows = s.connection.execute(
        select(mention.c.article_id, mention.c.start, mention.c.end, cluster.c.entity_id)
        .outerjoin_from(mention, cluster, cluster.c.id == mention.c.cluster_id)
        .where(mention.c.article_id.in_(articles))
    )
    for number, start, end, owner in rows:
        found[number][start, end] = owner
    return dict(found)
