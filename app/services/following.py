"""How far a collection run is, and the articles of it that wait to be analysed."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.errors import Unavailable
from app.services.work import Work
from app.store.articles.queue import failure_reasons, still_pending
from app.store.engine.sessions import Store

_LOOK_SECONDS = 0.2
# A database that is locked for a moment is no reason to give up.
_TROUBLE_SECONDS = 30.0
# Articles that may wait while more are read: enough for workers on many hosts.
MOST_WAITING = 10_000
_LOOK_EVERY = 100
# Failures that are kept to be told at the end; all of them are reported as they come.
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A document that was not taken, or not analysed: where it stands, and why."""

    place: str
    detail: str


@dataclass(frozen=True, slots=True)
class Far:
    """How far a run is: what goes on, documents that are through, and `share` of the whole (0 to
    1; None where nobody knows how much there is)."""

    what: str
    through: int
    read: int
    share: float | None


type Show = Callable[[Far], None]
type Report = Callable[[NotTaken], None]


@dataclass(slots=True)
class Failures:
    """The failures of a run, reported as they come; the first of them are kept."""

    report: Report
    count: int = 0
    first: list[NotTaken] = field(default_factory=list)

    def add(self, failure: NotTaken) -> None:
        """Reports and counts one."""
        self.count += 1
        if len(self.first) < _KEPT:
            self.first.append(failure)
        self.report(failure)


@dataclass(slots=True)
class Reach:
    """How far a run is. `size` is that of all inputs in bytes, None where one has none."""

    size: int | None
    show: Show
    read: int = 0
    waiting: int = 0
    _bytes: int = 0

    def heard(self, count: int) -> None:
        """So many more bytes of the inputs have been read."""
        self._bytes += count

    def tell(self, what: str) -> None:
        """Shows it."""
        through = self.read - self.waiting
        share = None
        if self.size:
            share = min(1.0, self._bytes / self.size) * (through / self.read if self.read else 0)
        self.show(Far(what, through, self.read, share))


class Following:
    """The articles of a run until they are analysed, a bounded number of them."""

    def __init__(
        self,
        store: Store,
        work: Work,
        failures: Failures,
        reach: Reach,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._store = store
        self._work = work
        self._failures = failures
        self._reach = reach
        self._most = most_waiting
        self._places: dict[int, str] = {}
        self._new = 0

    def add(self, article: int, place: str) -> None:
        """Follows an article. Waits while too many wait; raises what `wait` raises."""
        self._places[article] = place
        self._reach.waiting = len(self._places)
        self._work.wake()
        self._new += 1
        if self._new >= _LOOK_EVERY:
            self._new = 0
            self._drop_analysed()
        if len(self._places) >= self._most:
            self.wait(self._most // 2)

    def wait(self, most: int = 0) -> None:
        """Waits until no more than `most` of the articles are pending.

        Raises Unavailable where the analysing is kept from going on.
        """
        well = time.monotonic()
        while True:
            trouble = self._work.status().error
            if trouble is None:
                well = time.monotonic()
            elif time.monotonic() - well > _TROUBLE_SECONDS:
                raise Unavailable(f"{trouble} What is not analysed yet will be at the next start.")
            self._drop_analysed()
            self._reach.tell("Analysing")
            if len(self._places) <= most:
                return
            time.sleep(_LOOK_SECONDS)

    def _drop_analysed(self) -> None:
        with self._store.read() as session:
            pending = still_pending(session, self._places)
            done: Mapping[int, str] = {
                article: place for article, place in self._places.items() if article not in pending
            }
            failed = failure_reasons(session, done)
        for article, reason in failed.items():
            self._failures.add(NotTaken(done[article], reason))
        for article in done:
            del self._places[article]
        self._reach.waiting = len(self._places)
