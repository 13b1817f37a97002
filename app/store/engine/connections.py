"""Everything that depends on which database it is: the one place that PostgreSQL will extend.

SQLite runs in WAL mode: readers never wait for the writer. `synchronous=FULL`, because in WAL mode
NORMAL may lose the last commits at a power cut, and an accepted article is on disk before the
answer. Transactions are ours (the driver's own would begin too late): a reader's BEGIN holds one
snapshot, a writer's BEGIN IMMEDIATE takes the lock at once, where waiting is safe.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    bindparam,
    column,
    create_engine,
    event,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    type_coerce,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import ParallaxError, StorageFull, StoreBusy, Unavailable
from app.store.engine.column_types import Id
from app.store.engine.text_query import TextQuery

SEARCH_TABLE = "article_search"


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


_SQLITE = sqlite.dialect(json_serializer=_json)


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


def exists(url: str) -> bool:
    """Whether there is a database at an address; an engine would make its file."""
    return database_path(url).exists()


def read_engine(url: str, busy_seconds: float) -> Engine:
    """An engine whose connections cannot write; each transaction sees one snapshot."""
    return _engine(url, busy_seconds, begin="BEGIN", query_only=True, pool_size=8, max_overflow=56)


def write_engine(url: str, busy_seconds: float) -> Engine:
    """An engine of one connection: writers of this process take turns in the order they come,
    those of other processes wait on the file's lock."""
    return _engine(
        url, busy_seconds, begin="BEGIN IMMEDIATE", query_only=False, pool_size=1, max_overflow=0
    )


def _engine(
    url: str,
    busy_seconds: float,
    *,
    begin: str,
    query_only: bool,
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
        pool_timeout=busy_seconds,
        json_serializer=_json,
        json_deserializer=orjson.loads,
        hide_parameters=True,  # a logged error must not carry article text
    )

    pragmas = (
        *(() if query_only else ("journal_mode=WAL",)),
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-16000",
        "mmap_size=268435456",
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


def close_engine(engine: Engine) -> None:
    """Closes the connections of an engine, those in use as soon as their sessions end."""
    event.listen(engine.pool, "checkin", _close)
    engine.dispose()


def _close(connection: sqlite3.Connection | None, _record: object) -> None:
    if connection is not None:
        connection.close()


def pairs(rows: Sequence[tuple[int, int]]) -> Subquery:
    """Pairs of whole numbers as a table of the columns `first` and `second`, to join with.

    One parameter holds them all: binding hundreds one by one takes longer than most queries.
    """
    each = func.json_each(_json(rows)).table_valued("value")
    return select(
        func.json_extract(each.c.value, "$[0]", type_=Integer).label("first"),
        func.json_extract(each.c.value, "$[1]", type_=Integer).label("second"),
    ).subquery("pairs")


def numbers(values: Collection[int]) -> Select[int]:
    """Whole numbers as a query of one column, for `IN`; one parameter holds them all."""
    each = func.json_each(_json(list(values))).table_valued("value")
    return select(type_coerce(each.c.value, Id))


def numbers_of(parameter: str) -> Select[int]:
    """The same for a statement that is made once and sent often: its parameter takes what
    `as_numbers` makes of the numbers."""
    each = func.json_each(bindparam(parameter, type_=String)).table_valued("value")
    return select(type_coerce(each.c.value, Id))


def as_numbers(values: Collection[int]) -> str:
    """Whole numbers as one parameter."""
    return _json(list(values))


def strings(values: Collection[str]) -> Select[str]:
    """Texts as a query of one column, for `IN`; one parameter holds them all."""
    each = func.json_each(_json(list(values))).table_valued("value")
    return select(type_coerce(each.c.value, String))


def expected(error: Exception, url: str) -> ParallaxError | None:
    """The expected error that a database error stands for, or None where it is a fault of ours."""
    if isinstance(error, PoolTimeout):
        return StoreBusy("too many writers wait for the database; try again in a moment")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return None
    path = database_path(url)
    match getattr(cause, "sqlite_errorcode", 0) & 0xFF:
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


def reserve_ids(connection: Connection, into: Table, count: int) -> Sequence[int]:
    """So many ids, ascending, that no row of the table has had or will be given otherwise: rows
    that name each other can then be inserted all at once."""
    if not count:
        return ()
    taken = {"name": into.name, "count": count}
    last = connection.execute(_TAKE_IDS, taken).scalar()
    if last is None:  # no row was ever inserted
        connection.execute(_BEGIN_IDS, taken)
        last = count
    return range(last - count + 1, last + 1)


# The table in which SQLite itself keeps the last id of each AUTOINCREMENT table.
_TAKE_IDS = text("UPDATE sqlite_sequence SET seq = seq + :count WHERE name = :name RETURNING seq")
_BEGIN_IDS = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :count)")


