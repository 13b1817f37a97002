"""Entities in every scope and order, held against a plain count over all rows."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import event, select

from app.domain.entity import Entity
from app.domain.page import ArticleFilter, EntityFilter, MentionFilter, PageRequest
from app.services import query
from app.store.engine.sessions import ReadSession, Store
from app.store.queries import entity_ranking
from app.store.tables import article, entity, entity_article
from benchmarks.corpus import make_corpus
from tests.store.desk import add, analyse_all, document, new_store
from tests.store.recount import assert_counts_hold

ARTICLES = 300
START = datetime(2015, 1, 1, tzinfo=UTC)

type Plain = Callable[[EntityFilter], dict[int, tuple[int, int]]]


def day(days: float) -> datetime:
    return START + timedelta(days=days)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("corpus") / "corpus.db"
    make_corpus(path, ARTICLES)
    with Store(f"sqlite:///{path}") as store:
        yield store


def test_the_corpus_counts_as_if_it_had_been_ingested(corpus: Store) -> None:
    with corpus.read() as s:
        assert_counts_hold(s)
        for article_id in (1, ARTICLES):
            text = query.article(s, article_id).text
            for each in query.mentions(s, article_id, MentionFilter(), PageRequest(200)).items:
                assert text[each.start : each.end] == each.text


@pytest.fixture(scope="module")
def plain(corpus: Store) -> Plain:
    """Mentions and articles by entity, from the rows of articles alone."""

    @cache
    def count(where: EntityFilter) -> dict[int, tuple[int, int]]:
        with corpus.read() as s:
            return _plain(s, where)

    return count


def _plain(s: ReadSession, where: EntityFilter) -> dict[int, tuple[int, int]]:
    slugs = {each.slug for each in query.sources(s, PageRequest(200)).items}
    wanted = {n + 1 for n in range(len(slugs)) if f"outlet-{n + 1:02}" in where.sources}
    types = dict(s.connection.execute(select(entity.c.id, entity.c.type)).all())
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = s.connection.execute(
        select(entity_article.c.entity_id, entity_article.c.mentions, article).join_from(
            entity_article, article, article.c.id == entity_article.c.article_id
        )
    )
    for row in rows:
        if (
            (not wanted or row.source_id in wanted)
            and (where.since is None or row.published_at >= where.since)
            and (where.until is None or row.published_at < where.until)
            and (not where.articles or row.id in where.articles)
            and (not where.types or types[row.entity_id] in where.types)
        ):
            counts[row.entity_id][0] += row.mentions
            counts[row.entity_id][1] += 1
    least = where.min_mentions or 1
    return {key: (m, a) for key, (m, a) in counts.items() if m >= least}


SCOPES = [
    EntityFilter(),
    EntityFilter(types=("LAW",)),
    EntityFilter(types=("PERSON", "GPE", "LAW"), min_mentions=2),
    EntityFilter(sources=("outlet-01",)),
    EntityFilter(sources=("outlet-01",), types=("ORG",), min_mentions=2),
    EntityFilter(sources=("outlet-01", "outlet-07")),
    EntityFilter(sources=("outlet-01", "outlet-07"), types=("ORG", "LAW")),
    EntityFilter(since=day(200)),
    EntityFilter(until=day(31)),
    EntityFilter(since=day(31), until=day(59)),  # the whole of February
    EntityFilter(since=day(33.5), until=day(35.2)),
    EntityFilter(since=day(45), until=day(620.3), types=("PERSON", "LAW")),
    EntityFilter(since=day(45), until=day(620.3), sources=("outlet-02",), min_mentions=2),
    EntityFilter(since=day(45), sources=("outlet-02", "outlet-03")),
    EntityFilter(since=datetime(9999, 12, 15, tzinfo=UTC)),
    EntityFilter(since=datetime(1, 1, 1, tzinfo=UTC), until=datetime(9999, 12, 31, tzinfo=UTC)),
    EntityFilter(articles=(3, 5)),
    EntityFilter(articles=(3, 5), since=day(0), types=("PERSON",)),
]


@pytest.mark.parametrize("few", [0, 1_000_000], ids=["walking", "counting"])
@pytest.mark.parametrize("where", SCOPES, ids=str)
def test_counts_order_and_pages_in_every_scope(
    corpus: Store,
    plain: Plain,
    where: EntityFilter,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entity_ranking, "_FEW_ARTICLES", few)
    monkeypatch.setattr(entity_ranking, "_CHUNKS", (7, 40, 150))
    with corpus.read() as s:
        expected = plain(where)
        names = dict(s.connection.execute(select(entity.c.id, entity.c.name)).all())
        keys: dict[str, Callable[[int], int | str]] = {
            "mentions": lambda key: expected[key][0],
            "articles": lambda key: expected[key][1],
            "name": lambda key: names[key],
        }
        for sort in ("-mentions", "-articles", "name", "-name", "mentions"):
            key = keys[sort.removeprefix("-")]
            ranked = sorted(expected, key=lambda each: (key(each), each))
            if sort.startswith("-"):
                ranked.reverse()
            shown: list[Entity] = []
            cursor = None
            for _ in range(3):
                page = query.entities(s, where, PageRequest(20, cursor, sort, exact=True))
                shown += page.items
                cursor = page.next_cursor
                if cursor is None:
                    break
            assert [each.id for each in shown] == ranked[:60], sort
            assert page.total.value == len(expected)
            for each in shown:
                assert (each.mentions, each.articles) == expected[each.id]
                assert len(each.sources) <= 5
                assert (each.more_sources > 0) <= (len(each.sources) == 5)
                if not each.more_sources:
                    assert sum(count.mentions for count in each.sources) == each.mentions
                    assert sum(count.articles for count in each.sources) == each.articles


def test_a_walk_stops_early(corpus: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_ranking, "_FEW_ARTICLES", 0)
    with corpus.read() as s:
        statements: list[str] = []
        event.listen(
            s.connection, "before_cursor_execute", lambda *given: statements.append(given[2])
        )
        query.entities(s, EntityFilter(since=day(30)), PageRequest(10))
        assert sum("entity_month.mentions" in each for each in statements) <= 3


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = {
        "Bashar al-Assad": 4,
        "Assad Street": 2,
        "Palmyra": 3,
        "Palmer": 1,
        "Islamic State": 2,
        "Said": 5,
    }
    with new_store(tmp_path_factory.mktemp("names")) as store:
        with store.write() as s:
            for name, times in made.items():
                add(s, document(f"{name} spoke. " * times, source="Daily Star"))
                analyse_all(s, {name: None})
        yield store


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Palmyra", ["Palmyra"]),
        ("palm", ["Palmyra", "Palmer"]),
        ("Palmira", ["Palmyra"]),
        ("PALMYRA’s", ["Palmyra"]),
        ("the islamic st", ["Islamic State"]),
        ("Islamik State", ["Islamic State"]),
        ("Isalmic State", ["Islamic State"]),
        ("bashar", ["Bashar al-Assad"]),
        ("Bashar Asad", ["Bashar al-Assad"]),
        ("assad", ["Assad Street"]),
        ("Zenobia", []),
    ],
)
def test_names_by_their_beginning_and_by_near_spelling(
    names: Store, q: str, expected: list[str]
) -> None:
    with names.read() as s:
        found = query.entities(s, EntityFilter(q=q), PageRequest())
    assert [each.name for each in found.items] == expected
    assert found.total.value == len(expected)


def test_a_name_is_found_over_pages_and_within_a_scope(names: Store) -> None:
    with names.read() as s:
        first = query.entities(s, EntityFilter(q="palm"), PageRequest(1))
        second = query.entities(s, EntityFilter(q="palm"), PageRequest(1, first.next_cursor))
        assert [each.name for each in (*first.items, *second.items)] == ["Palmyra", "Palmer"]
        assert second.next_cursor is None
        scoped = query.entities(s, EntityFilter(q="palm", articles=(4,)), PageRequest())
        assert [each.name for each in scoped.items] == ["Palmer"]


def test_entities_of_a_list_are_those_of_its_articles(corpus: Store, plain: Plain) -> None:
    with corpus.read() as s:
        top = query.entities(s, EntityFilter(), PageRequest(1)).items[0]
        with_it = query.articles(s, ArticleFilter(entities=(top.id,)), PageRequest(exact=True))
        assert with_it.total.value == top.articles
        detail = query.entity(s, top.id)
        whole = detail.entity
        assert top == replace(whole, sources=whole.sources[:5], more_sources=top.more_sources)
        assert len(whole.sources) == 5 + top.more_sources > 5
        listed = query.entity_mentions(s, top.id, MentionFilter(), PageRequest())
        assert listed.total.value == top.mentions
        bounded = MentionFilter(since=day(100), until=day(300.5))
        inside = query.entity_mentions(s, top.id, bounded, PageRequest(200))
        expected = plain(EntityFilter(since=day(100), until=day(300.5)))[top.id][0]
        assert inside.total.value == expected
