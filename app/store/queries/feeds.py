"""Feeds that are polled, as they stand."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select

from app.domain.article import SourceRef
from app.domain.feed import PollCounts, PolledFeed
from app.domain.page import FeedFilter, Page, PageRequest
from app.errors import NotFound
from app.store.engine.column_types import EPOCH
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.sessions import ReadSession
from app.store.queries.sources import source_ids
from app.store.tables import polled_feed, source, source_name

_FEED = polled_feed.c


def feed_page(s: ReadSession, where: FeedFilter, page: PageRequest) -> Page[PolledFeed]:
    """Feeds by `id` unless asked otherwise.

    Raises InvalidInput at `?source`, `?sort`, `?cursor`, `?limit`.
    """
    order = read_request(page, "feeds", where, {"id": int}, "id")
    base = _matching(s, where)
    rows, cursor = fetch(s.connection, base, _FEED.id, Sort(_FEED.id, int), order)
    found = {each.id: each for each in _feeds(s, [row[0] for row in rows])}
    return paged(
        [found[row[0]] for row in rows], cursor, count(s.connection, base, exact=order.exact)
    )


def find_feed(s: ReadSession, feed_id: int) -> PolledFeed:
    """One feed. Raises NotFound."""
    for each in _feeds(s, [feed_id]):
        return each
    raise NotFound(f"there is no feed {feed_id}")


def all_feeds(s: ReadSession) -> list[PolledFeed]:
    """All feeds, by id."""
    return _feeds(s, None)


def _matching(s: ReadSession, where: FeedFilter) -> Select[Any]:
    base: Select[Any] = select(_FEED.id)
    if where.sources:
        named = source_name.c
        slugs = select(named.slug).where(named.source_id.in_(source_ids(s, where.sources)))
        base = base.where(_FEED.source_slug.in_(slugs))
    if where.state is not None:
        base = base.where(_FEED.state == where.state)
    return base


def _feeds(s: ReadSession, ids: Sequence[int] | None) -> list[PolledFeed]:
    query = (
        select(polled_feed, source.c.slug, source.c.name)
        .outerjoin_from(polled_feed, source_name, source_name.c.slug == _FEED.source_slug)
        .outerjoin(source, source.c.id == source_name.c.source_id)
        .order_by(_FEED.id)
    )
    rows = s.connection.execute(query if ids is None else query.where(_FEED.id.in_(ids)))
    return [
        PolledFeed(
            id=row.id,
            url=row.url,
            source=None if row.slug is None else SourceRef(row.slug, row.name),
            title=row.title,
            state=row.state,
            interval=row.interval,
            created_at=row.created_at,
            next_poll_at=EPOCH + timedelta(microseconds=row.next_poll)
            if row.state == "active"
            else None,
            last_poll_at=row.last_poll_at,
            last_success_at=row.last_success_at,
            last_error=row.last_error,
            failures=row.failures,
            polls=row.polls,
            last=PollCounts(**row.last),
            created=row.created,
            revised=row.revised,
        )
        for row in rows
    ]
