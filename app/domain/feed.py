"""Feeds: what is remembered of one between two visits, and those that are polled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.domain.article import SourceRef


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed's address with what its server needs to tell whether it changed since."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


type FeedStanding = Literal["active", "paused", "gone"]


@dataclass(frozen=True, slots=True)
class PollCounts:
    """What became of the entries of a feed: articles that are new, known, or changed; deleted ones,
    which stay away; those that could not be read; and those left for the next polls."""

    created: int = 0
    existing: int = 0
    revised: int = 0
    deleted: int = 0
    failed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class PolledFeed:
    """A feed that is polled on a schedule. `interval` is in seconds, None for the setting's;
    `source` is the outlet of its articles, `title` what the feed calls itself. `failures` are those
    in a row, `last_error` the last of them; `last` counts the entries of one poll, `created`
    and `revised` the articles of all."""

    id: int
    url: str
    source: SourceRef | None
    title: str | None
    state: FeedStanding
    interval: int | None
    created_at: datetime
    next_poll_at: datetime | None
    last_poll_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    failures: int
    polls: int
    last: PollCounts
    created: int
    revised: int


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed that is to be polled now. `source` is the outlet's name; `host` with its port."""

    id: int
    url: str
    host: str
    source: str | None
    interval: int | None
    failures: int
    state: FeedState


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry of a feed as it was taken: its key, the digest of its content (None for a bare
    address), the identity of its article, what became of it, and how often that was tried."""

    key: str
    digest: str | None
    identity: str | None
    outcome: str
    tries: int = 1


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll came to. `retry_after` is in seconds; `state` is for the next visit, None where
    all is to be read again; `keys` are those of the entries that the feed still holds, None where
    it was not read."""

    counts: PollCounts
    title: str | None = None
    error: str | None = None
    gone: bool = False
    retry_after: float | None = None
    state: FeedState | None = None
    keys: frozenset[str] | None = None
