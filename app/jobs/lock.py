"""The lock that lets one process alone run the work of a database."""

import fcntl
import os
from pathlib import Path

from app.errors import Unavailable


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
