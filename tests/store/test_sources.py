"""Outlets corrected: articles and every count follow their names, and undoing leaves no trace."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.article import ArticleChanges
from app.domain.page import ArticleFilter, CorrectionFilter, PageRequest
from app.errors import Conflict, InvalidInput
from app.services import correct, correct_sources, query
from app.services.correct_sources import SourceChanges
from app.services.corrector import Corrector
from app.services.ingest import change_article
from app.store.articles.write import delete_article
from app.store.engine.sessions import Store
from app.store.records import Accepted
from app.store.tables import article, source, source_domain, source_name
from tests.store.desk import add, analyse_all, document
from tests.store.recount import assert_counts_hold

_numbers = count()
ADA = Corrector("ada", "one newsroom")


def filled(store: Store, *given: tuple[str | None, str | None]) -> None:
    """One article for each pair of an outlet's name and the host of its address."""
    with store.write() as s:
        for name, host in given:
            number = next(_numbers)
            url = host and f"https://{host}/{number}"
            text = f"Ann Becker met Paul Weber on day {number}."
            add(s, document(text, source=name, url=url, identity=f"test:{name}:{number}"))
        analyse_all(s, {"Ann Becker": None, "Paul Weber": None})


def outlets(store: Store) -> dict[str, tuple[str, int]]:
    """Slug to name and articles."""
    with store.read() as s:
        assert_counts_hold(s)
        return {
            each.slug: (each.name, each.articles)
            for each in query.sources(s, PageRequest(200)).items
        }


def state(store: Store) -> list[Sequence[Any]]:
    """Everything that says which outlet is which."""
    with store.read() as s:
        assert_counts_hold(s)
        tables = (
            select(source).order_by(source.c.id),
            select(source_name).order_by(source_name.c.slug),
            select(source_domain).order_by(source_domain.c.domain),
            select(article.c.id, article.c.source_id, article.c.came_as).order_by(article.c.id),
        )
        return [s.connection.execute(each).all() for each in tables]


def articles_of(store: Store, *names: str) -> int:
    with store.read() as s:
        return query.articles(s, ArticleFilter(sources=names), PageRequest()).total.value


def test_a_merge_moves_all_articles_and_later_ones_and_undoing_it_moves_them_back(
    store: Store,
) -> None:
    filled(store, ("Star", None), ("Star Online", None), ("Star Online", None))
    before = state(store)
    done = correct_sources.merge(store, "star-online", "star", ADA)
    assert outlets(store) == {"star": ("Star", 3)}
    assert articles_of(store, "star-online") == articles_of(store, "Star Online") == 3
    assert correct_sources.merge(store, "star-online", "star", ADA) == done
    correct.undo(store, done.id, ADA)
    assert state(store) == before

    done = correct_sources.merge(store, "star-online", "star", ADA)
    filled(store, ("Star Online", None), ("Star", None))
    assert outlets(store) == {"star": ("Star", 5)}
    correct.undo(store, done.id, ADA)
    assert outlets(store) == {"star": ("Star", 2), "star-online": ("Star Online", 3)}


def test_a_new_name_and_the_old_one_lead_to_one_outlet(store: Store) -> None:
    filled(store, ("star.example", None))
    (done,) = correct_sources.change_source(store, "star-example", SourceChanges("The Star"), ADA)
    assert (done.kind, done.author, done.reason) == ("rename_source", "ada", "one newsroom")
    filled(store, ("The Star", None), ("star.example", None))
    assert outlets(store) == {"the-star": ("The Star", 3)}
    for name in ("star-example", "star.example", "the-star", "The Star"):
        assert articles_of(store, name) == 3
    correct.undo(store, done.id, ADA)
    # What came in under the new name has that name by itself.
    assert outlets(store) == {"star-example": ("star.example", 2), "the-star": ("The Star", 1)}


def test_undoing_in_another_order_gives_what_was_never_corrected(store: Store) -> None:
    filled(store, ("A", None), ("B", None), ("C", None))
    before = state(store)
    first = correct_sources.merge(store, "a", "b", ADA)
    second = correct_sources.merge(store, "b", "c", ADA)
    (third,) = correct_sources.change_source(store, "c", SourceChanges("D"), ADA)
    assert outlets(store) == {"d": ("D", 3)}
    correct.undo(store, first.id, ADA)
    assert outlets(store) == {"a": ("A", 1), "d": ("D", 2)}
    for each in (third, second):
        correct.undo(store, each.id, ADA)
    assert state(store) == before


def test_a_domain_that_is_given_takes_what_came_in_under_it(store: Store) -> None:
    filled(store, ("Star", None), ("star.example", "star.example"), (None, "other.example"))
    before = state(store)
    changes = SourceChanges(domains=["https://www.Star.example/", "other.example"])
    (done,) = correct_sources.change_source(store, "star", changes, ADA)
    assert done.values == ("star.example", "other.example")
    assert outlets(store) == {"star": ("Star", 2)}
    # What named no outlet at all, and has an address below a domain that was given.
    filled(store, (None, "sport.star.example"), (None, "nobody.example"))
    assert outlets(store) == {"star": ("Star", 3)}
    correct.undo(store, done.id, ADA)
    # What came in by the domain has it, also where it named no outlet.
    assert outlets(store) == {"star": ("Star", 1), "star-example": ("star.example", 2)}
    with store.write() as s:
        delete_article(s, 4)
        delete_article(s, 5)
    assert state(store) == before


