"""Imports: each document has one outcome, and the counts are those of the outcomes."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.article import ImportFailure
from app.errors import NotFound
from app.services import query
from app.store.articles.imports import (
    add_import_rows,
    create_import,
    drop_import,
    drop_open_imports,
    finish_import_row,
    seal_import,
    waiting_import_rows,
)
from app.store.articles.queue import mark_failed
from app.store.articles.write import delete_article
from app.store.engine.sessions import Store, WriteSession
from app.store.records import ImportLine
from tests.store.desk import add, analyse_all, document


def begin(s: WriteSession, *texts: str, bad: int = 0) -> int:
    """A sealed import of these texts, after `bad` lines that cannot be read."""
    made = create_import(s)
    lines = [ImportLine(n + 1, error="not JSON", name="a.json") for n in range(bad)]
    lines += [ImportLine(bad + n + 1, each.encode()) for n, each in enumerate(texts)]
    add_import_rows(s, made, lines)
    seal_import(s, made)
    return made


def take_all(s: WriteSession) -> None:
    """Takes the documents in, as the runner does."""
    for row in waiting_import_rows(s, 100):
        accepted = add(s, document(row.payload.decode()))
        finish_import_row(s, row.id, accepted.outcome, article_id=accepted.id)


def test_an_import_is_done_when_its_articles_are_analysed(store: Store) -> None:
    with store.write() as s:
        made = begin(s, "Assad met Putin.", "Obama spoke.")
        assert query.import_(s, made).state == "running"
        take_all(s)
        assert query.import_(s, made).state == "running"
        analyse_all(s, {})
        found = query.import_(s, made)
    assert (found.state, found.received, found.created, found.existing, found.failed) == (
        "done", 2, 2, 0, 0,
    )  # fmt: skip


def test_an_import_that_is_done_stays_done(store: Store) -> None:
    with store.write() as s:
        made = begin(s, "Assad met Putin.")
        take_all(s)
        analyse_all(s, {})
        add(s, document("Another text.", identity="content:Daily Star:Assad met Putin."))
        assert query.import_(s, made).state == "done"


def test_known_deleted_and_unreadable_documents_are_counted(store: Store) -> None:
    with store.write() as s:
        add(s, document("Known."))
        gone = add(s, document("Gone."))
        assert gone.id is not None
        delete_article(s, gone.id)
        analyse_all(s, {})
        made = begin(s, "Known.", "Gone.", "New.", "New.", bad=1)
        take_all(s)
        analyse_all(s, {})
        found = query.import_(s, made)
    assert (found.received, found.created, found.existing, found.failed) == (5, 1, 2, 2)
    assert found.errors == (
        ImportFailure(1, "not JSON", "a.json"),
        ImportFailure(3, "this article was deleted here and does not come back by itself"),
    )
    assert found.state == "done"


def test_an_empty_import_and_one_of_failures_are_done_at_once(store: Store) -> None:
    with store.write() as s:
        assert query.import_(s, begin(s)).state == "done"
        assert query.import_(s, begin(s, bad=2)).state == "done"


def test_a_row_has_one_outcome(store: Store) -> None:
    with store.write() as s:
        made = begin(s, "Assad met Putin.")
        row = waiting_import_rows(s, 1)[0]
        assert finish_import_row(s, row.id, "failed", error="no prose")
        assert not finish_import_row(s, row.id, "created", article_id=1)
        assert waiting_import_rows(s, 1) == []
        assert query.import_(s, made).failed == 1


@pytest.mark.parametrize("end", [mark_failed, None])
def test_an_analysis_that_fails_or_an_article_that_goes_ends_it(store: Store, end: object) -> None:
    with store.write() as s:
        made = begin(s, "Assad met Putin.")
        take_all(s)
        if end is mark_failed:
            mark_failed(s, 1, 1, "the model broke")
        else:
            delete_article(s, 1)
        assert query.import_(s, made).state == "done"


def test_rows_of_an_open_import_wait_until_it_is_sealed(store: Store) -> None:
    with store.write() as s:
        made = create_import(s)
        add_import_rows(s, made, [ImportLine(1, b"Assad met Putin.")])
        assert waiting_import_rows(s, 10) == []
        seal_import(s, made)
        assert [row.payload for row in waiting_import_rows(s, 10)] == [b"Assad met Putin."]


def test_imports_that_broke_off_leave_nothing(store: Store) -> None:
    with store.write() as s:
        first, second = create_import(s), create_import(s)
        add_import_rows(s, first, [ImportLine(1, b"Assad met Putin.")])
        drop_import(s, first)
        assert drop_open_imports(s, datetime.now(UTC) - timedelta(hours=1)) == 0
        assert drop_open_imports(s, datetime.now(UTC) + timedelta(hours=1)) == 1
        for each in (first, second):
            with pytest.raises(NotFound):
                query.import_(s, each)
        assert create_import(s) == 3
