"""A collection copied into another database is the same collection."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.page import ArticleFilter, EntityFilter, MentionFilter, PageRequest
from app.errors import Conflict
from app.services import query
from app.store.articles.write import delete_article
from app.store.copying import copy_collection
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.store.tables import article
from tests.databases import new_url
from tests.store.desk import add, analyse_all, document, new_store
from tests.store.recount import assert_counts_hold

ALL = PageRequest(limit=200)
NAMES = {"Assad": None, "Putin": None, "Łódź": None, "Ötzi": None, "Zürich": None, "bern": None}


def nothing(_what: str, _done: int, _total: int) -> None:
    """Shows nothing."""


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    """More articles than one batch takes, some revised, one deleted."""
    folder = tmp_path / "filled"
    folder.mkdir()
    with new_store(folder) as store:
        with store.write() as s:
            for n in range(520):
                names = list(NAMES)[n % 5 :: 2]
                text = f"{' and '.join(names)} met over ferries, {n}."
                add(s, document(text, identity=f"a{n}", source=f"Star {n % 3}", title=f"No {n}"))
            for n in range(480, 520):
                add(s, document(f"Assad alone, {n}.", identity=f"a{n}", language="fr"))
            delete_article(s, 7)
            delete_article(s, 520)
        for _ in range(6):
            with store.write() as s:
                analyse_all(s, NAMES)
        yield store


def answers(store: Store) -> list[Any]:
    """What a reader sees of a collection."""
    with store.read() as s:
        assert_counts_hold(s)
        return [
            query.articles(s, ArticleFilter(), ALL),
            query.articles(s, ArticleFilter(q="ferry -putin"), ALL),
            query.articles(s, ArticleFilter(q='title:no "assad alone"'), ALL),
            query.articles(s, ArticleFilter(q="ferr* OR zuri*"), ALL),
            query.entities(s, EntityFilter(), ALL),
            query.entities(s, EntityFilter(), PageRequest(sort="name")),
            query.entities(s, EntityFilter(q="zur"), ALL),
            query.mentions(s, 9, MentionFilter(), ALL),
            query.entity(s, 1),
            query.neighbours(s, 1, ALL),
            [query.article(s, n) for n in (1, 500)],
            query.revisions(s, 500, ALL),
            query.sources(s, ALL),
        ]


def undated(store: Store) -> str:
    """What a reader sees of its entities, but for when they changed."""
    return re.sub(r"updated_at=datetime\.datetime\([^)]*\)", "", repr(answers(store)[4:10]))


def test_a_copy_answers_as_the_collection_does_and_goes_on_alike(
    filled: Store, tmp_path: Path
) -> None:
    there, back = new_url(tmp_path, "there"), f"sqlite:///{tmp_path / 'back.db'}"
    upgrade(there)
    upgrade(back)
    with Store(there) as copy, Store(back) as second:
        copied = copy_collection(filled, copy, nothing)
        assert (copied.articles, copied.before) == (518, 0)
        assert copy_collection(copy, second, nothing).rows == copied.rows
        assert answers(copy) == answers(filled) == answers(second)
        for store in (filled, copy, second):
            with store.write() as s:
                assert add(s, document("Assad came by ferry.", identity="new")).id == 521
                analyse_all(s, NAMES)
        # Not the articles: they say when they came in.
        assert undated(copy) == undated(filled) == undated(second)
        again = copy_collection(copy, copy, nothing)
        assert again.before == again.rows


def test_a_copy_that_was_broken_off_goes_on(filled: Store, tmp_path: Path) -> None:
    url = new_url(tmp_path, "there")
    upgrade(url)

    def break_off(what: str, done: int, _total: int) -> None:
        if what == "Copying revision" and done >= 500:
            raise KeyboardInterrupt

    with Store(url) as copy:
        with pytest.raises(KeyboardInterrupt):
            copy_collection(filled, copy, break_off)
        copied = copy_collection(filled, copy, nothing)
        assert 1_000 < copied.before < copied.rows
        assert answers(copy) == answers(filled)


def test_another_collection_is_not_written_into(filled: Store, tmp_path: Path) -> None:
    with new_store(tmp_path) as other:
        with other.write() as s:
            add(s, document("Something else."))
        with pytest.raises(Conflict, match="neither empty nor the beginning of this copy"):
            copy_collection(filled, other, nothing)
        with other.read() as s:
            assert len(s.connection.execute(select(article.c.id)).all()) == 1


def test_a_copy_that_another_program_wrote_into_is_told(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "there.db"
    upgrade(f"sqlite:///{path}")

    def meddle(what: str, done: int, total: int) -> None:
        if what == "Copying revision" and done == total:
            with closing(sqlite3.connect(path)) as other, other:
                other.execute("UPDATE article SET title = 'Other' WHERE id = 3")

    with Store(f"sqlite:///{path}") as copy, pytest.raises(Conflict, match="the copy differs: art"):
        copy_collection(filled, copy, meddle)
