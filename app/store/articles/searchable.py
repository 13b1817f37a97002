"""What the full-text index holds of each article: its words, by the stems of its language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.domain.stems import stem, stemmer_of, words
from app.store.engine import bulk_writes, full_text
from app.store.engine.full_text import Searchable
from app.store.engine.sessions import WriteSession
from app.store.tables import article, revision, word
from app.store.tables.joins import CURRENT_REVISION

# The stems of a text in a language that nobody has found yet, or that was too short to tell.
UNKNOWN = "en"
# Past so many bytes of different words the rest of a text is no text that people look for, and
# more than databases index in one piece (PostgreSQL: 1 MB).
_MOST_BYTES = 1_000_000
_LONG = _MOST_BYTES // 4


class SearchedText(NamedTuple):
    """An article's current text as it is searched; the first `body_start` characters are title."""

    article: int
    text: str
    body_start: int
    language: str | None


def add_to_search(connection: Connection, texts: Iterable[SearchedText]) -> None:
    """Makes articles searchable that are not yet."""
    made = [stemmed(each) for each in texts]
    full_text.index_texts(connection, [each.searchable for each in made])
    pairs = sorted(set().union(*(each.pairs for each in made)))
    bulk_writes.upsert(connection, word, ("surface", "stem"), pairs, keep=True)


def take_from_search(connection: Connection, texts: Iterable[SearchedText]) -> None:
    """Takes articles out of the full-text index; text and language are those they are in it by."""
    full_text.unindex_texts(connection, [stemmed(each).searchable for each in texts])


def change_language(s: WriteSession, language_by_article: Mapping[int, str | None]) -> None:
    """Puts articles whose language is going to change into the full-text index by the stems of the
    new one; whoever changes the language calls this before."""
    rows = s.connection.execute(
        select(article.c.id, revision.c.text, article.c.body_start, article.c.language)
        .join_from(article, revision, CURRENT_REVISION)
        .where(article.c.id.in_(language_by_article))
    )
    old = [
        each
        for each in (SearchedText(*row) for row in rows)
        if _stemmer(each.language) != _stemmer(language_by_article[each.article])
    ]
    take_from_search(s.connection, old)
    add_to_search(
        s.connection,
        [each._replace(language=language_by_article[each.article]) for each in old],
    )


def _stemmer(language: str | None) -> str | None:
    return stemmer_of(language or UNKNOWN)


class Stemmed(NamedTuple):
    """A text as the index takes it, and the pairs of its words and their stems."""

    searchable: Searchable
    pairs: set[tuple[str, str]]


def stemmed(given: SearchedText) -> Stemmed:
    """The words of an article by the stems of its language."""
    language = given.language or UNKNOWN
    pairs: set[tuple[str, str]] = set()
    parts = []
    for part in (given.text[: given.body_start], given.text[given.body_start :]):
        surfaces = list(_bounded(words(part)) if len(part) > _LONG else words(part))
        stems = [stem(surface, language) for surface in surfaces]
        pairs.update(zip(surfaces, stems, strict=True))
        parts.append(" ".join(stems))
    return Stemmed(Searchable(given.article, *parts), pairs)


def _bounded(surfaces: Iterable[str]) -> Iterator[str]:
    known: set[str] = set()
    size = 0
    for surface in surfaces:
        if surface not in known:
            size += len(surface.encode())
            if size > _MOST_BYTES:
                return
            known.add(surface)
        yield surface
