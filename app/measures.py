"""What the parts of the service count while they work, for who watches it: sums from the start of
the process, or of the one that several web processes belong to. `/metrics` shows them."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple


class Sum(NamedTuple):
    """How many things, and the seconds that all of them took."""

    things: int = 0
    seconds: float = 0.0


class Measure:
    """Sums by label; threads share it."""

    def __init__(self) -> None:
        self._sums: dict[str, Sum] = {}
        self._lock = Lock()
        self._tell: Callable[[str, int, float], None] | None = None

    def counted_by(self, tell: Callable[[str, int, float], None] | None) -> None:
        """Has another process keep the sums, which `tell` tells of each."""
        self._tell = tell

    def add(self, label: str, things: int = 1, seconds: float = 0.0) -> None:
        """Counts these things, which took so many seconds together."""
        if self._tell:
            self._tell(label, things, seconds)
            return
        with self._lock:
            before = self._sums.get(label, Sum())
            self._sums[label] = Sum(before.things + things, before.seconds + seconds)

    @contextmanager
    def timed(self, label: str, things: int = 1) -> Iterator[None]:
        """Counts these things with the time of the block, also where it raises."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add(label, things, time.perf_counter() - began)

    def sums(self) -> Mapping[str, Sum]:
        """All of them so far."""
        with self._lock:
            return dict(self._sums)


# Documents by stage of ingest: `fetch` (from other servers), `read` (cleaned and identified),
# `analyse` (in a worker: the model and what is built on it), `store` (resolved and written).
STAGES = Measure()
# Addresses that could not be fetched, by the code of the error.
FETCH_FAILURES = Measure()
MEASURES: Mapping[str, Measure] = {"stages": STAGES, "fetch_failures": FETCH_FAILURES}


def all_sums() -> dict[str, Mapping[str, Sum]]:
    """The sums of each of `MEASURES`."""
    return {name: measure.sums() for name, measure in MEASURES.items()}
