"""The lock that lets one process alone run the work of a database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import Conflict, Unavailable
from app.store.engine.connections import database_path, shown
from app.store.engine.run_lock import DatabaseLock


class RunnerLock:
    """An advisory lock on a file beside the database (flock(2)).

    The kernel gives it back however its holder ends, so there is no stale lock to clean up; the
    file itself stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Takes the lock if it is free, without waiting. Returns whether it is held now.

        Raises Unavailable where the file cannot be made, OSError where it cannot be locked.
        """
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise Unavailable(f"the lock {self._path} cannot be made: {why}") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Lets another process take over."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def nobody_at_work(url: str) -> Iterator[None]:
    """Keeps all processes from the work of a database for the time of the block. Raises Conflict
    where one is at work."""
    lock = lock_of(url)
    if not lock.acquire():
        raise Conflict(
            f"{shown(url)} is in use: `parallax serve`, a worker or a command is at work on it. "
            "End it, or name another database"
        )
    try:
        yield
    finally:
        lock.release()


def lock_of(url: str) -> RunnerLock | DatabaseLock:
    path = database_path(url)
    return DatabaseLock(url) if path is None else RunnerLock(path.with_name(f"{path.name}.lock"))
