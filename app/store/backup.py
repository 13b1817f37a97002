"""A copy of a live database, consistent as of one instant, and a database made of it again."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.errors import Conflict, NotFound, StorageFull, Unavailable
from app.store.copying import Copied, Show, copy_collection
from app.store.engine.connections import database_path, expected
from app.store.engine.schema import found_revision, upgrade
from app.store.engine.sessions import Store
from migrations import HEAD


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


def restore(backup: Path, url: str, show: Show) -> Copied:
    """Copies a backup into an empty database and compares the two. Broken off, the next call goes
    on where this one was. A backup of an older version is brought up to date in a copy of its own.

    Raises NotFound without a backup, SchemaMismatch for one of a newer version or of something
    else, Conflict where the database holds anything else or another program writes into it; what
    sessions of both raise.
    """
    if not backup.is_file():
        raise NotFound(f"there is no backup {backup}")
    with _up_to_date(backup) as source:
        upgrade(url)
        with Store(source) as old, Store(url) as new:
            return copy_collection(old, new, show)


@contextmanager
def _up_to_date(backup: Path) -> Iterator[str]:
    """The address of a backup, or of a copy for the time of the block that has this version's
    schema. The backup itself is left as it is."""
    url = f"sqlite:///{backup}"
    if found_revision(url) in (None, HEAD):
        yield url
        return
    with TemporaryDirectory(prefix="parallax-") as folder:
        copy = Path(folder) / "backup.db"
        _copy_file(backup, copy)
        upgrade(f"sqlite:///{copy}")
        yield f"sqlite:///{copy}"


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
