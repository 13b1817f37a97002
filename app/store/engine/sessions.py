"""Sessions: what may only read, and what may write and commits once, at its end."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import cached_property
from types import TracebackType

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from app.errors import StoreBusy
from app.store.engine import connections
from app.store.engine.connections import SPARE
from app.store.engine.reserve import Reserve
from app.store.engine.schema import check_schema

# So many transactions after which the planner looks anew at how the tables grew: a service that
# starts empty would else plan for empty tables until it starts again.
REFRESH_EVERY = 500


class ReadSession:
    """One snapshot of the store: whatever is read in it fits together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """The connection of the snapshot."""
        return self._connection


class WriteSession(ReadSession):
    """One transaction that may write; it sees its own changes, others see them all or none. What is
    in `before_commit` is called at its end, when nothing else is to be written: `app.store.changes`
    writes down then what is `noted`, by type and id, and dates what is not `dated` yet."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.before_commit: list[Callable[[], None]] = []
        self.noted: defaultdict[tuple[str, int], dict[str, int | None]] = defaultdict(dict)
        self.dated: set[tuple[str, int]] = set()

    @cached_property
    def at(self) -> datetime:
        """When the session first wrote down a change: the instant of all its changes."""
        return datetime.now(UTC)


class LazySession(ReadSession):
    """A session that begins when something is read first, in the thread that reads, and ends with
    the block that it is entered for."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._begun: AbstractContextManager[ReadSession] | None = None

    @property
    def connection(self) -> Connection:
        """The connection of the snapshot."""
        if self._begun is None:
            begun = self._store.read()
            self._connection = begun.__enter__().connection
            self._begun = begun
        return self._connection

    def __enter__(self) -> "LazySession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._begun is not None:
            self._begun.__exit__(kind, error, trace)


class Store:
    """The collection at one address.

    Sessions raise StoreBusy while another program holds the database longer than `busy_seconds`,
    StorageFull when the disk is, SchemaMismatch when the database is of another version, and
    Unavailable when it cannot be opened; after any of them nothing has changed.
    """

    def __init__(self, url: str, *, busy_seconds: float = 10.0) -> None:
        self.url = url
        self._readers = connections.read_engine(url, busy_seconds)
        self._writer = connections.write_engine(url, busy_seconds)
        path = connections.database_path(url)
        self._reserve = Reserve(path) if path is not None else None
        self._checked = False
        self._written = 0

    @contextmanager
    def read(self) -> Iterator[ReadSession]:
        """A session that reads one snapshot. Raises DeadlinePassed past the deadline of the
        context."""
        with self._connection(self._readers) as connection, connections.in_time(connection):
            yield ReadSession(connection)

    def read_lazily(self) -> LazySession:
        """The same, begun when something is read first."""
        return LazySession(self)

    @contextmanager
    def write(self) -> Iterator[WriteSession]:
        """A session that writes: committed when the block ends, undone when it raises."""
        with self._connection(self._writer) as connection:
            session = WriteSession(connection)
            yield session
            for last in session.before_commit:
                last()
        self._written += 1
        if self._written % REFRESH_EVERY == 0:
            with self._connection(self._writer) as connection:
                connections.refresh_statistics(connection)

    @contextmanager
    def free_room(self) -> Iterator[WriteSession]:
        """A session that writes in order to free room: on a full disk it may use what `hold_room`
        holds back."""
        lent = nullcontext() if self._reserve is None else self._reserve.lent()
        with lent, self.write() as session:
            yield session

    def hold_room(self) -> None:
        """Holds a little room of the disk back for `free_room`; the disk of a server is its own
        affair."""
        if self._reserve is not None:
            self._reserve.hold()

    def probe(self, spare: int = SPARE) -> None:
        """Returns where something can be stored now; raises why not. A write of this process that
        takes its time is no reason."""
        try:
            connections.probe(self.url, spare)
        except StoreBusy:
            if not isinstance(self._writer.pool, QueuePool) or not self._writer.pool.checkedout():
                raise

    def sizes(self) -> dict[str, int]:
        """Bytes on disk: of the `database`, and in SQLite of the `log` that is not written into it
        yet."""
        with self.read() as session:
            return connections.sizes(session.connection)

    def close(self) -> None:
        """Closes all connections, those of sessions that still run when these end."""
        connections.close_engine(self._readers)
        connections.close_engine(self._writer)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _connection(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                if not self._checked:
                    check_schema(connection, self.url)
                    self._checked = True
                yield connection
        except (SQLAlchemyError, PoolTimeout) as error:
            if known := connections.expected(error, self.url):
                raise known from error
            raise
