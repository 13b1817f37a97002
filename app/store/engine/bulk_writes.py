"""Rows written many at a time, past what an ORM does with each, and ids taken ahead of them."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects import sqlite

from app.store.engine.packing import json_text

_SQLITE = sqlite.dialect(json_serializer=json_text)


def reserve_ids(connection: Connection, into: Table, count: int) -> Sequence[int]:
    """Reserves ids that no row of the table has had or will be given otherwise: rows that name each
    other can then be inserted all at once. Returns them, ascending."""
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
    keep: bool = False,
) -> None:
    """Inserts rows of values in the order of the columns `names`; where one with the same primary
    key is there, adds to the columns `add` and overwrites those in `replace`, or leaves it as it is
    (`keep`).

    The rows go to the driver as they are: SQLAlchemy's own way with each row takes longer than
    SQLite does to store it.
    """
    if not rows:
        return
    statement, processors = _insertion(into, names, add, replace, keep=keep)
    if processors:
        columns: list[Iterable[object]] = list(zip(*rows, strict=True))
        for index, process in processors:
            columns[index] = map(process, columns[index])
        rows = list(zip(*columns, strict=True))
    connection.exec_driver_sql(statement, list(rows))


@cache
def _insertion(
    into: Table,
    names: tuple[str, ...],
    add: tuple[str, ...],
    replace: tuple[str, ...],
    *,
    keep: bool,
) -> tuple[str, tuple[tuple[int, Callable[[Any], object]], ...]]:
    """The statement, and what makes a column's values what the driver takes, by its index."""
    quote = _SQLITE.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    places = ", ".join("?" for _ in names)
    statement = f"INSERT INTO {quote(into.name)} ({columns}) VALUES ({places})"  # noqa: S608 - names
    if keep:
        statement += " ON CONFLICT DO NOTHING"
    elif add or replace:
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
