"""Lists: every item once over the pages, in order, counted, and refused when they make no sense."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.page import ArticleFilter, EntityFilter, MentionFilter, Page, PageRequest, Total
from app.errors import InvalidInput, NotFound
from app.services import query
from app.store.articles.queue import mark_failed
from app.store.articles.write import delete_article
from app.store.engine.sessions import ReadSession, Store
from tests.store.desk import add, analyse_all, document, new_store

MARCH, APRIL = datetime(2016, 3, 1, tzinfo=UTC), datetime(2016, 4, 1, tzinfo=UTC)


def walk[T](ask: Callable[[PageRequest], Page[T]], sort: str | None, limit: int = 2) -> list[T]:
    """All items, page by page."""
    page = ask(PageRequest(limit, None, sort))
    items = list(page.items)
    while page.next_cursor is not None:
        assert len(page.items) == limit
        page = ask(PageRequest(limit, page.next_cursor, sort))
        items += page.items
    assert page.total == Total(len(items), "eq")
    return items


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Seven articles: two outlets and none, dated and not, ready, failed and pending."""
    made = [
        ("Assad met Putin.", "Daily Star", "2016-03-24", "en"),
        ("Assad left; Assad slept.", "Daily Star", "2016-03-31", "en"),
        ("Putin spoke of Palmyra.", "Evening Post", "2016-04-01", "en"),
        ("Obama and Putin.", "Evening Post", None, "fr"),
        ("Obama, Obama, Obama.", None, "2016-03-24", "en"),
        ("Assad again.", "Evening Post", "2016-03-24", "en"),
        ("Nobody was named in this one.", None, None, None),
    ]
    with new_store(tmp_path_factory.mktemp("library")) as store:
        with store.write() as s:
            for text, source, published, language in made[:6]:
                add(s, document(text, source=source, published=published, language=language))
            mark_failed(s, 6, 1, "the model broke")
            analyse_all(s, {"Assad": None, "Putin": None, "Obama": None})
            text, source, published, language = made[6]
            add(s, document(text, source=source, published=published, language=language))
        yield store


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (ArticleFilter(), {1, 2, 3, 4, 5, 6, 7}),
        (ArticleFilter(sources=("daily-star",)), {1, 2}),
        (ArticleFilter(sources=("daily-star", "evening-post")), {1, 2, 3, 4, 6}),
        (ArticleFilter(since=MARCH), {1, 2, 3, 5, 6}),
        (ArticleFilter(since=MARCH, until=APRIL), {1, 2, 5, 6}),
        (ArticleFilter(since=APRIL), {3}),
        (ArticleFilter(language="fr"), {4}),
        (ArticleFilter(state="failed"), {6}),
        (ArticleFilter(state="pending"), {7}),
        (ArticleFilter(entities=(1,)), {1, 2}),
        (ArticleFilter(entities=(2,), sources=("evening-post",)), {3, 4}),
        (ArticleFilter(entities=(2,), until=APRIL), {1}),
        (ArticleFilter(entities=(2,), language="fr"), {4}),
        (ArticleFilter(entities=(1, 2)), {1}),
        (ArticleFilter(entities=(2, 2)), {1, 3, 4}),
        (ArticleFilter(q="assad", entities=(2, 1), language="en"), {1}),
        (ArticleFilter(entities=(2, 3), sources=("evening-post",)), {4}),
        (ArticleFilter(q="assad"), {1, 2, 6}),
        (ArticleFilter(q="assad", state="ready"), {1, 2}),
        (ArticleFilter(q="putin", entities=(2,), sources=("evening-post",), since=MARCH), {3}),
        (ArticleFilter(q="obama", since=MARCH, language="en"), {5}),
        (ArticleFilter(language="xx"), set()),
    ],
)
@pytest.mark.parametrize("sort", ["id", "-id", "published_at", "-published_at", "word_count"])
def test_articles_that_match_in_each_order(
    library: Store, where: ArticleFilter, expected: set[int], sort: str
) -> None:
    with library.read() as s:
        found = walk(lambda page: query.articles(s, where, page), sort)
    assert {each.id for each in found} == expected
    assert len(found) == len(expected)
    if sort.endswith("published_at"):
        dated = [each.published.instant for each in found if each.published is not None]
        assert dated == sorted(dated, reverse=sort.startswith("-"))
        assert all(each.published is None for each in found[len(dated) :])
    else:
        values = [getattr(each, sort.removeprefix("-")) for each in found]
        assert values == sorted(values, reverse=sort.startswith("-"))


