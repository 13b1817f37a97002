"""How the main questions are answered: through an index, and without sorting what it has sorted."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from app.domain.page import (
    ArticleFilter,
    EntityFilter,
    MentionFilter,
    PageRequest,
    QuoteFilter,
    StoryFilter,
)
from app.errors import NotFound
from app.services import outlets, query, stories
from app.store.analyses.entity_candidates import entity_candidates, last_articles_naming
from app.store.analyses.vectors import stored_vectors, without_vectors
from app.store.articles.imports import finish_imports, waiting_import_rows
from app.store.articles.queue import any_pending, pending
from app.store.engine.connections import refresh_statistics
from app.store.engine.sessions import ReadSession, Store, WriteSession
from app.store.queries.comparison import comparison_findings
from benchmarks.corpus import make_corpus
from tests.databases import sqlite_only
from tests.store.desk import new_store

pytestmark = sqlite_only
MARCH = datetime(2015, 3, 1, tzinfo=UTC)
PAGE = PageRequest()
TABLES = (
    "article|revision|analysis|entity|alias|entity_key|entity_source|entity_month|entity_article"
    "|cluster|mention|quote|import_row|story|profile|profile_key|vector"
)
# A whole table read, rather than a search in it or a walk along an index from which few rows are
# taken.
SCANNED = re.compile(rf"^SCAN ({TABLES})\b(?! USING (COVERING )?INDEX)")
SORTED = "USE TEMP B-TREE FOR ORDER BY"


# Enough that no table is so small that reading it whole is the best way: below some 100 stories
# SQLite 3.46 rightly does that for a page of them.
ARTICLES = 2_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plans") / "corpus.db"
    make_corpus(path, ARTICLES)
    return path


@pytest.fixture(scope="module", params=["empty", "analysed", "refreshed"])
def corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Without statistics, with those of whole tables, and with those that a service gathers while
    it runs: the planner must find the way in each case."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "empty":
        with new_store(folder) as store:
            _one_of_each(store)
            yield store
        return
    path = folder / "corpus.db"
    shutil.copy(request.getfixturevalue("made"), path)
    if request.param == "refreshed":
        with closing(sqlite3.connect(path)) as raw, raw:
            raw.execute("DELETE FROM sqlite_stat1")
    with Store(f"sqlite:///{path}") as store:
        if request.param == "refreshed":
            _refresh(store)
        yield store


def _one_of_each(store: Store) -> None:
    with store.write() as s:
        s.connection.exec_driver_sql(
            "INSERT INTO source (slug, name, articles) VALUES ('outlet-01', 'One', 0)"
        )
        s.connection.exec_driver_sql(
            "INSERT INTO source_name (slug, name, source_id, found_id) "
            "SELECT slug, name, id, id FROM source"
        )
        s.connection.exec_driver_sql("INSERT INTO story (articles) VALUES (0)")
        s.connection.exec_driver_sql(
            "INSERT INTO entity (type, mentions, articles, name, key, skeleton) "
            "VALUES ('PERSON', 0, 0, 'A', 'a', 'a'), ('PERSON', 0, 0, 'B', 'b', 'b')"
        )


def _refresh(store: Store) -> None:
    """Statistics by sampling, of the tables that this connection has read (before 3.46, SQLite
    looks at no others)."""
    with store.write() as s:
        for question in BY_INDEX.values():
            _ask(s, question)
        refresh_statistics(s.connection)
        assert s.connection.exec_driver_sql("SELECT * FROM sqlite_stat1").first()


def plan(connection: Connection, ask: Callable[[], object]) -> dict[str, list[str]]:
    """The steps of each statement that `ask` sends."""
    sent: list[tuple[str, tuple[object, ...]]] = []

    def note(*given: object) -> None:
        statement, values = given[2], given[3]
        assert isinstance(statement, str)
        assert isinstance(values, tuple)
        sent.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    ask()
    event.remove(connection, "before_cursor_execute", note)
    return {
        statement: [
            row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
        for statement, values in sent
        if statement.startswith("SELECT")
    }


def articles(sort: str | None = None, **where: object) -> Callable[[ReadSession], object]:
    return lambda s: query.articles(
        s,
        ArticleFilter(**where),  # type: ignore[arg-type] # any field of the filter
        PageRequest(sort=sort),
    )


def entities(sort: str | None = None, **where: object) -> Callable[[ReadSession], object]:
    return lambda s: query.entities(
        s,
        EntityFilter(**where),  # type: ignore[arg-type] # any field of the filter
        PageRequest(sort=sort),
    )


def in_stories(sort: str | None = None, **where: object) -> Callable[[ReadSession], object]:
    return lambda s: stories.stories(
        s,
        StoryFilter(**where),  # type: ignore[arg-type] # any field of the filter
        PageRequest(sort=sort),
    )


IN_ORDER = {
    "articles": articles(),
    "articles by date": articles("-published_at"),
    "articles by words": articles("word_count"),
    "articles of an outlet": articles(sources=("outlet-01",)),
    "articles of an outlet by date": articles("published_at", sources=("outlet-01",)),
    "articles of an entity": articles(entities=(1,)),
    "articles in full text": articles(q="report"),
    "failed articles": articles(state="failed"),
    "entities": entities(),
    "entities by name": entities("name"),
    "entities by articles": entities("-articles"),
    "entities of a type": entities(types=("LAW",)),
    "entities of a type by name": entities("name", types=("LAW",)),
    "entities of types": entities(types=("LAW", "PERSON")),
    "entities of an outlet": entities(sources=("outlet-01",)),
    "mentions of an article": lambda s: query.mentions(s, 1, MentionFilter(), PAGE),
    "mentions of an entity": lambda s: query.entity_mentions(s, 1, MentionFilter(), PAGE),
    "revisions": lambda s: query.revisions(s, 1, PAGE),
    "pending": lambda s: pending(s, 10),
    "waiting rows": lambda s: waiting_import_rows(s, 10),
    "articles without vectors": lambda s: without_vectors(s, "encoder 1", 0, 10),
}
STORIES = {
    "stories": in_stories(),
    "stories by size": in_stories("-articles"),
    "stories by beginning": in_stories("first_published"),
    "stories by outlets": in_stories("-sources"),
    "stories of some outlets": in_stories(min_sources=2),
}
BY_INDEX = (
    IN_ORDER
    | STORIES
    | {
        "articles of a story": articles(story=1),
        "entities of a story": entities(story=1),
        "facets of an entity": lambda s: query.article_facets(
            s, ArticleFilter(entities=(1,)), ("source", "day", "entity")
        ),
        "facets of an outlet in full text": lambda s: query.article_facets(
            s, ArticleFilter(q="report", sources=("outlet-01",)), ("source", "day", "entity")
        ),
        "facets of stories": lambda s: stories.story_facets(
            s, StoryFilter(since=MARCH), ("source", "day")
        ),
        "articles of some entities": articles(entities=(1, 2)),
        "full text with some entities": articles(q="report", entities=(1, 2)),
        "stories of some entities": in_stories(entities=(1, 2)),
        "stories of an entity": in_stories(entities=(1,)),
        "stories of an outlet": in_stories(sources=("outlet-01",)),
        "stories of a period": in_stories(since=MARCH),
        "stories without an outlet": in_stories(without_source="outlet-01"),
        "missed stories": lambda s: stories.missed(
            s, "outlet-01", StoryFilter(min_sources=2), PAGE
        ),
        "outlets without a story": lambda s: stories.absent(s, 1, 5),
        "days of an outlet": lambda s: outlets.outlet_days(s, "outlet-01"),
        "names of an outlet": lambda s: outlets.names_of_outlet(s, "outlet-01", 5),
        "voices of an outlet": lambda s: outlets.voices_of_outlet(s, "outlet-01", 5),
        "quotes of an outlet": lambda s: outlets.quotes_of_outlet(
            s, "outlet-01", QuoteFilter(("direct",)), PAGE
        ),
        "similar articles": lambda s: stories.similar(s, 1, PAGE),
        "articles of a period": articles(since=MARCH),
        "full text of an outlet by date": articles(
            "-published_at", q="report", sources=("outlet-01",)
        ),
        "full text with an entity": articles(q="report", entities=(1,), language="en"),
        "entities of a period": entities(since=MARCH),
        "entities of outlets": entities(sources=("outlet-01",), since=MARCH, types=("LAW",)),
        "entities of a name": entities(q="bab"),
        "an entity": lambda s: query.entity(s, 1),
        "coverage": lambda s: query.coverage(s, 1, PAGE),
        "coverage by weeks": lambda s: query.coverage_by(s, 1, "week"),
        "coverage by months": lambda s: query.coverage_by(s, 1, "month"),
        "neighbours": lambda s: query.neighbours(s, 1, PAGE),
        "candidates": lambda s: entity_candidates(s, {"a", "b"}, {"Q1"}, 20),
        "last named": lambda s: last_articles_naming(s, {1, 2}, 4),
        "any pending": any_pending,
        "vectors": lambda s: stored_vectors(s, [1, 2, 3], "encoder 1"),
        "findings": lambda s: comparison_findings(s, [1, 2, 3], needs=("entities", "terms")),
    }
)


def _ask(s: ReadSession, question: Callable[[ReadSession], object]) -> dict[str, list[str]]:
    def ask() -> None:
        with suppress(NotFound):  # the empty store
            question(s)

    return plan(s.connection, ask)


@pytest.mark.parametrize("name", BY_INDEX)
def test_no_table_is_read_whole(corpus: Store, name: str) -> None:
    with corpus.read() as s:
        for statement, steps in _ask(s, BY_INDEX[name]).items():
            # From the newest article on, until a page is full.
            walks = "ORDER BY article.id" in statement and SORTED not in steps
            whole = [step for step in steps if SCANNED.match(step)]
            assert not whole or (walks and whole == ["SCAN article"]), (statement, steps)


@pytest.mark.parametrize("name", IN_ORDER)
def test_pages_come_in_the_order_of_an_index(corpus: Store, name: str) -> None:
    with corpus.read() as s:
        for statement, steps in _ask(s, IN_ORDER[name]).items():
            # What belongs to the rows of one page may be sorted: it is no more than they are.
            assert SORTED not in steps or "json_each" in statement, (statement, steps)


@pytest.mark.parametrize("name", STORIES)
def test_pages_of_stories_come_in_the_order_of_an_index(corpus: Store, name: str) -> None:
    with corpus.read() as s:
        listing, *_ = _ask(s, STORIES[name]).items()
        assert listing[0].startswith("SELECT story.id")
        assert SORTED not in listing[1]


def test_the_end_of_an_import_is_found_by_index(corpus: Store) -> None:
    with corpus.write() as s:

        def finish() -> None:
            assert isinstance(s, WriteSession)
            finish_imports(s)

        for statement, steps in plan(s.connection, finish).items():
            assert not [step for step in steps if SCANNED.match(step)], (statement, steps)
