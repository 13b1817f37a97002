"""Sessions: one snapshot, one commit, and clear words when the database cannot."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import StorageFull, StoreBusy, Unavailable
from app.services import query
from app.store.engine import sessions
from app.store.engine.sessions import Store
from tests.databases import sqlite_only
from tests.store.desk import add, document


def test_a_read_session_cannot_write(store: Store) -> None:
    with pytest.raises(Unavailable, match="may only be read"), store.read() as s:
        s.connection.execute(text("DELETE FROM article"))


def test_what_raises_is_undone(store: Store) -> None:
    def break_off() -> None:
        with store.write() as s:
            add(s, document("Assad met Putin."))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    with store.read() as s:
        assert s.connection.execute(text("SELECT count(*) FROM article")).scalar() == 0


def test_a_reader_sees_one_snapshot(store: Store) -> None:
    with store.read() as s:
        before = s.connection.execute(text("SELECT count(*) FROM article")).scalar()
        with store.write() as w:
            add(w, document("Assad met Putin."))
        assert s.connection.execute(text("SELECT count(*) FROM article")).scalar() == before == 0
    with store.read() as s:
        assert s.connection.execute(text("SELECT count(*) FROM article")).scalar() == 1


def test_a_lazy_session_sees_what_was_there_when_it_was_first_read_from(store: Store) -> None:
    number = text("SELECT count(*) FROM article")
    with store.read_lazily() as s:
        with store.write() as w:
            add(w, document("Assad met Putin."))
        assert s.connection.execute(number).scalar() == 1
        with store.write() as w:
            add(w, document("Haddad met Lind."))
        assert s.connection.execute(number).scalar() == 1
    with store.read_lazily() as s:
        assert s.connection.execute(number).scalar() == 2


def test_a_lazy_session_gives_its_connection_back_and_says_what_failed(store: Store) -> None:
    with pytest.raises(Unavailable, match="may only be read"), store.read_lazily() as s:
        s.connection.execute(text("DELETE FROM article"))
    assert s.connection.closed


def test_writers_of_one_process_take_turns(store: Store) -> None:
    def write(n: int) -> None:
        with store.write() as s:
            add(s, document(f"Report {n}."))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as s:
        assert s.connection.execute(text("SELECT count(*) FROM article")).scalar() == 16


@sqlite_only
def test_a_database_locked_by_another_program_is_busy(store: Store) -> None:
    path = store.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            Store(store.url, busy_seconds=0.1) as hasty,
            pytest.raises(StoreBusy, match="locked"),
            hasty.write(),
        ):
            pass
        with store.read() as s:
            assert s.connection.execute(text("SELECT count(*) FROM article")).scalar() == 0


@sqlite_only
def test_a_full_disk_is_said_and_nothing_changes(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin."))

    def fill() -> None:
        with store.write() as s:
            # SQLite's own limit answers as a full disk does.
            pages = s.connection.execute(text("PRAGMA page_count")).scalar()
            s.connection.execute(text(f"PRAGMA max_page_count = {pages}"))
            add(s, document("Much more. " * 20_000))

    with pytest.raises(StorageFull, match="cannot be written"):
        fill()
    with store.read() as after:
        assert after.connection.execute(text("SELECT count(*) FROM article")).scalar() == 1


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    with (
        Store(f"sqlite:///{tmp_path / 'store.db'}") as store,
        pytest.raises(Unavailable, match="cannot be opened"),
        store.read(),
    ):
        pass


@sqlite_only
def test_an_accepted_article_is_on_disk_before_the_answer(store: Store) -> None:
    with store.write() as s:
        assert s.connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert s.connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert s.connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


@sqlite_only
def test_the_planner_learns_how_tables_grew_while_the_service_runs(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "REFRESH_EVERY", 3)
    for n in range(3):
        with store.write() as s:
            add(s, document(f"Report {n}."))
    with store.read() as s:
        known = s.connection.execute(text("SELECT tbl FROM sqlite_stat1")).scalars().all()
    assert "article" in known


def test_it_tells_its_size(store: Store) -> None:
    before = store.sizes()
    with store.write() as s:
        add(s, document(" ".join(str(n) for n in range(200_000))))
    after = store.sizes()
    assert sum(after.values()) > sum(before.values()) + 500_000


def test_a_text_of_a_million_characters_fits(store: Store) -> None:
    with store.write() as s:
        made = add(s, document("ﬁ né 𝄞 " * 150_000))
    with store.read() as s:
        assert made.id is not None
        assert query.article(s, made.id).text == "ﬁ né 𝄞 " * 150_000


@sqlite_only
def test_what_is_in_use_at_the_end_is_closed_with_its_session(store: Store) -> None:
    with store.read() as s:
        connection = s.connection.connection.dbapi_connection
        assert isinstance(connection, sqlite3.Connection)
        store.close()
        assert s.connection.execute(text("SELECT count(*) FROM article")).scalar() == 0
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