def insert_rows(
    connection: Connection,
    into: Table,
    names: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Inserts rows of values in the order of the columns `names`."""
    upsert(connection, into, names, rows)


def upsert(
    connection: Connection,
    into: Table,
    names: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
    *,
    add: tuple[str, ...] = (),
    replace: tuple[str, ...] = (),
) -> None:
    """Inserts rows of values in the order of the columns `names`; where one with the same primary
    key is there, adds to the columns `add` and overwrites those in `replace`.

    The rows go to the driver as they are: SQLAlchemy's own way with each row takes longer than
    SQLite does to store it.
    """
    if not rows:
        return
    statement, processors = _insertion(into, names, add, replace)
    if processors:
        columns: list[Iterable[object]] = list(zip(*rows, strict=True))
        for index, process in processors:
            columns[index] = map(process, columns[index])
        rows = list(zip(*columns, strict=True))
    connection.exec_driver_sql(statement, list(rows))


@cache
def _insertion(
    into: Table, names: tuple[str, ...], add: tuple[str, ...], replace: tuple[str, ...]
) -> tuple[str, tuple[tuple[int, Callable[[Any], object]], ...]]:
    """The statement, and what makes a column's values what the driver takes, by its index."""
    quote = _SQLITE.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    places = ", ".join("?" for _ in names)
    statement = f"INSERT INTO {quote(into.name)} ({columns}) VALUES ({places})"  # noqa: S608 - names
    if add or replace:
        key = ", ".join(quote(column.name) for column in into.primary_key)
        own = quote(into.name)
        changes = [f"{each} = {own}.{each} + excluded.{each}" for each in map(quote, add)]
        changes += [f"{each} = excluded.{each}" for each in map(quote, replace)]
        statement += f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(changes)}"
    processors = (
        (index, into.c[name].type.dialect_impl(_SQLITE).bind_processor(_SQLITE))
        for index, name in enumerate(names)
    )
    return statement, tuple((index, each) for index, each in processors if each is not None)


def create_search(connection: Connection) -> None:
    """Makes the full-text index. It holds no text of its own (`content=''`), so that whoever takes
    an article out must say what it held; diacritics make no difference."""
    connection.execute(
        text(
            f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5("
            "text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')"
        )
    )


def index_texts(connection: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Makes the texts of articles, each with its article's id before it, searchable."""
    if texts:
        connection.exec_driver_sql(
            f"INSERT INTO {SEARCH_TABLE} (rowid, text) VALUES (?, ?)",  # noqa: S608 - a constant
            list(texts),
        )


def unindex_text(connection: Connection, article: int, body: str) -> None:
    """Takes an article out of the full-text index; `body` is the text it was indexed with."""
    connection.execute(
        text(
            f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}, rowid, text) "  # noqa: S608 - a constant
            "VALUES ('delete', :id, :text)"
        ),
        {"id": article, "text": body},
    )


def matching(query: TextQuery) -> Subquery:
    """The ids (`id`) of the articles whose text matches."""
    wanted = " AND ".join(f'"{part}"' for part in query.wanted)
    unwanted = " OR ".join(f'"{part}"' for part in query.unwanted)
    expression = f"({wanted}) NOT ({unwanted})" if unwanted else wanted
    index = table(SEARCH_TABLE, column("rowid", Id))
    match = literal_column(SEARCH_TABLE, String).op("MATCH")(literal(expression, String))
    return select(index.c.rowid.label("id")).where(match).subquery("matching")


def copy_database(url: str, target: Path) -> None:
    """Copies a live database to a new file, as it is at this instant.

    One step of SQLite's online backup: it holds one snapshot, and in WAL mode no writer waits.
    Raises the error of the side that failed: Unavailable, StorageFull, StoreBusy.
    """
    target.touch(exist_ok=False)
    with (
        closing(sqlite3.connect(database_path(url), timeout=30)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            source.backup(copy, pages=-1)
        except sqlite3.Error as error:
            # Which side it was the library does not say; a full disk can only be the copy's.
            if known := expected(error, f"sqlite:///{target}"):
                raise known from error
            raise


def refresh_statistics(connection: Connection) -> None:
    """Lets the planner know how the tables grew; reads a sample of each index."""
    connection.exec_driver_sql("PRAGMA analysis_limit=1000")
    connection.exec_driver_sql("PRAGMA optimize(0x10002)")
