"""The schema's version: bringing a database up to date, and refusing one that does not fit."""

import time
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

import migrations
from app.errors import NotFound, SchemaMismatch, StoreBusy
from app.store.engine import connections
from migrations import HEAD


def upgrade(url: str, *, busy_seconds: float = 30.0) -> None:
    """Brings the database up to this version's schema, making it where there is none.

    Safe when several processes start at once: one migrates, the others wait for it. All of it is
    one transaction. Raises SchemaMismatch for a database of a newer version, StoreBusy, StorageFull
    and Unavailable as sessions do.
    """
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            _upgrade_once(url, busy_seconds)
            return
        except StoreBusy:
            # Switching a new file to WAL fails at once, without waiting, while another starts too.
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.05)


def _upgrade_once(url: str, busy_seconds: float) -> None:
    engine = connections.write_engine(url, busy_seconds)
    try:
        with engine.begin() as connection:
            found = revision(connection)
            if found is None and (tables := inspect(connection).get_table_names()):
                raise SchemaMismatch(
                    f"{connections.shown(url)} is another program's database (it has a "
                    f"table {tables[0][:60]!r}): PARALLAX_DATABASE_URL names another one"
                )
            if found != HEAD:
                _migrate(connection, url, found)
            connections.refresh_statistics(connection)
    except SQLAlchemyError as error:
        if known := connections.expected(error, url):
            raise known from error
        raise
    finally:
        engine.dispose()


def _migrate(connection: Connection, url: str, found: str | None) -> None:
    # Alembic takes a third of a second to import, and only a database that changes needs it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    folder = str(Path(migrations.__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise mismatch(url, found)
    command.upgrade(config, "head")
    connections.finish_schema(connection)


def revision(connection: Connection) -> str | None:
    """The revision a database is at; None for one without Parallax's tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    value = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if value is None else str(value)


def require_collection(url: str, *, busy_seconds: float = 10.0) -> None:
    """Raises NotFound, saying how to fill one, where there is no collection, of whichever version;
    makes no file to find out. Raises what sessions raise where the database cannot be read."""
    if not connections.exists(url) or found_revision(url, busy_seconds=busy_seconds) is None:
        shown = connections.parse_url(url).render_as_string(hide_password=True)
        raise NotFound(
            f"There is no collection yet at {shown}. `parallax ingest PATH_OR_URL` fills one, "
            "`parallax ingest --sample` with the sample; PARALLAX_DATABASE_URL names another place."
        )


def found_revision(url: str, *, busy_seconds: float = 10.0) -> str | None:
    """The revision of the collection at an address; None where that holds none. Raises what
    sessions raise where it cannot be read."""
    engine = connections.read_engine(url, busy_seconds)
    try:
        with engine.begin() as connection:
            return revision(connection)
    except SQLAlchemyError as error:
        if known := connections.expected(error, url):
            raise known from error
        raise
    finally:
        engine.dispose()


def check_schema(connection: Connection, url: str) -> None:
    """Raises SchemaMismatch, naming both revisions, unless the database is at this version's."""
    found = revision(connection)
    if found != HEAD:
        raise mismatch(url, found)


def mismatch(url: str, found: str | None) -> SchemaMismatch:
    """The error for a database at another revision than this version's."""
    shown = connections.parse_url(url).render_as_string(hide_password=True)
    if found is None:
        return SchemaMismatch(
            f"{shown} holds no Parallax collection yet (this version's schema is {HEAD}); "
            "`parallax ingest` and `parallax serve` make one"
        )
    return SchemaMismatch(
        f"{shown} has schema {found}, this version of Parallax has {HEAD}: "
        "`parallax serve` of the newer of the two versions fits it"
    )
