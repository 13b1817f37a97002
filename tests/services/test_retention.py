"""What is past its time goes, and leaves nothing behind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.page import ArticleFilter, EntityFilter, PageRequest, StoryFilter
from app.errors import InvalidInput
from app.jobs.pool import AnalyserPool
from app.jobs.runner import Runner
from app.services import query, stories
from app.services.retention import Retention, delete_expired, expired
from app.settings import Settings
from app.store.engine.sessions import Store
from app.store.tables import article
from tests.databases import asked
from tests.jobs.small_analysers import Slow
from tests.jobs.test_vector_loop import until
from tests.services.small_corpus import new_store, tell
from tests.store.recount import assert_counts_hold

BEFORE = datetime(2016, 3, 1, tzinfo=UTC)
ALL = PageRequest(limit=200, exact=True)
OLD = [f"Alpha met Betula and Gammon about ferries, {n}." for n in range(25)]
NEW = [f"Alphina met Deltoid about ferries, {n}." for n in range(7)]


def filled(folder: Path, *, old: bool) -> Store:
    """Articles of March 2016, of two outlets, among older ones of three."""
    folder.mkdir()
    store = new_store(folder)
    for n, text in enumerate(NEW):
        for each in OLD[n * 4 : n * 4 + 4] if old else ():
            tell(store, each, source=f"Star {len(each) % 3}", day="2016-02-29")
        tell(store, text, source=f"Star {n % 2}", day="2016-03-01")
    return store


def answers(store: Store) -> list[Any]:
    """What lists say, without ids and times, which differ."""
    with store.read() as s:
        assert_counts_hold(s)
        articles = query.articles(s, ArticleFilter(), ALL)
        entities = query.entities(s, EntityFilter(), ALL)
        groups = stories.stories(s, StoryFilter(), ALL)
        return [
            [(each.title, each.source, each.word_count) for each in articles.items],
            [
                (each.name, each.mentions, each.articles, each.aliases, each.sources)
                for each in entities.items
            ],
            [(each.articles, each.sources) for each in groups.items],
            query.sources(s, ALL),
            query.articles(s, ArticleFilter(q="gammon"), ALL).total,
            query.articles(s, ArticleFilter(q="ferry"), ALL).total,
            articles.total,
            entities.total,
        ]


def orphans(store: Store) -> list[str]:
    """Tables with rows of an article that is not there."""
    return [
        table.name
        for table in article.metadata.sorted_tables
        if "article_id" in table.c
        and asked(
            store.url,
            f"SELECT 1 FROM {table.name} WHERE article_id IS NOT NULL "
            "AND article_id NOT IN (SELECT id FROM article)",
        )
    ]


def test_what_is_left_is_as_if_the_old_had_never_been(tmp_path: Path) -> None:
    with filled(tmp_path / "a", old=True) as store, filled(tmp_path / "b", old=False) as never:
        what = Retention(BEFORE)
        assert expired(store, what).articles == len(OLD)
        assert sum(expired(store, what).sources.values()) == len(OLD)
        seen: list[int] = []
        assert delete_expired(store, what, seen.append) == len(OLD)
        assert seen == [10, 20, 25]  # ten a transaction
        assert answers(store) == answers(never)
        assert orphans(store) == []
        assert expired(store, what).articles == 0
        assert delete_expired(store, what) == 0


def test_one_outlet_alone(tmp_path: Path) -> None:
    with filled(tmp_path / "a", old=True) as store:
        what = Retention(datetime(2020, 1, 1, tzinfo=UTC), ("star-1",))
        gone = expired(store, what)
        assert list(gone.sources) == ["Star 1"]
        assert delete_expired(store, what) == gone.articles
        with store.read() as s:
            left = {each.name for each in query.sources(s, ALL).items}
        assert left == {"Star 0", "Star 2"} or left == {"Star 0"}
        with pytest.raises(InvalidInput, match="nobody"):
            expired(store, Retention(BEFORE, ("nobody",)))


def test_undated_ones_go_by_their_arrival(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        kept = tell(store, "Alpha met Betula.")
        with store.write() as s:
            s.connection.exec_driver_sql("UPDATE article SET published_at = NULL")
        assert expired(store, Retention(datetime.now(UTC) - timedelta(days=1))).articles == 0
        assert expired(store, Retention(datetime.now(UTC) + timedelta(days=1))).articles == 1
        assert kept == 1


def test_it_stops_between_two_transactions(tmp_path: Path) -> None:
    with filled(tmp_path / "a", old=True) as store:
        done: list[int] = []
        gone = delete_expired(store, Retention(BEFORE), done.append, stopped=lambda: bool(done))
        assert gone == 10
        assert expired(store, Retention(BEFORE)).articles == len(OLD) - 10


def test_the_service_does_it_by_itself(tmp_path: Path) -> None:
    with filled(tmp_path / "a", old=True) as store:
        tell(store, "Alpha met Betula today.", day=f"{datetime.now(UTC):%Y-%m-%d}")
        with AnalyserPool(Slow(0.0), 1) as pool, Runner(store, pool, Settings(retention_days=365)):
            assert until(lambda: len(asked(store.url, "SELECT id FROM article")) == 1)
        with store.read() as s:
            assert_counts_hold(s)
