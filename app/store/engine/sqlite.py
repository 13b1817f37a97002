"""SQLite: a file beside the process.

It runs in WAL mode: readers never wait for the writer. `synchronous=FULL`, because in WAL mode
NORMAL may lose the last commits at a power cut, and an accepted article is on disk before the
answer. Transactions are ours (the driver's own would begin too late): a reader's BEGIN holds one
snapshot, a writer's BEGIN IMMEDIATE takes the lock at once, where waiting is safe.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from app.domain import deadline
from app.domain.deadline import Deadline
from app.errors import ParallaxError, StorageFull, StoreBusy, Unavailable
from app.store.engine.packing import json_text

_PROBE_SECONDS = 1.0
# Kilobytes of pages that a connection keeps. Each has its own, so readers have little: what they
# miss is in the memory of the system mostly, once for all. (Nor are pages mapped: every connection
# would map the file for itself, and count as so much more memory of the process.)
_READER_CACHE, _WRITER_CACHE = 4_000, 16_000
# Of SQLite's machine, between two looks at the clock: a millisecond, more or less.
_INSTRUCTIONS = 20_000


def checked(url: URL) -> URL:
    """The address. Raises Unavailable for one that names no file."""
    if not url.database or url.database == ":memory:":
        raise Unavailable("the collection needs a file: sqlite:///FILE, not a database in memory")
    return url


def path_of(url: URL) -> Path:
    """The file of a database."""
    return Path(str(url.database))


def shown(url: URL) -> str:
    """The database as an error names it."""
    return str(path_of(url))


def exists(url: URL) -> bool:
    """Whether there is a database at an address; an engine would make its file."""
    return path_of(url).exists()


def read_engine(url: URL, busy_seconds: float) -> Engine:
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


def write_engine(url: URL, busy_seconds: float) -> Engine:
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
    url: URL,
    busy_seconds: float,
    *,
    begin: str,
    query_only: bool,
    cache: int,
    pool_size: int,
    max_overflow: int,
) -> Engine:
    path = path_of(url)
    if not path.parent.is_dir():
        raise Unavailable(f"the folder of the database does not exist: {path.parent}")
    engine = create_engine(
        url,
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
def in_time(connection: Connection, until: Deadline) -> Iterator[None]:
    """Breaks statements of the block off where the deadline has passed."""
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    raw.set_progress_handler(lambda: until.passed, _INSTRUCTIONS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def expected(error: Exception, url: URL) -> ParallaxError | None:
    """The expected error that a database error stands for, or None where it is a fault of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return None
    path = path_of(url)
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


def sizes(connection: Connection) -> dict[str, int]:
    """Bytes on disk: of the `database`, and of the `log` that is not written into it yet."""
    path = path_of(connection.engine.url)
    files = {"database": path, "log": path.with_name(f"{path.name}-wal")}
    return {name: each.stat().st_size if each.exists() else 0 for name, each in files.items()}


def refresh_statistics(connection: Connection) -> None:
    """Lets the planner know how the tables grew; reads a sample of each index."""
    connection.exec_driver_sql("PRAGMA analysis_limit=1000")
    connection.exec_driver_sql("PRAGMA optimize(0x10002)")


def finish_schema(connection: Connection) -> None:
    """Makes of new columns what no migration says for this database: nothing."""


def probe(url: URL, spare: int) -> None:
    """Writes a page to the database that is the same as before.

    Raises Unavailable where its file is gone, may only be read or is not sound, StorageFull where
    the disk has fewer than `spare` bytes left, StoreBusy where a connection holds it for longer
    than a second.
    """
    path = path_of(url)
    if not path.exists():
        raise Unavailable(f"the database {path} is gone: put it back and start again")
    disk = os.statvfs(path.parent)
    if disk.f_bavail * disk.f_frsize < spare:
        raise StorageFull(
            f"the disk of {path} is full: less than {spare // 1_000_000:,} MB are free"
        )
    try:
        address = f"{path.absolute().as_uri()}?mode=rw"
        with closing(
            sqlite3.connect(address, uri=True, timeout=_PROBE_SECONDS, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {version:d}")
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        if known := expected(error, url):
            raise known from error
        raise
