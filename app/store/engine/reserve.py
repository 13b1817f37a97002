"""Room on the disk that is held back for deletions: SQLite writes before it frees.

A deletion goes to the write-ahead log first, which grows for it. On a disk without any room nothing
could be deleted to make some. So a file beside the database holds a little back, and is emptied for
the time of a deletion where the disk is short.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock

import structlog

from app.store.engine.connections import SPARE

log = structlog.get_logger(__name__)

# What the deletion of a long article writes is a fraction of it.
SIZE = SPARE
_LEAST = 1_000_000
_BUSY_SECONDS = 0.5


class Reserve:
    """The file that holds room back for the database at `path`; there is none before `hold`."""

    def __init__(self, path: Path, size: int = SIZE) -> None:
        self._database = path
        self._path = path.with_name(f"{path.name}.reserve")
        self._size = size
        self._turns = Lock()

    def hold(self) -> None:
        """Takes the room where the disk has twice as much."""
        if self._free() >= 2 * self._size:
            self._take()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Gives the room back for the block where the disk is short of it, and takes after it what
        there is by then. One block at a time."""
        with self._turns:
            if self._free() >= self._size or not self._path.exists():
                yield
                return
            os.truncate(self._path, 0)
            try:
                yield
            finally:
                self._shorten_log()
                self._take()
                log.info("deleted on a full disk", held_back=self._path.stat().st_size)

    def _take(self) -> None:
        """All of it, or what is left of the disk: whoever writes next must not use that up."""
        size = self._size
        with self._path.open("ab") as file:
            while size >= _LEAST:
                try:
                    os.posix_fallocate(file.fileno(), 0, size)
                except OSError:
                    os.truncate(self._path, 0)  # of what did not fit some may be there
                    size //= 2
                else:
                    return

    def _shorten_log(self) -> None:
        # A reader may hold the log; then it is shortened by a later deletion.
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(self._database, timeout=_BUSY_SECONDS)) as connection,
        ):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _free(self) -> int:
        disk = os.statvfs(self._path.parent)
        return disk.f_bavail * disk.f_frsize