def test_the_newest_articles_come_first(library: Store) -> None:
    with library.read() as s:
        assert [each.id for each in query.articles(s, ArticleFilter(), PageRequest()).items] == [
            7, 6, 5, 4, 3, 2, 1,
        ]  # fmt: skip


def test_articles_that_go_between_two_pages_shift_nothing(store: Store) -> None:
    with store.write() as s:
        for n in range(7):
            add(s, document(f"Report {n}."))
    with store.read() as s:
        first = query.articles(s, ArticleFilter(), PageRequest(3))
    with store.write() as s:
        delete_article(s, 6)
        add(s, document("A new one."))
        rest = query.articles(s, ArticleFilter(), PageRequest(3, first.next_cursor))
    assert [each.id for each in rest.items] == [4, 3, 2]


def test_mentions_of_an_article(library: Store) -> None:
    with library.read() as s:
        found = walk(lambda page: query.mentions(s, 5, MentionFilter(), page), None)
        assert [each.start for each in found] == [0, 7, 14]
        none = query.mentions(s, 5, MentionFilter(types=("GPE",)), PageRequest())
        assert none.total == Total(0, "eq")
        assert query.mentions(s, 1, MentionFilter(entities=(2,)), PageRequest()).total.value == 1
        assert query.mentions(s, 1, MentionFilter(entities=(1, 2)), PageRequest()).total.value == 2


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (MentionFilter(), [(4, 10), (3, 0), (1, 10)]),
        (MentionFilter(sources=("evening-post",)), [(4, 10), (3, 0)]),
        (MentionFilter(since=APRIL), [(3, 0)]),
        (MentionFilter(until=APRIL), [(1, 10)]),
        (MentionFilter(types=("PERSON",)), [(4, 10), (3, 0), (1, 10)]),
        (MentionFilter(types=("GPE",)), []),
    ],
)
def test_mentions_of_an_entity_in_their_context(
    library: Store, where: MentionFilter, expected: list[tuple[int, int]]
) -> None:
    with library.read() as s:
        found = walk(lambda page: query.entity_mentions(s, 2, where, page), None, limit=1)
        assert [(each.mention.article, each.mention.start) for each in found] == expected
        for each in found:
            inside = each.mention.start - each.context_start
            assert each.context[inside : inside + len(each.mention.text)] == "Putin"


def test_a_context_breaks_off_between_words(store: Store) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    with store.write() as s:
        add(s, document(f"{words} Assad {words}"))
        analyse_all(s, {"Assad": None})
        one = query.entity_mentions(s, 1, MentionFilter(), PageRequest()).items[0]
        text = query.article(s, 1).text
    assert text[one.context_start :].startswith(one.context)
    assert set(one.context.split()) <= {*words.split(), "Assad"}
    assert 100 < len(one.context) < 190


def test_neighbours_share_articles(library: Store) -> None:
    with library.read() as s:
        found = walk(lambda page: query.neighbours(s, 2, page), None, limit=1)
        assert {(each.name, each.articles) for each in found} == {("Assad", 1), ("Obama", 1)}
        by_name = walk(lambda page: query.neighbours(s, 2, page), "name", limit=1)
        assert [each.name for each in by_name] == ["Assad", "Obama"]


def test_coverage_by_outlet_and_day_with_undated_articles_last(library: Store) -> None:
    with library.read() as s:
        for sort, expected in (
            ("day", ["2016-03-24", "2016-04-01", None]),
            ("-day", ["2016-04-01", "2016-03-24", None]),
        ):
            found = walk(lambda page: query.coverage(s, 2, page), sort, limit=1)
            assert [each.day for each in found] == expected
        assert found[0].source is not None
        assert (found[0].source.slug, found[0].mentions, found[0].articles) == (
            "evening-post",
            1,
            1,
        )


def test_outlets_with_their_articles_and_days(library: Store) -> None:
    with library.read() as s:
        found = walk(lambda page: query.sources(s, page), None, limit=1)
        assert [(each.slug, each.articles) for each in found] == [
            ("daily-star", 2),
            ("evening-post", 3),
        ]
        assert found[0] == query.source(s, "daily-star")
        assert found[0].first_published == datetime(2016, 3, 24, tzinfo=UTC)
        assert found[0].last_published == datetime(2016, 3, 31, tzinfo=UTC)