def test_a_bare_domain_gets_the_name_that_an_article_of_it_says(store: Store) -> None:
    filled(store, ("star.example", "star.example"), ("star.example", "www.star.example"))
    assert outlets(store) == {"star-example": ("star.example", 2)}
    filled(store, ("The Star", "star.example"))
    assert outlets(store) == {"the-star": ("The Star", 3)}
    filled(store, ("star.example", "star.example"), (None, "star.example"))
    assert outlets(store) == {"the-star": ("The Star", 5)}
    with store.read() as s:
        (logged,) = query.corrections(s, CorrectionFilter(), PageRequest()).items
        assert query.source(s, "star-example").domains == ("star.example",)
    assert (logged.author, logged.kind) == ("parallax", "merge_sources")
    assert logged.reason == "an article of star.example names its outlet: The Star"
    # Undone it is not made again.
    correct.undo(store, logged.id, ADA)
    filled(store, ("The Star", "star.example"))
    assert outlets(store)["star-example"] == ("star.example", 4)


def test_a_domain_of_several_outlets_names_none(store: Store) -> None:
    filled(store, ("Star News", "star.example"), (None, "star.example"))
    assert outlets(store) == {"star-news": ("Star News", 2)}
    filled(store, ("Star Sport", "star.example"))
    # Nobody knows whose the one without a name is.
    assert outlets(store) == {
        "star-news": ("Star News", 1),
        "star-sport": ("Star Sport", 1),
        "star-example": ("star.example", 1),
    }
    filled(store, (None, "star.example"), ("star.example", None))
    assert outlets(store)["star-example"] == ("star.example", 2)


def test_what_a_person_said_of_domains_is_not_learnt_otherwise(store: Store) -> None:
    filled(store, ("Star", "star.example"), ("Moon", None))
    correct_sources.change_source(store, "star", SourceChanges(domains=[]), ADA)
    with store.read() as s:
        assert query.source(s, "star").domains == ()
    filled(store, ("Star", "star.example"), ("star.example", "star.example"))
    assert outlets(store)["star-example"] == ("star.example", 1)
    correct_sources.change_source(store, "moon", SourceChanges(domains=["star.example"]), ADA)
    assert outlets(store) == {"star": ("Star", 2), "moon": ("Moon", 2)}


@pytest.mark.parametrize("kind", ["external", "content"])
def test_an_article_is_known_again_under_each_name_of_its_outlet(store: Store, kind: str) -> None:
    filled(store, ("Star Online", None), ("Star", None))
    correct_sources.merge(store, "star-online", "star", ADA)
    one, two = (
        document("Ann Becker left.", source=name, identity=f"{kind}:{slug}:7")
        for name, slug in (("Star Online", "star-online"), ("Star", "star"))
    )
    with store.write() as s:
        first = add(s, one)
        again = add(s, two)
        assert (first.outcome, again) == ("created", Accepted(first.id, "existing"))
        assert first.id is not None
        delete_article(s, first.id)
        assert add(s, two).outcome == "deleted"


def test_a_change_of_an_article_keeps_the_name_it_came_in_under(store: Store) -> None:
    filled(store, ("Star Online", None), ("Star", None))
    done = correct_sources.merge(store, "star-online", "star", ADA)
    change_article(store, 1, ArticleChanges(language="en", authors=("Ann",)))
    correct.undo(store, done.id, ADA)
    assert outlets(store) == {"star": ("Star", 1), "star-online": ("Star Online", 1)}


@pytest.mark.parametrize(
    ("changes", "error", "pointer"),
    [
        (SourceChanges(name="..."), InvalidInput, "#/name"),
        (SourceChanges(name="Moon"), Conflict, "#/name"),
        (SourceChanges(domains=["no domain"]), InvalidInput, "#/domains/0"),
        (SourceChanges(domains=["star.example", "moon.example"]), Conflict, "#/domains/1"),
        (SourceChanges(country="Germany"), InvalidInput, "#/country"),
        (SourceChanges(language="?"), InvalidInput, "#/language"),
        (SourceChanges(tags=[" "]), InvalidInput, "#/tags"),
    ],
)
def test_what_cannot_be_said_of_an_outlet_changes_nothing(
    store: Store, changes: SourceChanges, error: type[Exception], pointer: str
) -> None:
    filled(store, ("Star", "star.example"), ("Moon", None))
    correct_sources.change_source(store, "moon", SourceChanges(domains=["moon.example"]), ADA)
    before = state(store)
    with pytest.raises(error) as caught:
        correct_sources.change_source(store, "star", changes, ADA)
    assert [each.pointer for each in caught.value.errors] == [pointer]  # type: ignore[attr-defined]
    assert state(store) == before
