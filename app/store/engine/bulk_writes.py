"""Rows written many at a time, past what an ORM does with each, and ids taken ahead of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, text
from sqlalchemy.exc import DBAPIError


def reserve_ids(connection: Connection, into: Table, count: int) -> Sequence[int]:
    """Reserves ids that no row of the table has had or will be given otherwise: rows that name each
    other can then be inserted all at once. Returns them, ascending."""
    if not count:
        return ()
    taken = {"name": into.name, "count": count}
    if _on_server(connection.dialect):
        return sorted(connection.execute(_NEXT_IDS, taken).scalars())
    last = connection.execute(_TAKE_IDS, taken).scalar()
    if last is None:  # no row was ever inserted
        connection.execute(_BEGIN_IDS, taken)
        last = count
    return range(last - count + 1, last + 1)


# The table in which SQLite itself keeps the last id of each AUTOINCREMENT table.
_TAKE_IDS = text("UPDATE sqlite_sequence SET seq = seq + :count WHERE name = :name RETURNING seq")
_BEGIN_IDS = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :count)")
_NEXT_IDS = text(
    "SELECT nextval(pg_get_serial_sequence(quote_ident(:name), 'id')) "
    "FROM generate_series(1, :count)"
)


def last_id(connection: Connection, of: Table) -> int | None:
    """The last id that a table has given; None for a table that numbers no rows, or none yet."""
    if not of.dialect_kwargs.get("sqlite_autoincrement"):
        return None
    if _on_server(connection.dialect):
        sequence = connection.execute(_SEQUENCE, {"name": of.name}).scalar_one()
        found = f"SELECT last_value FROM {sequence} WHERE is_called"  # noqa: S608 - the server's name
        return connection.exec_driver_sql(found).scalar()
    return connection.execute(_LAST_ID, {"name": of.name}).scalar()


def set_last_id(connection: Connection, of: Table, last: int) -> None:
    """Has a table number its rows from after an id."""
    taken = {"name": of.name, "last": last}
    if _on_server(connection.dialect):
        connection.execute(_SET_SEQUENCE, taken)
    elif not connection.execute(_SET_ID, taken).rowcount:
        connection.execute(_BEGIN_IDS, {"name": of.name, "count": last})


_LAST_ID = text("SELECT seq FROM sqlite_sequence WHERE name = :name AND seq > 0")
_SET_ID = text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name")
_SEQUENCE = text("SELECT pg_get_serial_sequence(quote_ident(:name), 'id')")
_SET_SEQUENCE = text("SELECT setval(pg_get_serial_sequence(quote_ident(:name), 'id'), :last)")


def insert_stored(
    connection: Connection, into: Table, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Inserts rows of values as the driver takes them: they were read from such a table."""
    statement, _ = _insertion(connection.dialect, into, names, (), (), keep=False)
    _send(connection, statement, rows)