def test_counts_break_off_unless_they_are_to_be_exact(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.store.engine import paging

    monkeypatch.setattr(paging, "COUNTED", 3)
    with library.read() as s:
        few = query.articles(s, ArticleFilter(), PageRequest())
        all_ = query.articles(s, ArticleFilter(), PageRequest(exact=True))
    assert (few.total, all_.total) == (Total(3, "gte"), Total(7, "eq"))


def _articles(s: ReadSession, page: PageRequest, **where: Any) -> object:
    return query.articles(s, ArticleFilter(**where), page)


def _entities(s: ReadSession, page: PageRequest, **where: Any) -> object:
    return query.entities(s, EntityFilter(**where), page)


@pytest.mark.parametrize(
    ("ask", "where", "page", "pointer"),
    [
        (_articles, {"sources": ("nobody",)}, PageRequest(), "?source"),
        (_articles, {"entities": (99,)}, PageRequest(), "?entity"),
        (_articles, {"state": "lost"}, PageRequest(), "?state"),
        (_articles, {"language": "e\x00"}, PageRequest(), "?language"),
        (_articles, {}, PageRequest(sort="colour"), "?sort"),
        (_articles, {}, PageRequest(sort="--id"), "?sort"),
        (_articles, {}, PageRequest(0), "?limit"),
        (_articles, {}, PageRequest(201), "?limit"),
        (_articles, {}, PageRequest(cursor=""), "?cursor"),
        (_articles, {}, PageRequest(cursor="nonsense"), "?cursor"),
        (_articles, {}, PageRequest(cursor="é☃"), "?cursor"),
        (_articles, {}, PageRequest(cursor="W10"), "?cursor"),
        (_articles, {}, PageRequest(cursor="WyJ4IiwiYSIsMV0"), "?cursor"),
        (_entities, {"sources": ("nobody",)}, PageRequest(), "?source"),
        (_entities, {"articles": (1, 99)}, PageRequest(), "?article"),
        (_entities, {"types": ("COLOUR",)}, PageRequest(), "?type"),
        (_entities, {"q": "…"}, PageRequest(), "?q"),
        (_entities, {"q": "\ud800"}, PageRequest(), "?q"),
        (_entities, {}, PageRequest(sort="relevance"), "?sort"),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_stands(
    library: Store,
    ask: Callable[..., object],
    where: dict[str, Any],
    page: PageRequest,
    pointer: str,
) -> None:
    with library.read() as s, pytest.raises(InvalidInput) as caught:
        ask(s, page, **where)
    assert [each.pointer for each in caught.value.errors] == [pointer]


def test_a_cursor_belongs_to_its_filters_and_order(library: Store) -> None:
    with library.read() as s:
        cursor = query.articles(s, ArticleFilter(), PageRequest(2)).next_cursor
        for where, sort in (
            (ArticleFilter(language="en"), None),
            (ArticleFilter(), "id"),
        ):
            with pytest.raises(InvalidInput, match="other filters"):
                query.articles(s, where, PageRequest(2, cursor, sort))
        with pytest.raises(InvalidInput, match="another list"):
            query.sources(s, PageRequest(2, cursor))
        assert query.articles(s, ArticleFilter(), PageRequest(5, cursor, "-id")).items


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: query.article(s, 99),
        lambda s: query.revisions(s, 99, PageRequest()),
        lambda s: query.revision(s, 1, 9),
        lambda s: query.mentions(s, 99, MentionFilter(), PageRequest()),
        lambda s: query.entity(s, 99),
        lambda s: query.entity_mentions(s, 99, MentionFilter(), PageRequest()),
        lambda s: query.neighbours(s, 99, PageRequest()),
        lambda s: query.coverage(s, 99, PageRequest()),
        lambda s: query.source(s, "nobody"),
        lambda s: query.import_(s, 99),
    ],
)
def test_what_is_not_there_is_not_found(
    library: Store, ask: Callable[[ReadSession], object]
) -> None:
    with library.read() as s, pytest.raises(NotFound):
        ask(s)


def test_texts_by_article_and_revision(library: Store) -> None:
    with library.read() as s:
        found = query.texts(s, [(1, 1), (6, 1), (1, 2)])
    assert found == {(1, 1): "Assad met Putin.", (6, 1): "Assad again."}
