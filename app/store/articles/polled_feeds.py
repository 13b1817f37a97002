"""Feeds that are polled: claimed by one process at a time, and what each poll came to."""

import random
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from app.domain.feed import DueFeed, FeedState, PollCounts, PollResult, SeenEntry
from app.store.engine.bulk_writes import upsert
from app.store.engine.clock import DatabaseNow
from app.store.engine.parameters import strings
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import article, feed_entry, polled_feed, source, source_name, tombstone

# A holder renews its claim before each page that it fetches, which takes some 20 seconds at most.
LEASE_SECONDS = 60.0
_SECOND = 1_000_000
_FEED = polled_feed.c
# After failures a feed is asked ever less often, down to once in two days.
_LONGEST_PAUSE = 2 * 86_400.0
_MOST_DOUBLINGS = 12
# Of an interval, so that feeds which were added together are not polled together for ever.
_JITTER = 0.1


def add_feed(
    s: WriteSession, url: str, host: str, *, source_slug: str | None, interval: int | None
) -> tuple[int, bool]:
    """Adds a feed, due at once. Returns its id, and whether it was not there before: then it stays
    as it is."""
    known = s.connection.execute(select(_FEED.id).where(_FEED.url == url)).scalar()
    if known is not None:
        return known, False
    made: int = s.connection.execute(
        insert(polled_feed)
        .values(
            url=url,
            host=host,
            source_slug=source_slug,
            state="active",
            interval=interval,
            created_at=datetime.now(UTC),
            next_poll=s.connection.execute(select(DatabaseNow())).scalar_one(),
            failures=0,
            polls=0,
            last=asdict(PollCounts()),
            created=0,
            revised=0,
        )
        .returning(_FEED.id)
    ).scalar_one()
    return made, True


def change_feed(s: WriteSession, feed_id: int, values: dict[str, Any]) -> None:
    """Changes columns of a feed; it is due at once, and read whole. A poll that is under way loses
    its claim."""
    again = {
        "next_poll": DatabaseNow(),
        "failures": 0,
        "last_error": None,
        "etag": None,
        "last_modified": None,
        "holder": None,
        "expires": None,
    }
    s.connection.execute(update(polled_feed).where(_FEED.id == feed_id).values(**again | values))


def drop_feed(s: WriteSession, feed_id: int) -> bool:
    """Removes a feed; its articles stay. Returns whether it was there."""
    return s.connection.execute(delete(polled_feed).where(_FEED.id == feed_id)).rowcount == 1


def any_due(s: ReadSession) -> bool:
    """Whether a feed waits to be polled."""
    return s.connection.execute(select(_FEED.id).where(*_due()).limit(1)).first() is not None


