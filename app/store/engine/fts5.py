"""Full text in SQLite: an FTS5 table."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    and_,
    column,
    false,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
)

from app.store.engine.column_types import Id
from app.store.engine.full_text import SEARCH_TABLE, Among, Searchable, Term, Wanted
from app.store.engine.text_query import And, Not, Or

_INDEX = table(SEARCH_TABLE, column("rowid", Id))


def create_search(connection: Connection) -> None:
    """Makes the full-text index. It holds no text of its own (`content=''`), so that whoever takes
    an article out must say what it held. The tokenizer parts words at blanks alone: what a letter
    is was decided before."""
    connection.execute(
        text(
            f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5("
            "title, body, content='', columnsize=0, tokenize='ascii')"
        )
    )


def index_texts(connection: Connection, texts: Sequence[Searchable]) -> None:
    """Makes articles searchable that are not yet."""
    connection.exec_driver_sql(
        f"INSERT INTO {SEARCH_TABLE} (rowid, title, body) VALUES (?, ?, ?)",  # noqa: S608 - a constant
        [tuple(each) for each in texts],
    )


def unindex_texts(connection: Connection, texts: Sequence[Searchable]) -> None:
    """Takes articles out of the full-text index; each is what it was indexed with."""
    connection.exec_driver_sql(
        f"INSERT INTO {SEARCH_TABLE} "  # noqa: S608 - a constant
        f"({SEARCH_TABLE}, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        [tuple(each) for each in texts],
    )


def matching(wanted: Wanted, every: Select[Any]) -> Subquery:
    """The ids (`id`) of the articles that match; `every` selects those of all as `id`.

    What the index can answer by itself it is asked at once, what it cannot (articles without a
    word, those of an outlet) are conditions on its answer, or on all articles.
    """
    parts = wanted.nodes if isinstance(wanted, And) else (wanted,)
    asked = [each for each in parts if _expression(_positive(each)) is not None]
    expression = _expression(And(tuple(asked)))
    if expression is None:
        everything = every.subquery("every")
        of, found = everything.c.id, select(everything.c.id)
        asked = []
    else:
        of, found = _INDEX.c.rowid, select(_INDEX.c.rowid.label("id")).where(_match(expression))
    rest = [_condition(each, of) for each in parts if each not in asked]
    return found.where(*rest).subquery("matching")


def _positive(node: Wanted) -> Wanted:
    return node.node if isinstance(node, Not) else node


def _expression(node: Wanted) -> str | None:
    """The node in the index's own language; None for what cannot be said in it."""
    match node:
        case Term():
            either = " OR ".join(f'"{each}"' for each in node.readings)
            return (f"title : ({either})" if node.title else f"({either})") if either else None
        case Or():
            each = [_expression(part) for part in node.nodes]
            return None if None in each else f"({' OR '.join(map(str, each))})"
        case And():
            wanted = [_expression(part) for part in node.nodes if not isinstance(part, Not)]
            unwanted = [_expression(part.node) for part in node.nodes if isinstance(part, Not)]
            if not wanted or None in wanted or None in unwanted:
                return None
            both = f"({' AND '.join(map(str, wanted))})"
            return f"({both} NOT ({' OR '.join(map(str, unwanted))}))" if unwanted else both
        case _:
            return None


def _condition(node: Wanted, of: ColumnElement[int]) -> ColumnElement[bool]:
    """The same as a condition on the id of an article."""
    if (expression := _expression(node)) is not None:
        return of.in_(select(_INDEX.c.rowid).where(_match(expression)))
    match node:
        case Among():
            return of.in_(node.ids)
        case Not():
            return not_(_condition(node.node, of))
        case And():
            return and_(*(_condition(each, of) for each in node.nodes))
        case Or():
            return or_(*(_condition(each, of) for each in node.nodes))
        case _:
            return false()


def _match(expression: str) -> ColumnElement[bool]:
    return literal_column(SEARCH_TABLE, String).op("MATCH")(literal(expression, String))
