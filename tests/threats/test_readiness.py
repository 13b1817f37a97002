"""Ready means that it can store; and what is no collection of ours is left as it is."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import SchemaMismatch, StorageFull, StoreBusy, Unavailable
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/probed.db"
    upgrade(url)
    with Store(url) as store:
        yield store


def _path(store: Store) -> Path:
    return Path(store.url.removeprefix("sqlite:///"))


def test_a_sound_store_is_ready_and_changes_nothing(store: Store) -> None:
    with store.read() as session:
        store.probe()
        assert session.connection.exec_driver_sql("PRAGMA user_version").scalar() == 0


def test_a_database_that_is_gone_is_not(store: Store) -> None:
    with store.read():
        pass
    _path(store).unlink()
    with pytest.raises(Unavailable, match="is gone"):
        store.probe()
    assert not _path(store).exists()


def test_nor_is_one_that_another_program_holds(store: Store) -> None:
    with closing(sqlite3.connect(_path(store))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="another program"):
            store.probe()
    store.probe()


def test_a_write_of_its_own_does_not_make_it_unready(store: Store) -> None:
    with store.write():
        store.probe()


def test_a_full_disk_is_told(store: Store) -> None:
    free = os.statvfs(_path(store).parent)
    with pytest.raises(StorageFull, match="is full"):
        store.probe(spare=(free.f_bavail + 1_000_000) * free.f_frsize)


def test_a_page_that_is_broken_is_a_sentence(store: Store) -> None:
    with store.read():
        pass
    store.close()
    with _path(store).open("r+b") as file:
        file.write(b"no database at all" * 20)
    with Store(store.url) as broken:
        with pytest.raises(Unavailable, match="not a sound SQLite database"):
            broken.probe()
        with pytest.raises(Unavailable, match="not a sound SQLite database"), broken.read():
            pass


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE accounts (id)")
    with pytest.raises(SchemaMismatch, match="another program's database"):
        upgrade(f"sqlite:///{tmp_path}/other.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("accounts",)]
