"""Runs the work of one database: its imports and its analyses, in threads of this process.

What there is to do stands in the database alone. This only wakes for it, and looks each second for
what other processes have added. On an SQLite file one runner works at a time; another stands by and
takes over when the lock is free. On a server all of them analyse, each what it claims, and one of
them has the imports and the vectors.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Self

import structlog

from app.errors import ParallaxError, Unavailable
from app.jobs.analysis_loop import AnalysisLoop
from app.jobs.encoding import EncoderProcess
from app.jobs.import_loop import ImportLoop
from app.jobs.lock import lock_of
from app.jobs.pending_work import OwnWork, SharedWork
from app.jobs.pool import AnalyserPool
from app.jobs.vector_loop import VectorLoop
from app.services.ingest import PageFetcher
from app.services.retention import Retention, delete_expired
from app.services.vectors import Vectors
from app.settings import Settings
from app.store.articles.imports import drop_open_imports
from app.store.articles.queue import count_pending, is_pending
from app.store.engine.connections import database_path
from app.store.engine.sessions import Store

log = structlog.get_logger(__name__)

_POLL_SECONDS = 1.0
_FIRST_BACKOFF = 0.25
_MOST_BACKOFF = 15.0
_STOP_SECONDS = 4.0
# Between two looks for articles that are older than they are to be kept.
_RETENTION_SECONDS = 3_600.0
# Putting the rows of an import on disk takes seconds; one that is open for longer broke off.
_LONGEST_UPLOAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RunnerStatus:
    """How the work stands: workers that have their model, articles that wait for analysis,
    whether another process runs the work of this database, and what keeps it from going on."""

    workers: int
    pending: int
    standby: bool
    error: str | None


class Runner:
    """The threads that do the work of `store` with the workers of `pool`, which stays its owner's
    to close; with `vectors` they make those that are missing while nothing else is to do. Use as a
    context manager, or `start` and `stop` it."""

    def __init__(
        self,
        store: Store,
        pool: AnalyserPool,
        settings: Settings,
        fetcher: PageFetcher | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        self._store = store
        self._pool = pool
        self._lock = lock_of(store.url)
        self._holding = threading.Event()
        self._stopping = threading.Event()
        self._errors: dict[str, ParallaxError] = {}
        self._news = threading.Condition()
        self._generation = 0
        self._shared = database_path(store.url) is None
        work = SharedWork(store) if self._shared else OwnWork(store)
        self._analysis = AnalysisLoop(store, pool, self._finished, work)
        self._importing = ImportLoop(store, settings, fetcher, self._analysis.wake, self._stopping)
        self._filling = _filling(store, vectors) if vectors else None
        runs: dict[str, Callable[[], object]] = {
            "lock": partial(self._keep, "lock", self._hold_lock),
            "analysis": self._run_analysis,
            "imports": self._run_imports,
        }
        if self._filling:
            runs["vectors"] = partial(self._run_filling, self._filling)
        if settings.retention_days:
            kept = timedelta(days=settings.retention_days)
            runs["retention"] = partial(self._run_retention, kept)
        self._threads = [
            threading.Thread(target=run, name=name, daemon=True) for name, run in runs.items()
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Takes up the work, or stands by."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stores what is analysed and ends, within five seconds; all else stays pending."""
        self._stopping.set()
        self.wake()
        with self._news:
            self._news.notify_all()
        deadline = time.monotonic() + _STOP_SECONDS
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
        if not any(thread.is_alive() for thread in self._threads):
            self._lock.release()

    def wake(self) -> None:
        """Looks at once for what has been added."""
        self._importing.wake()
        self._analysis.wake()
        if self._filling:
            self._filling.wake()

    def prioritise(self, article: int) -> None:
        """Has a pending article analysed before the others, where this process does the work."""
        if self._shared or self._holding.is_set():
            self._analysis.prioritise(article)

    def wait(self, article: int, timeout: float) -> bool:
        """Waits until the article is analysed (or failed, or gone), or for `timeout` seconds; it
        goes before the others. Returns whether it is."""
        deadline = time.monotonic() + timeout
        self.prioritise(article)
        while True:
            with self._news:
                seen = self._generation
            with self._store.read() as session:
                if not is_pending(session, article):
                    return True
            left = min(deadline - time.monotonic(), _POLL_SECONDS)
            if left <= 0 or self._stopping.is_set():
                return False
            if self._shared or not self._holding.is_set():
                # Nobody tells this process when another one is done.
                left = min(left, _POLL_SECONDS / 5)
            with self._news:
                if self._generation == seen and not self._stopping.is_set():
                    self._news.wait(left)

    def status(self) -> RunnerStatus:
        """How the work stands now."""
        with self._store.read() as session:
            pending = count_pending(session)
        return RunnerStatus(
            workers=self._pool.ready,
            pending=pending,
            standby=not (self._shared or self._holding.is_set()),
            error=" ".join(dict.fromkeys(error.detail for error in self._troubles())) or None,
        )

    def _troubles(self) -> list[ParallaxError]:
        error = self._pool.error
        return [*([error] if error else []), *list(self._errors.values())]

    def _finished(self, articles: Sequence[int]) -> None:
        with self._news:
            self._generation += 1
            self._news.notify_all()
        if self._filling:
            self._filling.analysed(articles)

    def _run_analysis(self) -> None:
        if not self._shared:
            self._wait_for_lock()
        self._keep("analysis", lambda: self._analysis.turn(_POLL_SECONDS))
        if self._shared or self._holding.is_set():
            self._attempt("analysis", self._analysis.write)
            self._attempt("analysis", self._analysis.give_back)

    def _run_imports(self) -> None:
        self._keep_alone("imports", lambda: self._importing.turn(_POLL_SECONDS))

    def _run_filling(self, filling: VectorLoop) -> None:
        self._keep_alone("vectors", lambda: filling.turn(_POLL_SECONDS))

    def _run_retention(self, kept: timedelta) -> None:
        self._keep_alone("retention", lambda: self._expire(kept))

    def _expire(self, kept: timedelta) -> None:
        what = Retention(datetime.now(UTC) - kept)
        gone = delete_expired(self._store, what, stopped=self._stopping.is_set)
        if gone:
            log.info("articles deleted that were past their time", articles=gone)
        self._stopping.wait(_RETENTION_SECONDS)

    def _wait_for_lock(self) -> None:
        while not self._stopping.is_set() and not self._holding.wait(_POLL_SECONDS):
            pass

    def _keep_alone(self, name: str, turn: Callable[[], None]) -> None:
        """As `_keep`, for what one process does at a time: whichever holds the lock."""

        def held() -> None:
            if self._holding.wait(_POLL_SECONDS):
                turn()

        self._keep(name, held)

    def _hold_lock(self) -> None:
        """Takes the lock where it is free. A server that starts anew has forgotten who held it:
        each second it is asked again."""
        held = False
        try:
            held = self._lock.acquire()
        finally:
            if not held:
                self._holding.clear()
        if held and not self._holding.is_set():
            with self._store.write() as session:
                dropped = drop_open_imports(session, datetime.now(UTC) - _LONGEST_UPLOAD)
            log.info("runner works", broken_imports=dropped)
            self._holding.set()
        self._stopping.wait(_POLL_SECONDS)

    def _keep(self, name: str, turn: Callable[[], bool | None]) -> None:
        """Calls `turn` until it returns True or the runner stops; after failures ever more
        slowly."""
        backoff = _FIRST_BACKOFF
        while not self._stopping.is_set():
            said = self._attempt(name, turn)
            if said:
                return
            if said is None:
                self._stopping.wait(backoff)
                backoff = min(backoff * 2, _MOST_BACKOFF)
            else:
                backoff = _FIRST_BACKOFF

    def _attempt(self, name: str, turn: Callable[[], bool | None]) -> bool | None:
        """Calls `turn`. Returns what it says; None where it failed, which is logged once and shows
        in `status`."""
        try:
            said = bool(turn())
        except ParallaxError as error:
            self._trouble(name, error)
            return None
        except Exception as error:  # noqa: BLE001 - a thread that ends silently would lose the work
            reason = f"The {name} thread failed ({type(error).__name__}) and tries again."
            self._trouble(name, Unavailable(reason), error)
            return None
        if self._errors.pop(name, None):
            log.info("work goes on", work=name)
        return said

    def _trouble(self, name: str, error: ParallaxError, fault: Exception | None = None) -> None:
        known = self._errors.get(name)
        if not self._stopping.is_set() and (known is None or known.detail != error.detail):
            log.error("work stopped for now", work=name, why=error.detail, exc_info=fault)
        self._errors[name] = error


def _filling(store: Store, vectors: Vectors) -> VectorLoop:
    encoder = vectors.encoder
    if isinstance(encoder, EncoderProcess):
        return VectorLoop(store, vectors, in_use=lambda: encoder.in_use)
    return VectorLoop(store, vectors)
