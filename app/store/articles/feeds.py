"""Feeds that were read: what their servers need to tell whether they changed since."""

from collections.abc import Iterable

from sqlalchemy import select

from app.domain.feed import FeedState
from app.store.engine import bulk_writes
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import feed


def feed_state(s: ReadSession, url: str) -> FeedState | None:
    """The feed as it was when all it held had been taken in, or None where it never was."""
    row = s.connection.execute(
        select(feed.c.url, feed.c.etag, feed.c.last_modified).where(feed.c.url == url)
    ).one_or_none()
    return FeedState(*row) if row else None


def store_feed_states(s: WriteSession, states: Iterable[FeedState]) -> None:
    """Stores these feeds as they are now."""
    bulk_writes.upsert(
        s.connection,
        feed,
        ("url", "etag", "last_modified"),
        [(state.url, state.etag, state.last_modified) for state in states],
        replace=("etag", "last_modified"),
    )
