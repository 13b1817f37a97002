"""Polls the feeds of a collection, in threads of this process.

Which feed is due, and whose affair it is, stands in the database: any number of processes poll,
each feed by one of them, and no server is asked for two of its feeds at once.
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from typing import Self

import structlog

from app.errors import ParallaxError
from app.intake.turns import Turns
from app.services.feed_polling import BrokenOff, FeedFetcher, Poll
from app.settings import Settings
from app.store.articles.polled_feeds import any_due, claim_due, drop_feed_claims, finish_poll
from app.store.engine.sessions import Store

log = structlog.get_logger(__name__)

# Feeds that are polled at a time: most of it is waiting for other servers.
_THREADS = 4
_LOOK_SECONDS = 1.0
_TROUBLE_SECONDS = 5.0
_STOP_SECONDS = 2.0
# Between two requests to one server.
_PAUSE_SECONDS = 1.0


class FeedPolling:
    """The threads that poll; `accepted` is called when articles were added. Use as a context
    manager, or `start` and `stop` it."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        fetcher: FeedFetcher,
        accepted: Callable[[], None],
        *,
        pause_seconds: float = _PAUSE_SECONDS,
    ) -> None:
        self._store = store
        self._settings = settings
        self._fetcher = fetcher
        self._accepted = accepted
        self._stopping = threading.Event()
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._turns = Turns(pause_seconds, self._stopping.wait)
        self._threads = [
            # Daemons, for a server that hangs must not hold up the end of the service.
            threading.Thread(target=self._run, name="feeds", daemon=True)
            for _ in range(_THREADS)
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begins to poll whatever is due."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends within three seconds; feeds whose polls are broken off are due as before."""
        self._stopping.set()
        deadline = time.monotonic() + _STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        try:
            with self._store.write() as session:
                drop_feed_claims(session, self._holder)
        except ParallaxError as error:
            log.warning("claims on feeds not given back", why=error.detail)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                if not self._turn():
                    self._stopping.wait(_LOOK_SECONDS)
            except BrokenOff:
                continue
            except ParallaxError as error:
                self._trouble(error.detail)
            except Exception as error:
                # A thread that ends silently would leave feeds unread for good.
                if not self._stopping.is_set():
                    log.exception("feed not polled")
                self._trouble(type(error).__name__)

    def _trouble(self, why: str) -> None:
        if not self._stopping.is_set():
            log.error("polling of feeds stopped for now", why=why)
        self._stopping.wait(_TROUBLE_SECONDS)

    def _turn(self) -> bool:
        """Polls a feed that is due. Returns whether there was one."""
        with self._store.read() as session:  # without the writers' turn, while nothing is due
            if not any_due(session):
                return False
        with self._store.write() as session:
            feed = claim_due(session, self._holder)
        if feed is None:
            return False
        result = Poll(
            self._store,
            feed,
            self._holder,
            self._fetcher,
            self._settings,
            self._turns,
            lambda: not self._stopping.is_set(),
        ).run()
        with self._store.write() as session:
            interval = feed.interval or self._settings.feed_interval
            finish_poll(session, feed, self._holder, result, interval)
        log.info(
            "feed polled",
            feed=feed.id,
            created=result.counts.created,
            failed=result.error is not None,
        )
        if result.counts.created or result.counts.revised:
            self._accepted()
        return True
