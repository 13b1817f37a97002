"""Sentence vectors of stored articles, made while there is nothing else to do."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from app.services.vectors import Vectors
from app.store.articles.queue import any_pending
from app.store.engine.sessions import Store

# Articles of one turn, half a second: so long it goes on beside an article that arrives.
_ARTICLES = 8
# Nothing starts before so long a quiet: articles come in rows, and a service that starts has
# better things to do.
QUIET_SECONDS = 2.0
# Where articles arrive without a pause, and are compared: between two turns beside them. Else each
# comparison of what is new would make its vectors while somebody waits.
BUSY_SECONDS = 2.0


class VectorLoop:
    """Makes missing vectors while no article is pending, and now and then beside those that are as
    long as vectors are `in_use`; `turn` is called over and over by one thread. It goes through all
    articles by id, and again from the first that is analysed."""

    def __init__(
        self,
        store: Store,
        vectors: Vectors,
        *,
        in_use: Callable[[], bool] = lambda: False,
        quiet_seconds: float = QUIET_SECONDS,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self._in_use = in_use
        self._busy_seconds = busy_seconds
        self._made = time.monotonic()
        self._store = store
        self._vectors = vectors
        self._quiet_seconds = quiet_seconds
        self._quiet_since = time.monotonic()
        self._wake = threading.Event()
        self._starts: deque[int] = deque()
        # Articles past this id may lack vectors; None: no article does.
        self._place: int | None = 0

    def wake(self) -> None:
        """Tells the loop that there may be something to do."""
        self._wake.set()

    def analysed(self, articles: Sequence[int]) -> None:
        """Tells the loop that these articles may have new sentences."""
        self._starts.append(min(articles) - 1)
        self._wake.set()

    def turn(self, seconds: float) -> None:
        """Makes the vectors of the next few articles, or waits up to `seconds` for some that lack
        them and for quiet. Raises what the store raises; then a later turn makes them."""
        self._wake.clear()
        while self._starts:
            start = self._starts.popleft()
            self._place = start if self._place is None else min(self._place, start)
        if self._place is None or not (self._quiet() or self._due()):
            self._wake.wait(seconds)
            return
        self._made = time.monotonic()
        self._place = self._vectors.fill(self._place, _ARTICLES)

    def _due(self) -> bool:
        return time.monotonic() - self._made >= self._busy_seconds and self._in_use()

    def _quiet(self) -> bool:
        with self._store.read() as session:
            if any_pending(session):
                self._quiet_since = time.monotonic()
                return False
        return time.monotonic() - self._quiet_since >= self._quiet_seconds
