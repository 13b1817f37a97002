"""The full-text index over the articles: words by stem, as the caller makes them.

The index knows nothing of languages: it is given words that are keys already (letters and digits,
parted by a blank), and finds those. Title and body are apart; no phrase reaches from one into the
other. `fts5.py` and `tsvector.py` keep it in either database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Select, Subquery

from app.store.engine.text_query import Node

SEARCH_TABLE = "article_search"


class Searchable(NamedTuple):
    """The words of an article's title (with the subtitle) and body."""

    article: int
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, in any of several readings (none: nothing is found); `title`: there alone."""

    readings: tuple[str, ...]
    title: bool = False


@dataclass(frozen=True, slots=True)
class Among:
    """The articles of a query of one column."""

    ids: Select[Any]


type Wanted = Node[Term | Among]


class _Index(Protocol):
    def create_search(self, connection: Connection) -> None: ...
    def index_texts(self, connection: Connection, texts: Sequence[Searchable]) -> None: ...
    def unindex_texts(self, connection: Connection, texts: Sequence[Searchable]) -> None: ...
    def matching(self, wanted: Wanted, every: Select[Any]) -> Subquery: ...


def create_search(connection: Connection) -> None:
    """Makes the full-text index."""
    _index(connection).create_search(connection)


def index_texts(connection: Connection, texts: Sequence[Searchable]) -> None:
    """Makes articles searchable that are not yet."""
    if texts:
        _index(connection).index_texts(connection, texts)


def unindex_texts(connection: Connection, texts: Sequence[Searchable]) -> None:
    """Takes articles out of the full-text index; each is what it was indexed with."""
    if texts:
        _index(connection).unindex_texts(connection, texts)


def matching(connection: Connection, wanted: Wanted, every: Select[Any]) -> Subquery:
    """The ids (`id`) of the articles that match; `every` selects those of all as `id`."""
    return _index(connection).matching(wanted, every)


def _index(connection: Connection) -> _Index:
    from app.store.engine import fts5, tsvector

    return tsvector if connection.dialect.name == "postgresql" else fts5
