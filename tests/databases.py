"""The databases that tests run on: a file each, or on a PostgreSQL that the run starts for itself
(`pytest --engine postgresql`)."""

import os
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from app.store.engine.connections import read_engine, write_engine
from app.store.engine.schema import upgrade
from benchmarks.postgresql import database, server

# The address of the server, for the worker processes of a run too; unset: SQLite.
_SERVER = "TEST_SERVER_URL"
_TEMPLATE = "parallax_template"
# Nothing here outlives the run, and many tests have connections of their own.
_SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 400\n"
# So many databases are kept, 8 MB each, before the oldest that nobody is connected to goes.
_KEPT = 60
_made: deque[str] = deque()

sqlite_only = pytest.mark.skipif(
    # As text it is read when the test is due, and by then the server of a run is up.
    f"{_SERVER!r} in os.environ",
    reason="of the SQLite file itself",
)


def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return _SERVER in os.environ


class TestServer:
    """A PostgreSQL of this run alone, with an empty collection to copy."""

    def __init__(self) -> None:
        with ExitStack() as opened:
            os.environ[_SERVER] = opened.enter_context(server(_SETTINGS))
            opened.callback(os.environ.pop, _SERVER)
            upgrade(database(os.environ[_SERVER], _TEMPLATE))
            self._opened = opened.pop_all()

    def stop(self) -> None:
        """Ends the server and removes all of it."""
        self._opened.close()


def new_url(folder: Path, name: str = "collection", *, keep: bool = False) -> str:
    """The address of a new collection: a file in a folder, which is not there yet, or an empty
    collection on the server, which may go while nobody is connected unless `keep`."""
    if not on_postgresql():
        return f"sqlite:///{folder / name}.db"
    return _created(f"TEMPLATE {_TEMPLATE}", keep=keep)


def empty_url(folder: Path, name: str) -> str:
    """The address of a database without a table: a file that is not there yet, or one on the
    server."""
    return _created("", keep=False) if on_postgresql() else f"sqlite:///{folder / name}.db"


def _created(how: str, *, keep: bool) -> str:
    while len(_made) >= _KEPT:
        _drop(_made.popleft())
    name = f"t{uuid.uuid4().hex}"
    _run(f"CREATE DATABASE {name} {how}")
    if not keep:
        _made.append(name)
    return make_url(os.environ[_SERVER]).set(database=name).render_as_string(hide_password=False)


def asked(url: str, statement: str) -> list[Any]:
    """The rows that a statement gives by itself, past the store: committed, none for a change."""
    engine = (read_engine if statement.startswith("SELECT") else write_engine)(url, 10.0)
    try:
        with engine.begin() as connection:
            result = connection.exec_driver_sql(statement)
            return list(result.all()) if result.returns_rows else []
    finally:
        engine.dispose()


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Has another program write for the time of the block."""
    engine = write_engine(url, 10.0)
    try:
        with engine.begin():
            yield
    finally:
        engine.dispose()


def _run(statement: str) -> None:
    with psycopg.connect(os.environ[_SERVER], autocommit=True) as connection:
        connection.execute(statement.encode())


def _drop(name: str) -> None:
    try:
        _run(f"DROP DATABASE {name}")
    except psycopg.errors.ObjectInUse:
        _made.append(name)
