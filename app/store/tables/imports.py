"""The tables of what brings articles in."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.store.engine.column_types import Id, Instant
from app.store.tables.base import CLUSTERED, NUMBERED, Base


class FeedRow(Base, table=True):
    """A feed as it was when all it held had been taken in."""

    __tablename__ = "feed"

    url: str = Field(primary_key=True)
    etag: str | None = None
    last_modified: str | None = None


class PolledFeedRow(Base, table=True):
    """A feed that the service polls. `source_slug` is the slug of the name (`source_name`) whose
    outlet its articles are of. `next_poll` and `expires` are in microseconds since 1970 by the
    database's own clock; until `expires` the poll is the affair of `holder` alone."""

    __tablename__ = "polled_feed"
    __table_args__ = (
        UniqueConstraint("url"),
        CheckConstraint("state IN ('active', 'paused', 'gone')", name="state"),
        Index(None, "state", "next_poll"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    url: str
    host: str
    source_slug: str | None = None
    title: str | None = None
    state: str = "active"
    interval: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    created_at: datetime = Field(sa_type=Instant)
    next_poll: int = Field(sa_type=Id)
    holder: str | None = None
    expires: int | None = Field(default=None, sa_type=Id)
    last_poll_at: datetime | None = Field(default=None, sa_type=Instant)
    last_success_at: datetime | None = Field(default=None, sa_type=Instant)
    last_error: str | None = None
    failures: int = 0
    polls: int = 0
    last: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    created: int = 0
    revised: int = 0


class FeedEntryRow(Base, table=True):
    """An entry of a polled feed, as long as the feed holds it: it is not fetched again."""

    __tablename__ = "feed_entry"
    __table_args__ = (
        ForeignKeyConstraint(["feed_id"], ["polled_feed.id"], ondelete="CASCADE"),
        CLUSTERED,
    )

    feed_id: int = Field(primary_key=True, sa_type=Id)
    key: str = Field(primary_key=True)
    digest: str | None = None
    identity: str | None = None
    outcome: str
    tries: int


class ImportRow(Base, table=True):
    """An import and its counts: `open` while rows are added, `sealed` once all are on disk, `done`
    when each row has its outcome and no article of it waits for analysis. `bytes` are those that
    were sent, `passed` counts what a web archive holds beside pages."""

    __tablename__ = "import"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'sealed', 'done')", name="state"),
        Index(None, "state"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    state: str = "open"
    received: int = 0
    created: int = 0
    existing: int = 0
    failed: int = 0
    created_at: datetime = Field(sa_type=Instant)
    bytes: int = Field(default=0, sa_type=Id, sa_column_kwargs={"server_default": "0"})
    passed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    finished_at: datetime | None = Field(default=None, sa_type=Instant)


class ImportLineRow(Base, table=True):
    """One document of an import; its payload is kept until it has an outcome."""

    __tablename__ = "import_row"
    __table_args__ = (
        ForeignKeyConstraint(["import_id"], ["import.id"], ondelete="CASCADE"),
        Index(None, "state", "id"),
        Index(None, "import_id", "state", "line"),
        Index(None, "article_id", "import_id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    import_id: int = Field(sa_type=Id)
    line: int
    state: str = "waiting"
    outcome: str | None = None
    article_id: int | None = Field(default=None, sa_type=Id)
    name: str | None = None
    error: str | None = None
    payload: bytes | None = None


feed = FeedRow.__table__
polled_feed = PolledFeedRow.__table__
feed_entry = FeedEntryRow.__table__
import_ = ImportRow.__table__
import_row = ImportLineRow.__table__
