"""Whose turn it is at a server: one request at a time, with a pause after each."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# Servers that are remembered; a pause is over long before so many others were asked.
_MOST_HOSTS = 1_000


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """The turns at all servers, among the threads of this process. `pause` is in seconds; `wait`
    waits so long, or until there is no more reason to."""

    def __init__(self, pause: float, wait: Callable[[float], object] = time.sleep) -> None:
        self._pause = pause
        self._wait = wait
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def at(self, host: str) -> Iterator[None]:
        """The turn of the caller at a server, once it has come."""
        with self._lock:
            own = self._hosts.setdefault(host, _Host())
            self._hosts.move_to_end(host)
            if len(self._hosts) > _MOST_HOSTS:
                self._hosts.popitem(last=False)
        with own.lock:
            left = own.free_at - time.monotonic()
            if left > 0:
                self._wait(left)
            try:
                yield
            finally:
                own.free_at = time.monotonic() + self._pause
