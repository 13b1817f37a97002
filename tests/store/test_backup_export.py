"""Copies: of the whole database while it is written to, and of its tables as rows."""

import json
import threading
from pathlib import Path

import pytest

from app.domain import export
from app.domain.page import ArticleFilter, PageRequest
from app.errors import Conflict, NotFound, SchemaMismatch, Unavailable
from app.services import query
from app.services.export import exported
from app.store.backup import backup, restore
from app.store.engine.schema import found_revision
from app.store.engine.sessions import Store
from app.store.queries.export import TABLES
from tests.databases import new_url
from tests.store.desk import add, analyse_all, document, new_store, old_database
from tests.store.recount import assert_counts_hold


def test_a_backup_of_a_live_database_is_whole(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        n = 0
        while not stop.is_set():
            with store.write() as s:
                add(s, document(f"Assad met Putin, report {n}."))
                analyse_all(s, {"Assad": None, "Putin": None})
            n += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for n in range(3):
            backup(store.url, tmp_path / f"copy-{n}.db")
    finally:
        stop.set()
        writer.join()
    for n in range(3):
        with Store(f"sqlite:///{tmp_path / f'copy-{n}.db'}") as copy, copy.read() as s:
            assert_counts_hold(s)
            assert s.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert list(tmp_path.glob(".*")) == []


def test_a_backup_replaces_nothing(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(Conflict, match="exists"):
        backup(store.url, target)
    assert target.read_text() == "precious"


def test_a_backup_without_a_folder_or_a_collection_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be written"):
        backup(store.url, tmp_path / "nowhere" / "copy.db")
    with pytest.raises(SchemaMismatch):
        backup(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def show(_what: str, _done: int, _total: int) -> None:
    """Shows nothing."""


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Path:
    """A backup of a small collection."""
    with store.write() as s:
        add(s, document("Assad met Putin.", title="Summit"))
        analyse_all(s, {"Assad": None, "Putin": None})
    backup(store.url, tmp_path / "kept.db")
    return tmp_path / "kept.db"


def test_a_restored_collection_is_the_one_that_was_backed_up(
    store: Store, kept: Path, tmp_path: Path
) -> None:
    url = new_url(tmp_path, "restored")
    assert restore(kept, url, show).articles == 1
    assert restore(kept, url, show).before > 0  # again: all is there
    backup(url, tmp_path / "again.db")
    with Store(url) as there, there.read() as s, store.read() as before:
        assert_counts_hold(s)
        assert query.article(s, 1) == query.article(before, 1)
        wanted = ArticleFilter(q="title:summit")
        assert len(query.articles(s, wanted, PageRequest()).items) == 1


def test_nothing_is_restored_over_a_collection(kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    with new_store(folder) as other:
        with other.write() as s:
            add(s, document("Something else."))
        with pytest.raises(Conflict, match="neither empty nor"):
            restore(kept, other.url, show)
        with other.read() as s:
            assert query.article(s, 1).text == "Something else."


@pytest.mark.parametrize(
    ("made", "error", "says"),
    [
        (None, NotFound, "no backup"),
        (b"no database", Unavailable, "not a sound SQLite database"),
        (b"", SchemaMismatch, "no Parallax collection"),
    ],
)
def test_what_is_no_backup_is_refused(
    tmp_path: Path, made: bytes | None, error: type[Exception], says: str
) -> None:
    if made is not None:
        (tmp_path / "kept.db").write_bytes(made)
    with pytest.raises(error, match=says):
        restore(tmp_path / "kept.db", f"sqlite:///{tmp_path / 'there.db'}", show)


def test_a_backup_of_an_older_version_is_restored_and_left_as_it_is(tmp_path: Path) -> None:
    url = old_database(tmp_path, "0008")
    before = (tmp_path / "old.db").read_bytes()
    there = new_url(tmp_path, "there")
    assert restore(tmp_path / "old.db", there, show).articles == 0
    with Store(there) as store, store.read():
        pass
    assert found_revision(url) == "0008"
    assert (tmp_path / "old.db").read_bytes() == before


def test_the_tables_are_those_that_are_told_of() -> None:
    assert set(TABLES) == set(export.TABLES)


def test_tables_come_out_as_plain_rows(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin.", title="Summit", language=None))
        add(s, document("Nobody.", source=None, published=None))
        analyse_all(s, {"Assad": None, "Putin": None})
    rows = {
        table: [
            json.loads(line)
            for line in b"".join(exported(store, table, export.TableFormat.ndjson)).splitlines()
        ]
        for table in TABLES
    }
    with store.read() as s:
        first = query.articles(s, ArticleFilter(), PageRequest(1, sort="id")).items[0]
    assert [row["id"] for row in rows["articles"]] == [1, 2]
    assert (
        rows["articles"][0] | {"source": "daily-star", "published_at": "2016-03-24"}
        == (rows["articles"][0])
    )
    assert rows["articles"][0]["text"] == "Summit\n\nAssad met Putin."
    assert rows["articles"][0]["created_at"] == first.created_at.isoformat()
    assert rows["articles"][1]["published_at"] is None
    assert [(row["text"], row["entity"]) for row in rows["mentions"]] == [
        ("Assad", 1),
        ("Putin", 2),
    ]
    assert [(row["name"], row["sources"]) for row in rows["entities"]] == [
        ("Assad", [{"source": "daily-star", "mentions": 1, "articles": 1}]),
        ("Putin", [{"source": "daily-star", "mentions": 1, "articles": 1}]),
    ]
