"""Full text in PostgreSQL: a row an article, with its different words as a `tsvector`.

Positions are left out: PostgreSQL counts them to 16,383 only. The words in their order stand beside
them instead, and phrases and titles are looked for there, among the articles that have their words.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    and_,
    any_,
    cast,
    column,
    false,
    literal,
    not_,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR

from app.store.engine.column_types import Id
from app.store.engine.full_text import SEARCH_TABLE, Among, Searchable, Term, Wanted
from app.store.engine.text_query import And, Not, Or

_INDEX = table(
    SEARCH_TABLE,
    column("article_id", Id),
    column("title", String),
    column("body", String),
    column("words", TSVECTOR),
)


def create_search(connection: Connection) -> None:
    """Makes the full-text index."""
    connection.execute(
        text(
            f"CREATE TABLE {SEARCH_TABLE} (article_id bigint PRIMARY KEY, "
            'title varchar COLLATE "C" NOT NULL, body varchar COLLATE "C" NOT NULL, '
            "words tsvector NOT NULL)"
        )
    )
    connection.execute(
        text(f"CREATE INDEX {SEARCH_TABLE}_words ON {SEARCH_TABLE} USING gin (words)")
    )


def index_texts(connection: Connection, texts: Sequence[Searchable]) -> None:
    """Makes articles searchable that are not yet."""
    connection.exec_driver_sql(
        f"INSERT INTO {SEARCH_TABLE} (article_id, title, body, words) "  # noqa: S608 - a constant
        "VALUES (%s, %s, %s, array_to_tsvector(%s))",
        [(*each, sorted({*each.title.split(), *each.body.split()})) for each in texts],
    )


def unindex_texts(connection: Connection, texts: Sequence[Searchable]) -> None:
    """Takes articles out of the full-text index."""
    connection.exec_driver_sql(
        f"DELETE FROM {SEARCH_TABLE} WHERE article_id = %s",  # noqa: S608 - a constant
        [(each.article,) for each in texts],
    )


def matching(wanted: Wanted, every: Select[Any]) -> Subquery:
    """The ids (`id`) of the articles that match: all of them have a row in the index."""
    found = select(_INDEX.c.article_id.label("id")).where(_condition(wanted))
    return found.subquery("matching")


def _condition(node: Wanted) -> ColumnElement[bool]:
    match node:
        case Term():
            return _stands(node)
        case Among():
            return _INDEX.c.article_id.in_(node.ids)
        case Not():
            return not_(_condition(node.node))
        case And():
            return and_(*(_condition(each) for each in node.nodes))
        case Or():
            return or_(*(_condition(each) for each in node.nodes))


def _stands(term: Term) -> ColumnElement[bool]:
    if not term.readings:
        return false()
    # The words are letters and digits: nothing in them ends the quotation.
    asked = " | ".join(
        f"({' & '.join(f"'{word}'" for word in reading.split())})" for reading in term.readings
    )
    has_words = _INDEX.c.words.op("@@", is_comparison=True)(cast(literal(asked, String), TSQUERY))
    if not term.title and not any(" " in reading for reading in term.readings):
        return has_words
    in_order = literal([f"% {reading} %" for reading in term.readings], ARRAY(String))
    places = (_INDEX.c.title,) if term.title else (_INDEX.c.title, _INDEX.c.body)
    return and_(
        has_words,
        or_(*((literal(" ", String) + place + " ").like(any_(in_order)) for place in places)),
    )
