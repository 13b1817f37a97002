"""PostgreSQL: a server that many processes share.

Writers take turns as they do in SQLite, by a lock of the transaction: what a session has read holds
until it commits. Readers hold one snapshot and wait for nobody.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
from sqlalchemy import Connection, Engine, Integer, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from app.domain import deadline
from app.domain.deadline import Deadline
from app.errors import ParallaxError, StorageFull, StoreBusy, Unavailable
from app.store.engine.packing import json_text

# Advisory locks are numbers of the database's own: "parallax" in ASCII, the writer's.
_WRITER = int.from_bytes(b"parallax")
_PROBE_SECONDS = 1.0


def checked(url: URL) -> URL:
    """The address, of the driver that is used. Raises Unavailable for one without a database."""
    if not url.database:
        raise Unavailable(
            "PARALLAX_DATABASE_URL names no database: postgresql://USER@HOST/DATABASE"
        )
    return url.set(drivername="postgresql+psycopg")


def shown(url: URL) -> str:
    """The database as an error names it."""
    return url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)


def exists(url: URL) -> bool:
    """True: the server says whether there is such a database."""
    return True


def read_engine(url: URL, busy_seconds: float) -> Engine:
    """An engine whose connections cannot write; each transaction sees one snapshot."""
    return _engine(
        url, busy_seconds, "REPEATABLE READ", pool_size=8, max_overflow=16
    ).execution_options(postgresql_readonly=True)


def write_engine(url: URL, busy_seconds: float) -> Engine:
    """An engine of one connection: writers of all processes take turns."""
    engine = _engine(url, busy_seconds, "READ COMMITTED", pool_size=1, max_overflow=0)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")

    return engine


def _engine(
    url: URL, busy_seconds: float, isolation: str, *, pool_size: int, max_overflow: int
) -> Engine:
    engine = create_engine(
        url,
        isolation_level=isolation,
        connect_args={
            "options": f"-c lock_timeout={round(busy_seconds * 1000)} -c jit=off",
            "connect_timeout": max(2, round(busy_seconds)),
            "client_encoding": "utf8",
            "application_name": "parallax",
        },
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=busy_seconds,
        pool_pre_ping=True,
        json_serializer=json_text,
        json_deserializer=orjson.loads,
        hide_parameters=True,  # a logged error must not carry article text
    )
    engine.dialect.colspecs = {**engine.dialect.colspecs, Integer: _AsItIs}
    return engine


class _AsItIs(Integer):
    """A whole number that is sent with the type that it needs. SQLAlchemy would have the server
    cast it to the column's, where too large a one is an error instead of in no row."""

    render_bind_cast = False


@contextmanager
def in_time(connection: Connection, until: Deadline) -> Iterator[None]:
    """Breaks a statement of the block off that takes longer than what is left of the deadline."""
    left = max(1, round((until.at - time.monotonic()) * 1000))
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {left}")
    yield


def expected(error: Exception, url: URL) -> ParallaxError | None:
    """The expected error that a database error stands for, or None where it is a fault of ours."""
    if not isinstance(error, DBAPIError):
        return None
    state = str(getattr(error.orig, "sqlstate", None) or "")
    why = (str(error.orig).strip().splitlines() or [""])[0]
    match state[:2], state:
        case _, "57014" if (until := deadline.current()) is not None:
            return until.error()
        case _, "55P03" | "57014" | "40001" | "40P01":
            return StoreBusy(f"another program keeps {shown(url)} locked; try again in a moment")
        case _, "53100" | "58030":
            return StorageFull(f"{shown(url)} cannot be written: {why}. Nothing was changed")
        case "54", _:
            return StorageFull(f"{shown(url)} cannot hold a value this large: {why}")
        case _, "25006" | "42501":
            return Unavailable(f"the database {shown(url)} may only be read: {why}")
        case "08" | "28" | "3D" | "53" | "57", _:
            return Unavailable(f"the database {shown(url)} cannot be used: {why}")
        case "", _ if isinstance(error, OperationalError):
            return Unavailable(f"the database {shown(url)} cannot be reached: {why}")
    return None


def sizes(connection: Connection) -> dict[str, int]:
    """Bytes on the server's disk of the `database`."""
    found = connection.exec_driver_sql("SELECT pg_database_size(current_database())")
    return {"database": int(found.scalar_one())}


def refresh_statistics(connection: Connection) -> None:
    """Lets the planner know how the tables grew: PostgreSQL sees to that by itself."""


_PLAIN_TEXT = text(
    "SELECT quote_ident(table_name), quote_ident(column_name) FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type = 'character varying' "
    "AND collation_name IS NULL ORDER BY table_name, ordinal_position"
)


def finish_schema(connection: Connection) -> None:
    """Has all text ordered by its code points, as SQLite orders it, whatever the order of the
    database is."""
    for table, column in connection.execute(_PLAIN_TEXT).all():
        connection.exec_driver_sql(
            f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar COLLATE "C"'
        )


def probe(url: URL, spare: int) -> None:
    """Writes a row to the database that is the same as before, and takes that back.

    Raises Unavailable where it cannot be reached or may only be read, StoreBusy where it is locked
    for longer than a second. How full its disk is the server alone knows.
    """
    engine = create_engine(
        url,
        poolclass=NullPool,
        connect_args={
            "options": f"-c lock_timeout={round(_PROBE_SECONDS * 1000)}",
            "connect_timeout": 2,
        },
    )
    with _expecting(url), engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
        connection.rollback()


@contextmanager
def _expecting(url: URL) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if known := expected(error, url):
            raise known from error
        raise