def claim_due(s: WriteSession, holder: str) -> DueFeed | None:
    """Claims the feed that has waited longest, of a server whose other feeds nobody is polling.
    Returns it, or None where there is none."""
    busy = polled_feed.alias()
    taken = select(busy.c.host).where(busy.c.expires > DatabaseNow())
    row = s.connection.execute(
        select(polled_feed, source.c.name)
        .outerjoin_from(polled_feed, source_name, source_name.c.slug == _FEED.source_slug)
        .outerjoin(source, source.c.id == source_name.c.source_id)
        .where(*_due(), _FEED.host.not_in(taken))
        .order_by(_FEED.next_poll, _FEED.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    s.connection.execute(
        update(polled_feed)
        .where(_FEED.id == row.id)
        .values(holder=holder, expires=DatabaseNow() + _lease())
    )
    state = FeedState(row.url, row.etag, row.last_modified)
    return DueFeed(row.id, row.url, row.host, row.name, row.interval, row.failures, state)


def renew_claim(s: WriteSession, feed_id: int, holder: str) -> bool:
    """Keeps a claim for as long again. Returns whether it was still there."""
    mine = (_FEED.id == feed_id) & (_FEED.holder == holder)
    done = s.connection.execute(
        update(polled_feed).where(mine).values(expires=DatabaseNow() + _lease())
    )
    return done.rowcount == 1


def drop_feed_claims(s: WriteSession, holder: str) -> None:
    """Gives all claims of a holder back: the feeds are due as before."""
    s.connection.execute(
        update(polled_feed).where(_FEED.holder == holder).values(holder=None, expires=None)
    )


def entries_taken(s: ReadSession, feed_id: int) -> dict[str, SeenEntry]:
    """The entries that were taken of a feed, by their keys."""
    entry = feed_entry.c
    rows = s.connection.execute(
        select(entry.key, entry.digest, entry.identity, entry.outcome, entry.tries).where(
            entry.feed_id == feed_id
        )
    )
    return {row.key: SeenEntry(*row) for row in rows}


def known_identities(s: ReadSession, identities: Collection[str]) -> dict[str, str]:
    """Those of some identities that are an article's ("existing"), or were until it was deleted
    ("deleted")."""
    wanted = strings(identities)
    found = {}
    for table, outcome in ((tombstone, "deleted"), (article, "existing")):
        rows = s.connection.execute(select(table.c.identity).where(table.c.identity.in_(wanted)))
        found.update(dict.fromkeys(rows.scalars(), outcome))
    return found


def take_entries(s: WriteSession, feed_id: int, entries: Iterable[SeenEntry]) -> None:
    """Remembers what became of entries of a feed."""
    upsert(
        s.connection,
        feed_entry,
        ("feed_id", "key", "digest", "identity", "outcome", "tries"),
        [
            (feed_id, each.key, each.digest, each.identity, each.outcome, each.tries)
            for each in entries
        ],
        replace=("digest", "identity", "outcome", "tries"),
    )


def finish_poll(
    s: WriteSession, feed: DueFeed, holder: str, result: PollResult, interval: float
) -> bool:
    """Stores what a poll came to, and when the next one is due. Returns whether it was still the
    holder's affair; else nothing changes."""
    mine = (_FEED.id == feed.id) & (_FEED.holder == holder)
    row = s.connection.execute(select(polled_feed).where(mine)).first()
    if row is None:
        return False
    now = datetime.now(UTC)
    failures = row.failures + 1 if result.error else 0
    values: dict[str, Any] = {
        "holder": None,
        "expires": None,
        "polls": row.polls + 1,
        "last_poll_at": now,
        "last_error": result.error,
        "failures": failures,
        "last": asdict(result.counts),
        "created": row.created + result.counts.created,
        "revised": row.revised + result.counts.revised,
        "next_poll": DatabaseNow() + round(_pause(interval, failures, result) * _SECOND),
    }
    if result.gone:
        values["state"] = "gone"
    if not result.error:
        values |= {
            "last_success_at": now,
            "title": result.title or row.title,
            "etag": result.state and result.state.etag,
            "last_modified": result.state and result.state.last_modified,
        }
    s.connection.execute(update(polled_feed).where(mine).values(values))
    if result.keys is not None:
        entry = feed_entry.c
        gone = (entry.feed_id == feed.id) & entry.key.not_in(strings(result.keys))
        s.connection.execute(delete(feed_entry).where(gone))
    return True


def name_feed(s: WriteSession, feed_id: int, source_slug: str) -> None:
    """Says which outlet a feed is of, where nobody said so yet."""
    unnamed = (_FEED.id == feed_id) & _FEED.source_slug.is_(None)
    s.connection.execute(update(polled_feed).where(unnamed).values(source_slug=source_slug))


def _pause(interval: float, failures: int, result: PollResult) -> float:
    """Seconds until the next poll."""
    pause: float = interval * 2 ** min(failures, _MOST_DOUBLINGS)
    # Longer than the longest pause only where somebody wants it so.
    pause = min(pause, max(_LONGEST_PAUSE, interval))
    pause *= random.uniform(1.0 - _JITTER, 1.0 + _JITTER)  # noqa: S311 - spreads polls in time
    return max(pause, min(result.retry_after or 0.0, _LONGEST_PAUSE))


def _due() -> tuple[Any, ...]:
    free = or_(_FEED.expires.is_(None), _FEED.expires <= DatabaseNow())
    return _FEED.state == "active", _FEED.next_poll <= DatabaseNow(), free


def _lease() -> int:
    return round(LEASE_SECONDS * _SECOND)
