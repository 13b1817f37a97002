"""Rows of imports out of the store, cleaned, and back as articles with each row's outcome."""

import queue
import threading
from collections.abc import Callable, Sequence

import structlog

from app.domain.article import Submission
from app.errors import ParallaxError
from app.intake.submissions import unpack
from app.services.imports import fetch, finish, prepare
from app.services.ingest import PageFetcher, is_bare, known
from app.settings import Settings
from app.store.articles.imports import waiting_import_rows
from app.store.engine.sessions import Store
from app.store.records import WaitingLine

log = structlog.get_logger(__name__)

# Rows of one turn: one transaction for all of them, few enough that their texts fit in memory at
# their largest.
ROWS = 32
# Pages are fetched side by side, since most of that is waiting for other servers.
FETCHES = 4


class ImportLoop:
    """Takes rows of imports and makes articles of them; `turn` is called over and over by one
    thread. `accepted` is called when articles have been added, `stopping` ends a turn early."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        fetcher: PageFetcher | None,
        accepted: Callable[[], None],
        stopping: threading.Event,
    ) -> None:
        self._store = store
        self._settings = settings
        self._fetcher = fetcher
        self._accepted = accepted
        self._stopping = stopping
        self._wake = threading.Event()

    def wake(self) -> None:
        """Tells the loop that there may be something to do."""
        self._wake.set()

    def turn(self, seconds: float) -> None:
        """Takes the next rows, or waits up to `seconds` for some.

        Raises what the store raises; then the rows are taken again by a later turn.
        """
        with self._store.read() as session:
            rows = waiting_import_rows(session, ROWS)
        if not rows:
            self._wake.wait(seconds)
            self._wake.clear()
            return
        submissions = self._fetch(rows)
        with self._store.read() as session:
            there = known(session, [each for each in submissions if isinstance(each, Submission)])
        prepared = []
        for row, submission in zip(rows, submissions, strict=True):
            if self._stopping.is_set():
                return
            prepared.append(prepare(row, submission, there, self._settings))
        with self._store.write() as session:
            finish(session, prepared)
        imports = sorted({row.import_id for row in rows})
        log.debug("rows imported", rows=len(rows), imports=imports)
        self._accepted()

    def _fetch(self, rows: Sequence[WaitingLine]) -> list[Submission | ParallaxError]:
        """The submission of each row, with its content.

        The threads are daemons and not an executor's, which the interpreter would wait for at its
        end: a slow server must not hold up the end of the service.
        """
        found: list[Submission | ParallaxError] = [unpack(row.payload) for row in rows]
        tasks: queue.SimpleQueue[tuple[int, Submission]] = queue.SimpleQueue()
        for index, submission in enumerate(found):
            if isinstance(submission, Submission) and is_bare(submission):
                tasks.put((index, submission))

        def work() -> None:
            while not self._stopping.is_set():
                try:
                    index, submission = tasks.get_nowait()
                except queue.Empty:
                    return
                found[index] = fetch(submission, self._fetcher)

        threads = [
            threading.Thread(target=work, name="fetch", daemon=True)
            for _ in range(min(FETCHES, tasks.qsize()))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive() and not self._stopping.is_set():
                thread.join(0.2)
        return found
