"""A copy of a live database, consistent as of one instant."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from app.errors import Conflict, StorageFull, Unavailable
from app.store.copying import copy_collection
from app.store.engine.connections import database_path, expected
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store


def backup(url: str, target: Path) -> None:
    """Copies the database to the SQLite file `target`, which appears only once the copy is whole
    and on disk. The service may go on writing meanwhile; what it commits after the start is not in
    it.

    Raises Conflict where `target` exists, StorageFull where the copy does not fit, Unavailable
    where it cannot be written; what sessions of the database raise.
    """
    if target.exists():
        raise Conflict(f"{target} exists; a backup replaces nothing")
    with Store(url) as store, store.read():
        pass  # what is no collection is refused before anything is written
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        _copy_database(url, partial)
        _on_disk(partial)
        partial.rename(target)
        _on_disk(target.absolute().parent)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(f"{target} does not fit on its disk") from error
        raise Unavailable(f"{target} cannot be written: {error.strerror}") from error
    finally:
        for left in ("", "-wal", "-shm"):
            partial.with_name(f"{partial.name}{left}").unlink(missing_ok=True)


def _on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy_database(url: str, target: Path) -> None:
    """Copies a live database to a new file, as it is at this instant.

    Raises the error of the side that failed: Unavailable, StorageFull, StoreBusy.
    """
    target.touch(exist_ok=False)
    path = database_path(url)
    if path is not None:
        _copy_file(path, target)
        return
    into = f"sqlite:///{target}"
    upgrade(into)
    with Store(url) as source, Store(into) as copy:
        copy_collection(source, copy, lambda _what, _done, _total: None)


def _copy_file(path: Path, target: Path) -> None:
    """One step of SQLite's online backup: one snapshot, and in WAL mode no writer waits."""
    with (
        closing(sqlite3.connect(path, timeout=30)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            source.backup(copy, pages=-1)
        except sqlite3.Error as error:
            # Which side it was the library does not say; a full disk can only be the copy's.
            if known := expected(error, f"sqlite:///{target}"):
                raise known from error
            raise
