"""A collection copied into another database, row by row as it is stored, and proved equal.

Each batch is one short transaction. What a copy that was broken off left behind has to be the
beginning of every table; it is compared, and the rest goes on from there. The full-text index is
made anew from the texts: it is not the same in both databases.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    cast,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.types import TypeDecorator

from app.errors import Conflict
from app.store.articles.searchable import SearchedText, add_to_search
from app.store.engine import bulk_writes
from app.store.engine.connections import shown
from app.store.engine.packing import inflate
from app.store.engine.sessions import ReadSession, Store
from app.store.tables import article, revision

_BATCH = 500

type Show = Callable[[str, int, int], None]
type Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: `rows` of all tables together, `before` of them from an earlier try."""

    articles: int
    rows: int
    before: int

    def sentence(self) -> str:
        """The counts for people."""
        return (
            f"{self.articles:,} articles, {self.rows:,} rows in all, {self.before:,} of them there "
            "already; counts and hashes of every table are equal."
        )


def copy_collection(source: Store, target: Store, show: Show) -> Copied:
    """Copies all of a collection as it is at this instant into another, which is empty or holds the
    beginning of the same copy; `show` is told the table and how many of its rows are through.

    Raises Conflict where the target holds something else, and where the copy turns out to differ
    (another program wrote into it); what sessions raise.
    """
    with source.read() as reading:
        before = sum(_prefix(reading, target, table) for table in _tables())
        for table in _tables():
            _copy_table(reading, target, table, show)
        with target.write() as writing:
            for table in _tables():
                _copy_references(reading, writing.connection, table)
                if (last := bulk_writes.last_id(reading.connection, table)) is not None:
                    bulk_writes.set_last_id(writing.connection, table, last)
        rows = sum(_verified(reading, target, table, show) for table in _tables())
        articles = reading.connection.execute(
            select(func.count()).select_from(article)
        ).scalar_one()
    return Copied(articles, rows, before)


def _tables() -> Sequence[Table]:
    return article.metadata.sorted_tables


def _prefix(reading: ReadSession, target: Store, table: Table) -> int:
    """How many rows the target has already. Raises Conflict unless the source begins with them."""
    with target.read() as there:
        held = _digest(there.connection, table, None, own=False)
        last = _last_key(there.connection, table)
    if last is None:
        return 0
    if held != _digest(reading.connection, table, last, own=False):
        raise Conflict(
            f"{shown(target.url)} is neither empty nor the beginning of this copy (its table "
            f"{table.name} differs): copy into an empty database"
        )
    return held[0]


def _copy_table(reading: ReadSession, target: Store, table: Table, show: Show) -> None:
    connection = reading.connection
    total = connection.execute(select(func.count()).select_from(table)).scalar_one()
    with target.read() as there:
        last = _last_key(there.connection, table)
        done = there.connection.execute(select(func.count()).select_from(table)).scalar_one()
    names = tuple(column.name for column in table.columns)
    held = [names.index(column.name) for column in _references(table)]
    while rows := connection.execute(_after(table, last).limit(_BATCH)).all():
        last = _key(table, rows[-1])
        with target.write() as writing:
            bulk_writes.insert_stored(
                writing.connection, table, names, [_without(row, held) for row in rows]
            )
            if table is revision:
                _index(reading, writing.connection, rows)
        done += len(rows)
        show(f"Copying {table.name}", done, total)


def _index(reading: ReadSession, into: Connection, rows: Sequence[Row]) -> None:
    """Makes the articles searchable whose current revision is among these rows."""
    of = revision.c.keys()
    owner, number, body = (of.index(name) for name in ("article_id", "number", "text"))
    current = {
        (row.id, row.revision): row
        for row in reading.connection.execute(
            select(
                article.c.id, article.c.revision, article.c.body_start, article.c.language
            ).where(article.c.id.in_({row[owner] for row in rows}))
        )
    }
    add_to_search(
        into,
        [
            SearchedText(found.id, inflate(row[body]).decode(), found.body_start, found.language)
            for row in rows
            if (found := current.get((row[owner], row[number])))
        ],
    )


def _copy_references(reading: ReadSession, into: Connection, table: Table) -> None:
    """Fills the columns that name rows of the same table, all of which are there now."""
    for column in _references(table):
        rows = select(table.c.id, column).where(column.is_not(None)).order_by(table.c.id)
        for number, named in reading.connection.execute(rows):
            into.execute(update(table).where(table.c.id == number).values({column: named}))


def _references(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def _without(row: Row, held: Sequence[int]) -> Row:
    return tuple(None if place in held else value for place, value in enumerate(row))


def _verified(reading: ReadSession, target: Store, table: Table, show: Show) -> int:
    """How many rows a table has. Raises Conflict where those of the copy are others."""
    with target.read() as there:
        copied = _digest(there.connection, table, None, own=True)
    given = _digest(reading.connection, table, None, own=True)
    if copied != given:
        raise Conflict(
            f"the copy differs: {table.name} has {copied[0]:,} rows in it and {given[0]:,} in the "
            "collection, or some of them differ; nothing may write into either until it is done"
        )
    show(f"Comparing {table.name}", given[0], given[0])
    return given[0]


def _digest(
    connection: Connection, table: Table, last: Row | None, *, own: bool
) -> tuple[int, bytes]:
    """Count and SHA-256 of the rows up to a key, of all without one; with or without what names
    rows of the same table (`own`)."""
    held = [] if own else [table.c.keys().index(each.name) for each in _references(table)]
    digest, count = hashlib.sha256(), 0
    for row in _streamed(connection, table):
        digest.update(repr(_without(tuple(row), held)).encode())
        count += 1
        if last is not None and _key(table, row) == last:
            break
    return count, digest.digest()


def _streamed(connection: Connection, table: Table) -> Iterator[Row]:
    last: Row | None = None
    while rows := connection.execute(_after(table, last).limit(_BATCH)).all():
        yield from rows
        last = _key(table, rows[-1])


def _after(table: Table, last: Row | None) -> Select[Any]:
    """The rows of a table as they are stored, by their key, from after one."""
    key = list(table.primary_key)
    rows = select(*map(_stored, table.columns)).order_by(*key)
    if last is None:
        return rows
    kept = [_stored(column) for column in key]
    named = (literal(value, column.type) for value, column in zip(last, kept, strict=True))
    return rows.where(tuple_(*kept) > tuple_(*named))


def _stored(column: Column[Any]) -> ColumnElement[Any]:
    """A value as the database has it: packed where it is packed, JSON as the text that it is."""
    kept = column.type
    if isinstance(kept, TypeDecorator):
        kept = kept.impl_instance
    if isinstance(kept, JSON):
        return cast(type_coerce(column, kept), String).label(column.name)
    return column if kept is column.type else type_coerce(column, kept).label(column.name)


def _key(table: Table, row: Row) -> Row:
    names = table.c.keys()
    return tuple(row[names.index(column.name)] for column in table.primary_key)


def _last_key(connection: Connection, table: Table) -> Row | None:
    key = list(table.primary_key)
    last = select(*map(_stored, key)).order_by(*(column.desc() for column in key)).limit(1)
    row = connection.execute(last).first()
    return None if row is None else tuple(row)
