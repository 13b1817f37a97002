"""Connections to the database: its address, the engines of readers and of the writer, its errors.

SQLite runs in WAL mode: readers never wait for the writer. `synchronous=FULL`, because in WAL mode
NORMAL may lose the last commits at a power cut, and an accepted article is on disk before the
answer. Transactions are ours (the driver's own would begin too late): a reader's BEGIN holds one
snapshot, a writer's BEGIN IMMEDIATE takes the lock at once, where waiting is safe.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.domain import deadline
from app.errors import ParallaxError, StorageFull, StoreBusy, Unavailable
from app.store.engine.packing import json_text

# Kilobytes of pages that a connection keeps. Each has its own, so readers have little: what they
# miss is in the memory of the system mostly, once for all. (Nor are pages mapped: every connection
# would map the file for itself, and count as so much more memory of the process.)
_READER_CACHE, _WRITER_CACHE = 4_000, 16_000
# Of SQLite's machine, between two looks at the clock: a millisecond, more or less.
_INSTRUCTIONS = 20_000


def parse_url(url: str) -> URL:
    """The parsed address.

    Raises Unavailable for one that is no database of a kind that Parallax can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise Unavailable(
            f"PARALLAX_DATABASE_URL is {url!r}, which is no database address "
            "(sqlite:///parallax.db is one)"
        ) from None
    if parsed.get_backend_name() != "sqlite":
        raise Unavailable(
            f"this version keeps its collection in SQLite (sqlite:///FILE), "
            f"not in {parsed.get_backend_name()}"
        )
    if not parsed.database or parsed.database == ":memory:":
        raise Unavailable("the collection needs a file: sqlite:///FILE, not a database in memory")
    return parsed


def database_path(url: str) -> Path:
    """The file of an SQLite database."""
    return Path(str(parse_url(url).database))


def sizes(url: str) -> dict[str, int]:
    """Bytes on disk: of the `database`, and of the `log` that is not written into it yet."""
    path = database_path(url)
    files = {"database": path, "log": path.with_name(f"{path.name}-wal")}
    return {name: each.stat().st_size if each.exists() else 0 for name, each in files.items()}


def exists(url: str) -> bool:
    """Whether there is a database at an address; an engine would make its file."""
    return database_path(url).exists()


def read_engine(url: str, busy_seconds: float) -> Engine:
    """An engine whose connections cannot write; each transaction sees one snapshot."""
    return _engine(
        url,
        busy_seconds,
        begin="BEGIN",
        query_only=True,
        cache=_READER_CACHE,
        pool_size=4,
        max_overflow=60,
    )


def write_engine(url: str, busy_seconds: float) -> Engine:
    """An engine of one connection: writers of this process take turns in the order they come,
    those of other processes wait on the file's lock."""
    return _engine(
        url,
        busy_seconds,
        begin="BEGIN IMMEDIATE",
        query_only=False,
        cache=_WRITER_CACHE,
        pool_size=1,
        max_overflow=0,
    )


def _engine(
    url: str,
    busy_seconds: float,
    *,
    begin: str,
    query_only: bool,
    cache: int,
    pool_size: int,
    max_overflow: int,
) -> Engine:
    path = database_path(url)
    if not path.parent.is_dir():
        raise Unavailable(f"the folder of the database does not exist: {path.parent}")
    engine = create_engine(
        parse_url(url),
        connect_args={"check_same_thread": False, "timeout": busy_seconds},
        pool_size=pool_size,
        max_overflow=max_overflow,
        # The last one that was in use has its pages at hand; the others are kept for a crowd.
        pool_use_lifo=True,
        pool_timeout=busy_seconds,
        json_serializer=json_text,
        json_deserializer=orjson.loads,
        hide_parameters=True,  # a logged error must not carry article text
    )

    pragmas = (
        *(() if query_only else ("journal_mode=WAL",)),
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        f"cache_size=-{cache}",
        *(("query_only=ON",) if query_only else ()),
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.Error:
            connection.close()  # the pool forgets a connection whose listener failed
            raise

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def in_time(connection: Connection) -> Iterator[None]:
    """Breaks statements of the block off where the deadline of the context has passed."""
    until = deadline.current()
    deadline.check()
    raw = connection.connection.dbapi_connection
    if until is None or not isinstance(raw, sqlite3.Connection):
        yield
        return
    raw.set_progress_handler(lambda: until.passed, _INSTRUCTIONS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def close_engine(engine: Engine) -> None:
    """Closes the connections of an engine, those in use as soon as their sessions end."""
    event.listen(engine.pool, "checkin", _close)
    engine.dispose()


def _close(connection: sqlite3.Connection | None, _record: object) -> None:
    if connection is not None:
        connection.close()


def expected(error: Exception, url: str) -> ParallaxError | None:
    """The expected error that a database error stands for, or None where it is a fault of ours."""
    if isinstance(error, PoolTimeout):
        return StoreBusy("too many writers wait for the database; try again in a moment")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return None
    path = database_path(url)
    match getattr(cause, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_INTERRUPT if (until := deadline.current()) is not None:
            return until.error()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(f"another program keeps {path} locked; try again in a moment")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return StorageFull(f"{path} cannot be written: {cause}. Nothing was changed")
        case sqlite3.SQLITE_CANTOPEN:
            return Unavailable(f"the database {path} cannot be opened: {cause}")
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return Unavailable(f"{path} is not a sound SQLite database: {cause}")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return Unavailable(f"the database {path} may only be read: {cause}")
        case sqlite3.SQLITE_TOOBIG:
            return StorageFull(f"{path} cannot hold a value this large: {cause}")
    return None


def refresh_statistics(connection: Connection) -> None:
    """Lets the planner know how the tables grew; reads a sample of each index."""
    connection.exec_driver_sql("PRAGMA analysis_limit=1000")
    connection.exec_driver_sql("PRAGMA optimize(0x10002)")
