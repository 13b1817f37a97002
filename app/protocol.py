"""HTTP connections that hold nothing for ever: bounded in number and in the time that a client
may take, neither of which uvicorn bounds itself."""

import asyncio
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from uvicorn.config import Config

# So many bytes of a body buy as much time again: a client that sends less is as good as silent.
_STEP = 16_384
# What a request that is not here yet is given when the service ends.
_LAST_SECONDS = 2.0
# The two headers that say where a body ends.
_FRAMING = frozenset({b"content-length", b"transfer-encoding"})
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\n"
    b"retry-after: 1\r\nconnection: close\r\n\r\n"
    b'{"type":"urn:parallax:problem:unavailable","title":"Not available now","status":503,'
    b'"detail":"Too many connections are open. Try again soon."}'
)


def bounded(most: int, seconds: float) -> type[H11Protocol]:
    """The protocol of a server with at most so many connections, each of which has so many seconds
    for the head of a request, and for every 16 kB of its body."""

    class Bounded(_Bounded):
        most_connections = most
        request_seconds = seconds

    return Bounded


class _Bounded(H11Protocol):
    most_connections: int
    request_seconds: float

    def __init__(self, config: "Config", *args: Any, **options: Any) -> None:
        super().__init__(config, *args, **options)
        self._timer: asyncio.TimerHandle | None = None
        self._awaited: object = None  # the part of a request that the timer is for
        self._taken = 0  # bytes since it was set

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            transport.write(_FULL)
            transport.close()
        else:
            self._await()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._taken += len(data)
        super().data_received(data)

    def handle_events(self) -> None:
        super().handle_events()
        due = self.conn.their_state
        begun = due is h11.SEND_BODY or (due is h11.IDLE and self.conn.trailing_data[0])
        if not begun or self.transport.is_closing():
            self._rest()
        elif self._timer is None or due is not self._awaited or self._taken > _STEP:
            self._await()
        if self.cycle and {name for name, _ in self.headers or ()} >= _FRAMING:
            # Who reads the other of the two sees another end of this request (RFC 9112, 6.1).
            self.cycle.keep_alive = False

    def shutdown(self) -> None:
        super().shutdown()
        if self.cycle and not self.cycle.response_complete:
            # A stream that would go on for ever ends here, and at once.
            end_stream = self.cycle.scope.get("state", {}).get("end_stream")
            if end_stream:
                end_stream()
        if self._timer is not None:
            self._await(min(self.request_seconds, _LAST_SECONDS))

    def _await(self, seconds: float | None = None) -> None:
        self._rest()
        self._awaited, self._taken = self.conn.their_state, 0
        self._timer = self.loop.call_later(seconds or self.request_seconds, self._give_up)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        if self.flow.read_paused:
            self._await()  # it is we who do not read
        else:
            self.transport.close()
