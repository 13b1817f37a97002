"""Delivers webhooks: one thread looks for what is to be sent, a few send."""

import threading
import time
from typing import Self
from uuid import uuid4

import structlog

from app.errors import ParallaxError
from app.services.webhooks import Schedule, Sender, deliver, match
from app.store.engine.sessions import Store
from app.store.webhooks import Due, any_due, claim_due

log = structlog.get_logger(__name__)

# Messages that are under way at a time; of one webhook never more than one, in its order.
SENDERS = 8
_POLL_SECONDS = 1.0
# More than a message may take (`PARALLAX_FETCH_TIMEOUT`) with its two transactions.
_LEASE_MARGIN = 10.0
_STOP_SECONDS = 2.0
_MOST_BACKOFF = 30.0


class WebhookLoop:
    """Matches and delivers the webhooks of a store, beside others that do: each message is claimed
    by one of them. `timeout` is the longest time that one message takes. Use as a context manager.

    Its threads are daemons: a receiver that hangs must not hold up the end of the service. What
    was under way then is sent again by the next, under the same id.
    """

    def __init__(
        self, store: Store, sender: Sender, timeout: float, schedule: Schedule | None = None
    ) -> None:
        self._store = store
        self._sender = sender
        self._lease = timeout + _LEASE_MARGIN
        self._schedule = schedule or Schedule()
        self._holder = uuid4().hex
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._sending = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join(_STOP_SECONDS)
        deadline = time.monotonic() + _STOP_SECONDS
        while self._sending and time.monotonic() < deadline:
            time.sleep(0.02)

    def _run(self) -> None:
        backoff = _POLL_SECONDS
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self._turn()
                backoff = _POLL_SECONDS
            except ParallaxError as error:
                log.warning("webhooks wait", why=error.detail)
                backoff = min(backoff * 2, _MOST_BACKOFF)
            except Exception:
                # A thread that ends silently would never deliver again.
                log.exception("webhooks wait")
                backoff = min(backoff * 2, _MOST_BACKOFF)
            self._wake.wait(backoff)

    def _turn(self) -> None:
        added = match(self._store)
        if added:
            log.info("webhooks matched", messages=added)
        free = SENDERS - self._sending
        if not free:
            return
        with self._store.read() as session:
            if not any_due(session):
                return
        with self._store.write() as session:
            claimed = claim_due(session, self._holder, free, self._lease)
        for due in claimed:
            with self._lock:
                self._sending += 1
            threading.Thread(target=self._send, args=(due,), name="webhook", daemon=True).start()

    def _send(self, due: Due) -> None:
        try:
            taken = deliver(self._store, due, self._holder, self._sender, self._schedule)
            log.info("webhook sent", webhook=due.webhook, message=due.message, taken=taken)
        except ParallaxError as error:
            # Its claim runs out, and it is sent again.
            log.warning("webhook not noted", webhook=due.webhook, why=error.detail)
        finally:
            with self._lock:
                self._sending -= 1
            self._wake.set()
