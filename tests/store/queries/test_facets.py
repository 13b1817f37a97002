"""Facets: what each counts is what a walk over the whole list finds."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.article import Article
from app.domain.facets import DayFacet, EntityFacet, FacetName, Facets, SourceFacet
from app.domain.page import ArticleFilter, MentionFilter, PageRequest, StoryFilter
from app.errors import InvalidInput
from app.services import query, stories
from app.store.engine.sessions import ReadSession, Store
from app.store.queries import facets as facet_queries
from tests.store.desk import add, analyse_all, document, new_store

ALL = PageRequest(200)
APRIL = datetime(2016, 4, 1, tzinfo=UTC)
DAY: tuple[FacetName, ...] = ("day",)
SOURCE: tuple[FacetName, ...] = ("source",)
NAMES = ("Assad", "Putin", "Obama")
TEXTS = [
    ("Assad met Putin.", "Daily Star", "2016-03-24", "en"),
    ("Assad left; Assad slept.", "Daily Star", "2016-03-31T23:30:00-05:00", "en"),
    ("Putin spoke of Palmyra.", "Evening Post", "2016-04-01", "en"),
    ("Obama and Putin.", "Evening Post", None, "fr"),
    ("Obama, Obama, Obama.", None, "2016-03-24", "en"),
    ("Assad again.", "Evening Post", "1969-12-31T22:00:00Z", "en"),
    ("Nobody was named in this one.", None, None, None),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("library")) as store:
        with store.write() as s:
            for text, source, published, language in TEXTS:
                add(s, document(text, source=source, published=published, language=language))
            analyse_all(s, dict.fromkeys(NAMES))
        yield store


def every(s: ReadSession, where: ArticleFilter) -> list[Article]:
    return list(query.articles(s, where, ALL).items)


def walked(s: ReadSession, where: ArticleFilter) -> tuple[Counter[Any], Counter[Any], Counter[Any]]:
    """The same counts from the list itself."""
    found = every(s, where)
    return (
        Counter(each.source.slug if each.source else None for each in found),
        Counter(
            each.published.instant.astimezone(UTC).date() if each.published else None
            for each in found
        ),
        Counter(
            name
            for each in found
            for name in {
                m.entity_name for m in query.mentions(s, each.id, MentionFilter(), ALL).items
            }
        ),
    )


@pytest.mark.parametrize(
    "where",
    [
        ArticleFilter(),
        ArticleFilter(sources=("daily-star",)),
        ArticleFilter(sources=("Daily Star", "evening-post")),
        ArticleFilter(since=datetime(1960, 1, 1, tzinfo=UTC), until=APRIL),
        ArticleFilter(language="en"),
        ArticleFilter(state="ready"),
        ArticleFilter(entities=(2,)),
        ArticleFilter(entities=(1, 2)),
        ArticleFilter(q="assad OR obama"),
        ArticleFilter(q="putin", sources=("evening-post",)),
        ArticleFilter(q="assad", entities=(2,), language="en"),
        ArticleFilter(q="nobody"),
        ArticleFilter(language="xx"),
    ],
    ids=lambda where: ",".join(n for n in where.__slots__ if getattr(where, n)) or "all",
)
def test_facets_count_what_the_whole_list_holds(library: Store, where: ArticleFilter) -> None:
    with library.read() as s:
        found = query.article_facets(s, where, ("source", "day", "entity"))
        sources, days, entities = walked(s, where)
    assert found.source
    assert found.day
    assert found.entity
    assert {e.source.slug if e.source else None: e.count for e in found.source.items} == sources
    assert {each.day: each.count for each in found.day.items} == days
    assert {each.name: each.count for each in found.entity.items} == entities
    assert (found.source.more, found.day.more, found.entity.more) == (0, 0, 0)


def test_most_come_first_and_days_from_the_newest(library: Store) -> None:
    with library.read() as s:
        found = query.article_facets(s, ArticleFilter(), ("source", "day", "entity"))
    assert found.source
    assert found.day
    assert found.entity
    assert [each.count for each in found.source.items] == [3, 2, 2]
    shown = [str(each.day) for each in found.day.items]
    assert shown == ["2016-04-01", "2016-03-24", "1969-12-31", "None"]
    assert [each.count for each in found.entity.items] == [3, 3, 2]
    assert isinstance(found.source.items[0], SourceFacet)
    assert isinstance(found.day.items[0], DayFacet)
    assert isinstance(found.entity.items[0], EntityFacet)


@pytest.mark.parametrize("language", [None, "en"])
def test_what_is_cut_off_is_counted(
    library: Store, language: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ArticleFilter(language=language)
    monkeypatch.setattr(facet_queries, "FACET_VALUES", 1)
    with library.read() as s:
        found = query.article_facets(s, where, ("source", "day", "entity"))
        sources, days, entities = walked(s, where)
    for facet, whole in ((found.source, sources), (found.day, days), (found.entity, entities)):
        assert facet
        assert (len(facet.items), facet.more) == (1, len(whole) - 1)


def test_only_what_is_asked_for_is_counted(library: Store) -> None:
    with library.read() as s:
        assert query.article_facets(s, ArticleFilter(), ()) == Facets()
        found = query.article_facets(s, ArticleFilter(), DAY)
    assert (found.source, found.entity) == (None, None)


def test_facets_of_a_filter_that_fits_nothing_are_refused(library: Store) -> None:
    with library.read() as s, pytest.raises(InvalidInput) as refused:
        query.article_facets(s, ArticleFilter(entities=(99,)), SOURCE)
    assert refused.value.errors[0].pointer == "?entity"


def test_stories_divide_up_by_outlet_and_day(library: Store) -> None:
    with library.write() as s:
        s.connection.exec_driver_sql("INSERT INTO story (articles, sources) VALUES (3, 2), (1, 1)")
        first, second = s.connection.exec_driver_sql("SELECT id FROM story ORDER BY id").scalars()
        s.connection.exec_driver_sql(f"UPDATE article SET story_id = {first} WHERE id IN (1, 2, 3)")
        s.connection.exec_driver_sql(f"UPDATE article SET story_id = {second} WHERE id = 4")
        s.connection.exec_driver_sql(
            "UPDATE story SET last_published_at = "
            f"(SELECT published_at FROM article WHERE id = 3) WHERE id = {first}"
        )
    with library.read() as s:
        found = stories.story_facets(s, StoryFilter(), ("source", "day"))
        one = stories.story_facets(s, StoryFilter(min_sources=2), SOURCE)
    assert found.source
    assert found.day
    assert one.source
    counted = {e.source.slug if e.source else None: e.count for e in found.source.items}
    assert counted == {"daily-star": 1, "evening-post": 2}
    assert {str(each.day): each.count for each in found.day.items} == {"2016-04-01": 1, "None": 1}
    assert [each.count for each in one.source.items] == [1, 1]
