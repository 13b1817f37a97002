"""The lock that lets one process alone run the work of a database on a server."""

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.store.engine import connections

_RUNNER = int.from_bytes(b"prlxwork")


class DatabaseLock:
    """An advisory lock of a connection of its own: the server gives it back however its holder
    ends."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._connection: Connection | None = None

    def acquire(self) -> bool:
        """Takes the lock if it is free, without waiting. Returns whether it is held now, also where
        it was.

        Raises Unavailable where the server cannot be reached: then it is not held any more.
        """
        try:
            if self._connection is None:
                self._engine = self._engine or connections.read_engine(self._url, 10.0)
                self._connection = self._engine.connect().execution_options(
                    isolation_level="AUTOCOMMIT"
                )
            asked = self._connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_RUNNER})")
            if asked.scalar_one():
                return True
            self.release()
        except SQLAlchemyError as error:
            self.release()
            if known := connections.expected(error, self._url):
                raise known from error
            raise
        return False

    def release(self) -> None:
        """Lets another process take over."""
        if self._connection is not None:
            self._connection.invalidate()  # closed, not pooled: the lock goes with it
            self._connection.close()
            self._connection = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
