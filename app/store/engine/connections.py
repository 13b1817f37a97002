"""Connections to the database: its address, the engines of readers and of the writer, its errors.

`sqlite.py` and `postgresql.py` say what each of these is for their database.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import PoolProxiedConnection

from app.domain import deadline
from app.domain.deadline import Deadline
from app.errors import ParallaxError, StoreBusy, Unavailable

# Less free space than this is as good as none: it is what a batch of analyses may take.
SPARE = 16_000_000


class _Database(Protocol):
    def checked(self, url: URL) -> URL: ...
    def shown(self, url: URL) -> str: ...
    def exists(self, url: URL) -> bool: ...
    def read_engine(self, url: URL, busy_seconds: float) -> Engine: ...
    def write_engine(self, url: URL, busy_seconds: float) -> Engine: ...
    def in_time(self, connection: Connection, until: Deadline) -> AbstractContextManager[None]: ...
    def expected(self, error: Exception, url: URL) -> ParallaxError | None: ...
    def sizes(self, connection: Connection) -> dict[str, int]: ...
    def refresh_statistics(self, connection: Connection) -> None: ...
    def finish_schema(self, connection: Connection) -> None: ...
    def probe(self, url: URL, spare: int) -> None: ...


def _of(url: URL) -> _Database:
    from app.store.engine import postgresql, sqlite

    return postgresql if url.get_backend_name() == "postgresql" else sqlite


def parse_url(url: str) -> URL:
    """The parsed address.

    Raises Unavailable for one that is no database of a kind that Parallax can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise Unavailable(
            "PARALLAX_DATABASE_URL is no database address (sqlite:///parallax.db is one, and "
            "postgresql://USER@HOST/DATABASE)"
        ) from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise Unavailable(
            "a collection is kept in SQLite (sqlite:///FILE) or PostgreSQL "
            f"(postgresql://USER@HOST/DATABASE), not in {parsed.get_backend_name()}"
        )
    return _of(parsed).checked(parsed)


def database_path(url: str) -> Path | None:
    """The file of an SQLite database; None for one on a server."""
    parsed = parse_url(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def shown(url: str) -> str:
    """The database as an error names it, without its password."""
    parsed = parse_url(url)
    return _of(parsed).shown(parsed)


def exists(url: str) -> bool:
    """Whether there is a database at an address; an engine would make an SQLite file. A server is
    asked by whoever connects to it."""
    parsed = parse_url(url)
    return _of(parsed).exists(parsed)


def read_engine(url: str, busy_seconds: float) -> Engine:
    """An engine whose connections cannot write; each transaction sees one snapshot."""
    parsed = parse_url(url)
    return _of(parsed).read_engine(parsed, busy_seconds)


def write_engine(url: str, busy_seconds: float) -> Engine:
    """An engine of one connection: writers of this process take turns in the order they come,
    those of other processes wait for it."""
    parsed = parse_url(url)
    return _of(parsed).write_engine(parsed, busy_seconds)


@contextmanager
def in_time(connection: Connection) -> Iterator[None]:
    """Breaks statements of the block off where the deadline of the context has passed."""
    deadline.check()
    until = deadline.current()
    if until is None:
        yield
        return
    with _of(connection.engine.url).in_time(connection, until):
        yield


def close_engine(engine: Engine) -> None:
    """Closes the connections of an engine, those in use as soon as their sessions end."""
    event.listen(engine.pool, "checkin", _close)
    engine.dispose()


def _close(connection: PoolProxiedConnection | None, _record: object) -> None:
    if connection is not None:
        connection.close()


def expected(error: Exception, url: str) -> ParallaxError | None:
    """The expected error that a database error stands for, or None where it is a fault of ours."""
    if isinstance(error, PoolTimeout):
        return StoreBusy("too many writers wait for the database; try again in a moment")
    parsed = parse_url(url)
    return _of(parsed).expected(error, parsed)


def sizes(connection: Connection) -> dict[str, int]:
    """Bytes on disk: of the `database`, and in SQLite of the `log` that is not written into it
    yet."""
    return _of(connection.engine.url).sizes(connection)


def refresh_statistics(connection: Connection) -> None:
    """Lets the planner know how the tables grew."""
    _of(connection.engine.url).refresh_statistics(connection)


def finish_schema(connection: Connection) -> None:
    """Makes of what migrations made what this database needs beside them."""
    _of(connection.engine.url).finish_schema(connection)


def probe(url: str, spare: int = SPARE) -> None:
    """Returns where something could be stored now.

    Raises Unavailable where the database is gone, may only be read or is not sound, StorageFull
    where its disk is known to have fewer than `spare` bytes left, StoreBusy where another program
    holds it for longer than a second.
    """
    parsed = parse_url(url)
    _of(parsed).probe(parsed, spare)
