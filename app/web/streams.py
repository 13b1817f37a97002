"""What changed as a stream of server-sent events: one look at the store for all who listen."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.domain.change import ChangePage
from app.errors import ParallaxError, Unavailable
from app.store.engine.sessions import Store
from app.store.queries.changes import last_change
from app.web.problems import from_error
from app.web.schemas.changes import Change

MEDIA_TYPE = "text/event-stream"
# How often the store is looked at while somebody listens.
_LOOK_SECONDS = 0.5
# Proxies hang up on what is silent for a minute, some for half of one.
HEARTBEAT_SECONDS = 15.0
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

type Read = Callable[[int], ChangePage]


class Listener:
    """Somebody who listens: woken when there is news, and when the stream is to end."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.ended = False

    def end(self) -> None:
        """Ends the stream where it is."""
        self.ended = True
        self.wake.set()


class Streams:
    """The streams of this process, at most so many. They hold no connection to the store while
    nothing happens; all of its methods belong to the event loop."""

    def __init__(self, store: Store, most: int) -> None:
        self._store = store
        self._most = most
        self._listeners: set[Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self.last = 0

    def join(self) -> Listener:
        """A listener, to `leave` when it ends. Raises Unavailable where there are too many."""
        if len(self._listeners) >= self._most:
            raise Unavailable(
                f"{self._most} streams are open, as many as may be (PARALLAX_MAX_STREAMS). Ask "
                "/v1/changes, or try again soon."
            )
        listener = Listener()
        self._listeners.add(listener)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return listener

    def leave(self, listener: Listener) -> None:
        """Gives the place of a listener back."""
        self._listeners.discard(listener)

    async def _look(self) -> None:
        while self._listeners:
            try:
                last = await run_in_threadpool(self._read_last)
            except ParallaxError:
                last = self.last  # a store that cannot be read has no news; streams wait for some
            if last != self.last:
                self.last = last
                for each in self._listeners:
                    each.wake.set()
            await asyncio.sleep(_LOOK_SECONDS)

    def _read_last(self) -> int:
        with self._store.read() as session:
            return last_change(session)


class EventStream(StreamingResponse):
    """The changes after those of a page, and all that are still to come, for so many `seconds` (for
    ever without); `read` gives the page after a number."""

    def __init__(
        self, streams: Streams, first: ChangePage, read: Read, seconds: float | None
    ) -> None:
        self._streams = streams
        self._read = read
        self._until = float("inf") if seconds is None else time.monotonic() + seconds
        self._first = first
        super().__init__((), media_type=MEDIA_TYPE, headers=_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the stream until the client goes, the service ends, or its time is over."""
        try:
            listener = self._streams.join()
        except Unavailable as error:
            await from_error(error)(scope, receive, send)
            return
        # What a connection calls when the service is told to end (`app.protocol`).
        Request(scope).state.end_stream = listener.end
        self.body_iterator = self._events(listener)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._streams.leave(listener)

    async def _events(self, listener: Listener) -> AsyncIterator[str]:
        page = self._first
        yield ": the changes of this collection\nretry: 2000\n\n"
        while True:
            for each in page.items:
                yield _event(Change.of(each))
            while not page.more and not await self._news(listener, page.last):
                if listener.ended or time.monotonic() >= self._until:
                    return
                yield f": nothing new\nid: {page.last}\n\n"
            if listener.ended or time.monotonic() >= self._until:
                return
            try:
                page = await run_in_threadpool(self._read, page.last)
            except ParallaxError:
                return  # who listens comes back with the last id

    async def _news(self, listener: Listener, last: int) -> bool:
        """Waits until there is something after a number, for the time of a heartbeat at most."""
        listener.wake.clear()
        if self._streams.last > last:
            return True
        left = max(0.0, self._until - time.monotonic())
        try:
            async with asyncio.timeout(min(HEARTBEAT_SECONDS, left)):
                await listener.wake.wait()
        except TimeoutError:
            return False
        return not listener.ended


def _event(change: Change) -> str:
    return f"id: {change.cursor}\ndata: {change.model_dump_json()}\n\n"
