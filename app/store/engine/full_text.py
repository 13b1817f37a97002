"""The full-text index over the articles."""

from collections.abc import Sequence

from sqlalchemy import (
    Connection,
    String,
    Subquery,
    column,
    literal,
    literal_column,
    select,
    table,
    text,
)

from app.store.engine.column_types import Id
from app.store.engine.text_query import TextQuery

SEARCH_TABLE = "article_search"


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