def _send(connection: Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if statement.startswith("COPY"):
        _copy(connection, statement, rows)
    elif _on_server(connection.dialect):
        connection.exec_driver_sql(statement, tuple(map(_array, zip(*rows, strict=True))))
    else:
        connection.exec_driver_sql(statement, list(rows))


def _array(values: Sequence[object]) -> object:
    """A column as the text of a PostgreSQL array, in a sixth of the time that the driver takes; the
    driver's own array where there are values of other types."""
    if not _WRITTEN.keys() >= set(map(type, values)):
        return list(values)
    return "{" + ",".join([_WRITTEN[type(each)](each) for each in values]) + "}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: "NULL",
    int: str,
    float: repr,
    str: _quoted,
}


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Sends rows in one stream, in a third of the time that as many INSERTs take."""
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as stream:
            for row in rows:
                stream.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        # As SQLAlchemy itself raises it, which the stream goes past.
        raise DBAPIError.instance(
            statement,
            None,
            error,
            connection.dialect.loaded_dbapi.Error,
            dialect=connection.dialect,
        ) from error
    finally:
        cursor.close()


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
    keep: bool = False,
) -> None:
    """Inserts rows of values in the order of the columns `names`; where one with the same primary
    key is there, adds to the columns `add` and overwrites those in `replace`, or leaves it as it is
    (`keep`).

    The rows go to the driver as they are: SQLAlchemy's own way with each row takes longer than
    databases do to store it.
    """
    if not rows:
        return
    statement, processors = _insertion(connection.dialect, into, names, add, replace, keep=keep)
    _send(connection, statement, _processed(rows, processors))


def update_rows(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
    *,
    add: tuple[str, ...] = (),
) -> None:
    """Overwrites columns of rows that are there: each of `rows` is an id, then values in the order
    of the columns `names`; adds to the columns `add` instead. No id twice."""
    if not rows:
        return
    statement, processors = _change(connection.dialect, table, names, add)
    if not _on_server(connection.dialect):
        rows = [(*values, number) for number, *values in rows]
    _send(connection, statement, _processed(rows, processors))


type _Processors = Sequence[tuple[int, Callable[[Any], object]]]


def _processed(
    rows: Sequence[tuple[object, ...]], processors: _Processors
) -> Sequence[tuple[object, ...]]:
    if not processors:
        return rows
    columns: list[Iterable[object]] = list(zip(*rows, strict=True))
    for index, process in processors:
        columns[index] = map(process, columns[index])
    return list(zip(*columns, strict=True))


# Where rows go to PostgreSQL as one statement with an array a column: as a statement a row, even
# sent all at once, they take three times as long.
_ARRAYS = "FROM unnest("


def _arrays(dialect: Dialect, table: Table, names: Iterable[str]) -> str:
    types = (table.c[name].type.compile(dialect) for name in names)
    return _ARRAYS + ", ".join(f"%s::{each}[]" for each in types) + ")"


def _processors(dialect: Dialect, table: Table, names: Iterable[str]) -> _Processors:
    found = (
        (index, table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        for index, name in enumerate(names)
    )
    return tuple((index, each) for index, each in found if each is not None)


@cache
def _change(
    dialect: Dialect, table: Table, names: tuple[str, ...], add: tuple[str, ...]
) -> tuple[str, _Processors]:
    """The statement of `update_rows`, and what makes a column's values what the driver takes."""
    quote = dialect.identifier_preparer.quote
    own = quote(table.name)
    given = {each: f"given.{quote(each)}" if _on_server(dialect) else "?" for each in names}
    changes = ", ".join(
        f"{quote(each)} = {f'{own}.{quote(each)} + ' if each in add else ''}{given[each]}"
        for each in names
    )
    if not _on_server(dialect):
        statement = f"UPDATE {own} SET {changes} WHERE id = ?"  # noqa: S608 - names of ours
        return statement, _processors(dialect, table, (*names, "id"))
    columns = ("id", *names)
    listed = ", ".join(map(quote, columns))
    arrays = _arrays(dialect, table, columns)
    return (
        f"UPDATE {own} SET {changes} {arrays} AS given ({listed}) WHERE {own}.id = given.id",  # noqa: S608
        _processors(dialect, table, columns),
    )


def _on_server(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


@cache
def _insertion(
    dialect: Dialect,
    into: Table,
    names: tuple[str, ...],
    add: tuple[str, ...],
    replace: tuple[str, ...],
    *,
    keep: bool,
) -> tuple[str, _Processors]:
    """The statement, and what makes a column's values what the driver takes, by its index."""
    quote = dialect.identifier_preparer.quote
    own = quote(into.name)
    columns = ", ".join(map(quote, names))
    processors = _processors(dialect, into, names)
    if not (keep or add or replace) and _on_server(dialect):
        return f"COPY {own} ({columns}) FROM STDIN", processors
    if _on_server(dialect):
        values = f"SELECT * {_arrays(dialect, into, names)}"
    else:
        values = f"VALUES ({', '.join('?' for _ in names)})"
    statement = f"INSERT INTO {own} ({columns}) {values}"
    if keep:
        statement += " ON CONFLICT DO NOTHING"
    elif add or replace:
        key = ", ".join(quote(column.name) for column in into.primary_key)
        changes = [f"{each} = {own}.{each} + excluded.{each}" for each in map(quote, add)]
        changes += [f"{each} = excluded.{each}" for each in map(quote, replace)]
        statement += f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(changes)}"
    return statement, processors
