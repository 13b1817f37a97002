"""A store of made-up articles of any size, written past the service: for measuring reads.

Entities follow Zipf's law, as names in news do: the most frequent stands in about one article in
five, a third of them in one article alone. Every count, span and text fits the others, as if the
articles had been ingested; `tests/store/test_corpus.py` recounts a small one.
"""

import sqlite3
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex

from app.domain.findings import TextFindings
from app.domain.names import name_key
from app.domain.text import count_words, lead
from app.store import tables
from app.store.analyses.packed_analysis import pack_places
from app.store.analyses.packed_findings import pack_findings
from app.store.articles.searchable import SearchedText, stemmed
from app.store.engine.full_text import SEARCH_TABLE
from app.store.engine.packing import deflate, pack, pack_like
from app.store.engine.schema import upgrade
from benchmarks.entity_rows import (
    SOURCES,
    Draw,
    aliases,
    entities,
    entity_keys,
    entity_months,
    entity_sources,
    insert_rows,
    invented_name,
)
from benchmarks.story_rows import add_stories, story_of

PIPELINE = "corpus 1"
# A guide of the issue: 25 clusters and 40 mentions in an article.
_DRAWS, _EXTRA_MENTIONS = 27, 0.62
_ENTITIES = 4.5
_DAYS = 730
_FIRST_DAY = (datetime(2015, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
_MICROSECONDS = 86_400_000_000
_HEADLINE, _LEAD = 1, 6


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was made: counts of rows, and the seconds it took."""

    articles: int
    entities: int
    clusters: int
    mentions: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some words between two names, and where each stands in them."""

    text: str
    words: tuple[tuple[str, int, int], ...]


def make_corpus(path: Path, articles: int, *, seed: int = 7) -> Corpus:
    """Makes a new database at `path` with so many analysed articles of `SOURCES` outlets."""
    started = time.perf_counter()
    upgrade(f"sqlite:///{path}")
    random = np.random.default_rng(seed)
    draw = _draw(random, articles)
    names = [invented_name(int(entity)) for entity in range(int(draw.entity.max()) + 1)]
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
    indexes = [index for table in tables.article.metadata.sorted_tables for index in table.indexes]
    for index in indexes:
        connection.execute(f"DROP INDEX {index.name}")
    _fill(connection, random, draw, names)
    for index in indexes:
        connection.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Corpus(
        articles,
        len(np.unique(draw.entity)),
        len(draw.article),
        int(draw.mentions.sum()),
        time.perf_counter() - started,
    )


def _draw(random: np.random.Generator, articles: int) -> Draw:
    entities = int(articles * _ENTITIES) + 100
    weights = np.cumsum(1.0 / (np.arange(entities) + 10.0))
    drawn = np.searchsorted(weights, random.random(articles * _DRAWS) * weights[-1])
    owner = np.repeat(np.arange(articles), _DRAWS)
    pairs = np.unique(owner * entities + drawn)
    mentions = 1 + random.poisson(_EXTRA_MENTIONS, len(pairs))
    weight = 1.0 / (np.arange(SOURCES) + 4.0)
    source = random.choice(SOURCES, articles, p=weight / weight.sum())
    # The order of ids is nearly that of publication, as where a service ingests day by day.
    day = np.arange(articles) * _DAYS / articles + random.random(articles) * 3
    published = ((_FIRST_DAY + day) * _MICROSECONDS).astype(np.int64)
    return Draw(pairs // entities, pairs % entities, mentions, source, published)


def _fill(
    connection: sqlite3.Connection, random: np.random.Generator, draw: Draw, names: list[str]
) -> None:
    articles = len(draw.source)
    insert_rows(
        connection,
        tables.source,
        (
            (n + 1, f"outlet-{n + 1:02}", f"Outlet {n + 1:02}", int((draw.source == n).sum()))
            for n in range(SOURCES)
        ),
    )
    insert_rows(
        connection,
        tables.source_name,
        ((f"outlet-{n + 1:02}", f"Outlet {n + 1:02}", n + 1, n + 1, False) for n in range(SOURCES)),
    )
    insert_rows(connection, tables.pipeline, [(1, PIPELINE)])
    insert_rows(connection, tables.entity, entities(draw, names))
    insert_rows(connection, tables.alias, aliases(draw, names))
    insert_rows(connection, tables.entity_key, entity_keys(draw, names))
    insert_rows(connection, tables.entity_source, entity_sources(draw))
    insert_rows(connection, tables.entity_month, entity_months(draw))
    chunks = _chunks(random)
    picked = random.integers(0, len(chunks), int(draw.mentions.sum()))
    bounds = np.searchsorted(draw.article, np.arange(articles + 1))
    before = np.concatenate([[0], np.cumsum(draw.mentions)])
    for first in range(0, articles, 2_000):
        batch = _Batch()
        for number in range(first, min(first + 2_000, articles)):
            begin, end = int(bounds[number]), int(bounds[number + 1])
            batch.add(
                number,
                begin,
                draw,
                names,
                [chunks[n] for n in picked[before[begin] : before[end]]],
                end,
            )
        batch.write(connection)
    add_stories(connection, random, draw.published, draw.source)
    connection.commit()


def _chunks(random: np.random.Generator) -> list[_Chunk]:
    vocabulary = [invented_name(n * 31).replace(" ", "").lower() for n in range(20_000)]
    weights = np.cumsum(1.0 / (np.arange(len(vocabulary)) + 3.0))
    chunks = []
    for length in random.integers(2, 7, 20_000):
        words = [
            vocabulary[n] for n in np.searchsorted(weights, random.random(length) * weights[-1])
        ]
        text, places = " ".join(words), []
        start = 0
        for word in words:
            places.append((word, start, start + len(word)))
            start += len(word) + 1
        chunks.append(_Chunk(text, tuple(places)))
    return chunks


class _Batch:
    """Rows of some articles, to be inserted together."""

    def __init__(self) -> None:
        self._rows: dict[Table, list[tuple[object, ...]]] = {
            table: []
            for table in (
                tables.article,
                tables.revision,
                tables.analysis,
                tables.cluster,
                tables.mention,
                tables.entity_article,
            )
        }
        self._texts: list[SearchedText] = []

    def add(
        self,
        number: int,
        begin: int,
        draw: Draw,
        names: list[str],
        chunks: list[_Chunk],
        end: int,
    ) -> None:
        """An article that mentions its entities in turn, each mention followed by a chunk."""
        article_id = number + 1
        order = [
            (pair, nth) for pair in range(begin, end) for nth in range(int(draw.mentions[pair]))
        ]
        order.sort(key=lambda each: (each[1], each[0] * 7919 % 31))
        pieces: list[str] = []
        spans: list[tuple[int, int, str, int]] = []
        terms: dict[str, list[tuple[int, int]]] = {}
        at = 0
        for position, ((pair, nth), chunk) in enumerate(zip(order, chunks, strict=True)):
            name = names[draw.entity[pair]]
            surface = name if nth == 0 else name.split()[1]
            spans.append((at, at + len(surface), surface, pair))
            inner = at + len(surface) + 1
            for word, word_start, word_end in chunk.words:
                terms.setdefault(word, []).append((inner + word_start, inner + word_end))
            gap = "\n\n" if position + 1 in (_HEADLINE, _LEAD) or position % 12 == 11 else " "
            piece = f"{surface} {chunk.text}{gap}"
            pieces.append(piece)
            at += len(piece)
        text = "".join(pieces).rstrip()
        title = pieces[0].rstrip()
        self._article(number, draw, text, title)
        self._found(number, article_id, draw, names, text, len(title) + 2, spans, begin, end)
        packed = pack({word: len(places) for word, places in terms.items()})
        found = pack_findings(TextFindings(), text, terms)
        self._rows[tables.analysis].append(
            (article_id, 1, 1, 0, "en", packed, pack_places(terms), found, b"", None)
        )

    def _article(self, number: int, draw: Draw, text: str, title: str) -> None:
        article_id, published = number + 1, int(draw.published[number])
        body_start, words = len(title) + 2, count_words(text)
        language = "fr" if number % 25 == 0 else "en"
        self._rows[tables.article].append(
            (
                article_id,
                int(draw.source[number]) + 1,
                published,
                published // _MICROSECONDS,
                "time",
                language,
                "ready",
                words,
                1,
                body_start,
                story_of(number),
                published + 3_600_000_000,
                f"corpus:{article_id}",
                f"{article_id:064x}",
                None,
                f"https://outlet.example/{article_id}",
                title,
                None,
                "[]",
                PIPELINE,
                None,
            )
        )
        place = lead(text, body_start)
        nothing = _NOTHING
        self._rows[tables.revision].append(
            (
                article_id, 1, words, body_start, place.start, place.end, published,
                f"{article_id:064x}", "1", "text", title, None,
                nothing, nothing, nothing, deflate(text.encode()), None, pack_like(text, text),
            )
        )  # fmt: skip
        self._texts.append(SearchedText(article_id, text, body_start, language))

    def _found(
        self,
        number: int,
        article_id: int,
        draw: Draw,
        names: list[str],
        text: str,
        body_start: int,
        spans: list[tuple[int, int, str, int]],
        begin: int,
        end: int,
    ) -> None:
        place = lead(text, body_start)
        headline, leading = [0] * (end - begin), [0] * (end - begin)
        first = [len(text)] * (end - begin)
        for start, stop, surface, pair in spans:
            which = pair - begin
            headline[which] += start < body_start
            leading[which] += place.start <= start < place.end
            first[which] = min(first[which], start)
            self._rows[tables.mention].append(
                (None, article_id, 1, pair + 1, start, stop, "PERSON", surface)
            )
        published = int(draw.published[number])
        for pair in range(begin, end):
            which, entity = pair - begin, int(draw.entity[pair])
            counts = (int(draw.mentions[pair]), headline[which], leading[which])
            key = name_key(names[entity])
            self._rows[tables.cluster].append(
                (
                    pair + 1, article_id, 1, entity + 1, *counts, first[which], "PERSON",
                    names[entity], None, f'["{key}"]', "[]",
                )
            )  # fmt: skip
            self._rows[tables.entity_article].append(
                (
                    entity + 1, article_id, *counts, int(draw.source[number]) + 1,
                    published, published // _MICROSECONDS,
                )
            )  # fmt: skip

    def write(self, connection: sqlite3.Connection) -> None:
        """Inserts the rows."""
        for table, rows in self._rows.items():
            insert_rows(connection, table, rows)
        made = [stemmed(each) for each in self._texts]
        connection.executemany(
            f"INSERT INTO {SEARCH_TABLE} (rowid, title, body) VALUES (?, ?, ?)",
            [each.searchable for each in made],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO word (surface, stem) VALUES (?, ?)",
            sorted(set().union(*(each.pairs for each in made))),
        )


_NOTHING = pack([])


def made_store(folder: Path, size: int) -> str:
    """The address of a store of so many articles in a folder, made where it is not there yet
    (100,000 articles take minutes)."""
    path = folder / f"{size}.db"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = make_corpus(path, size)
        print(f"made {size:,} articles in {made.seconds:.0f} s", file=sys.stderr)
    return f"sqlite:///{path}"
