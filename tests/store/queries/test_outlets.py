"""Whom an outlet quotes, in the articles of it that came in last."""

import re

import pytest
from sqlalchemy import insert, select

from app.domain.page import PageRequest, QuoteFilter
from app.errors import InvalidInput, NotFound
from app.store.engine.sessions import Store, WriteSession
from app.store.queries import outlets
from app.store.queries.outlets import articles_in_all, articles_naming
from app.store.queries.outlets import outlet_quote_page as quotes_of
from app.store.queries.outlets import outlet_voices as voices_of
from app.store.tables import entity, quote
from tests.store.desk import add, analyse_all, document

SAID = "Ada says yes. Ada says no, and Ben says maybe. Someone says nothing."


def report(s: WriteSession, *sources: str) -> None:
    """An article of each outlet, in which Ada is quoted twice and Ben once, and somebody without a
    name."""
    texts = {}
    for number, source in enumerate(sources):
        text = f"{SAID} {number}"
        texts[add(s, document(text, source=source)).id or 0] = text
    analyse_all(s, {"Ada": None, "Ben": None})
    kinds = ("direct", "indirect", "mixed", "direct")
    for article, text in texts.items():
        for kind, verb in zip(kinds, re.finditer("says", text), strict=True):
            who = text.rfind(" ", 0, verb.start() - 1) + 1
            named = text[who:].startswith(("Ada", "Ben"))
            s.connection.execute(
                insert(quote).values(
                    article_id=article,
                    revision=1,
                    kind=kind,
                    start=verb.start(),
                    end=verb.end(),
                    words=1,
                    mention_start=who if named else None,
                    quoted=[],
                    reason="subject before it" if named else "nobody is named",
                )
            )


def entity_named(store: Store, name: str) -> int:
    with store.read() as s:
        found: int = s.connection.execute(
            select(entity.c.id).where(entity.c.name == name)
        ).scalar_one()
    return found


def test_speakers_are_counted_by_their_entities_and_kinds(store: Store) -> None:
    with store.write() as s:
        report(s, "Daily Star", "Daily Star", "Evening Post")
    with store.read() as s:
        found = voices_of(s, "daily-star", 1)
        page = quotes_of(s, "daily-star", QuoteFilter(), PageRequest(limit=3))
    (ada,) = found.items
    assert (ada.name, ada.quotes, ada.direct, ada.indirect) == ("Ada", 4, 2, 2)
    assert (found.more, found.quotes, found.unattributed) == (1, 8, 2)
    assert page.total.value == 8
    assert [each.article for each in page.items] == [2, 2, 2]
    assert {each.content.text for each in page.items} == {"says"}


def test_its_list_has_as_many_as_the_count_and_ends(store: Store) -> None:
    with store.write() as s:
        report(s, *["Daily Star"] * 3)
    ada = entity_named(store, "Ada")
    with store.read() as s:
        found, cursor = [], None
        while True:
            page = quotes_of(
                s, "daily-star", QuoteFilter((), (ada,)), PageRequest(limit=4, cursor=cursor)
            )
            assert page.total.value == voices_of(s, "daily-star", 5).items[0].quotes == 6
            found += [each.id for each in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert len(found) == len(set(found)) == 6
        indirect = quotes_of(
            s, "daily-star", QuoteFilter(("indirect",), (ada,)), PageRequest(limit=4)
        )
        assert indirect.total.value == 3


def test_of_many_articles_those_that_came_last_count(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlets, "QUOTED_ARTICLES", 2)
    with store.write() as s:
        report(s, *["Daily Star"] * 3)
    with store.read() as s:
        found = voices_of(s, "daily-star", 5)
        page = quotes_of(s, "daily-star", QuoteFilter(), PageRequest(limit=50))
    assert found.quotes == 8
    assert {each.article for each in page.items} == {2, 3}
    assert page.total.value == 8


def test_names_everywhere_are_counted_over_all_outlets(store: Store) -> None:
    with store.write() as s:
        report(s, "Daily Star", "Evening Post")
        add(s, document("Nobody is in it.", source=None))
    ada = entity_named(store, "Ada")
    with store.read() as s:
        assert articles_naming(s, [ada]) == {ada: 2}
        assert articles_in_all(s) == 3


def test_an_outlet_without_quotes_has_none(store: Store) -> None:
    with store.write() as s:
        add(s, document("Nobody speaks.", source="Daily Star"))
    with store.read() as s:
        found = voices_of(s, "daily-star", 5)
        assert (found.items, found.more, found.quotes, found.unattributed) == ((), 0, 0, 0)
        with pytest.raises(NotFound, match="nobody"):
            voices_of(s, "nobody", 5)
        with pytest.raises(InvalidInput) as unknown:
            quotes_of(s, "daily-star", QuoteFilter((), (99,)), PageRequest(limit=5))
    assert unknown.value.errors[0].pointer == "?entity"
