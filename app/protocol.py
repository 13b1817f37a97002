"""HTTP connections that hold nothing for ever: bounded in number, in the time that a client may
take, and in what it may send beside bodies, none of which uvicorn and httptools bound
themselves."""

import asyncio
from typing import TYPE_CHECKING, Any, Literal

from httptools import HttpParserError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from uvicorn.config import Config

# So many bytes of a body buy as much time again: a client that sends less is as good as silent.
_STEP = 16_384
# Bytes of a head, or of what stands between the parts of a body and after it: both are kept until
# they end, by the parser. The reason of a correction stands in its address, in up to 24,000 bytes.
_MOST_BESIDE_BODY = 65_536
# What is parsed at once may hold so many short requests, each of which waits for its turn.
_PIECE = 4_096
# Bytes of requests that wait unparsed for the answers to those before them: more than event loops
# read at once.
_MOST_WAITING = 300_000
# What a request that is not here yet is given when the service ends.
_LAST_SECONDS = 2.0
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\n"
    b"retry-after: 1\r\nconnection: close\r\n\r\n"
    b'{"type":"urn:parallax:problem:unavailable","title":"Not available now","status":503,'
    b'"detail":"Too many connections are open. Try again soon."}'
)

type _Part = Literal["head", "body"]


def bounded(most: int, seconds: float) -> type[HttpToolsProtocol]:
    """The protocol of a server with at most so many connections, each of which has so many seconds
    for the head of a request, and for every 16 kB of its body."""

    class Bounded(_Bounded):
        most_connections = most
        request_seconds = seconds

    return Bounded


class _Bounded(HttpToolsProtocol):
    most_connections: int
    request_seconds: float

    def __init__(self, config: "Config", *args: Any, **options: Any) -> None:
        super().__init__(config, *args, **options)
        self._timer: asyncio.TimerHandle | None = None
        self._timed: _Part | None = None  # what the timer is for
        self._taken = 0  # bytes since it was set
        self._due: _Part | None = None  # what of a request comes next, None where it is whole
        self._beside_body = 0  # bytes since the last that were of a body, or ended a request
        self._waiting = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            transport.write(_FULL)
            transport.close()
        else:
            self._due = "head"
            self._await()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        self._waiting = b""
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._taken += len(data)
        self._parse(self._waiting + data if self._waiting else data)

    def _parse(self, data: bytes) -> None:
        """Parses so much of it that no request waits for the answer to the one before."""
        at = 0
        while at < len(data) and not self.pipeline and not self.transport.is_closing():
            piece = data[at : at + _PIECE]
            at += len(piece)
            self._beside_body += len(piece)
            super().data_received(piece)
            if self._beside_body > _MOST_BESIDE_BODY and not self.transport.is_closing():
                self.send_400_response("This is too long for a head.")
        self._waiting = data[at:]
        if len(self._waiting) > _MOST_WAITING:
            self.transport.close()
        elif self._waiting:
            self.flow.pause_reading()
        self._bound_time()

    def _bound_time(self) -> None:
        if self._due is None and not self._is_answering():
            self._due = "head"  # came an empty line, or the rest of a body that nobody read
        if self._due is None or self.transport.is_closing():
            self._rest()
        elif self._timer is None or self._due != self._timed or self._taken > _STEP:
            self._await()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._due = "head"

    def on_header(self, name: bytes, value: bytes) -> None:
        # A trailer must not pass for a header of a request that is being answered already.
        if self._due == "head":
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() == "1.1"):
            raise HttpParserError("a request names one host")  # RFC 9112, 3.2
        super().on_headers_complete()
        self._due = "body"

    def on_body(self, body: bytes) -> None:
        self._beside_body = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._beside_body = 0
        self._due = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._waiting and not self.transport.is_closing():
            self._parse(self._waiting)

    def send_400_response(self, msg: str) -> None:
        if self.pipeline or (self._is_answering() and self.cycle.response_started):
            self.transport.close()  # it would stand in the middle of an answer
        else:
            super().send_400_response(msg)

    def shutdown(self) -> None:
        super().shutdown()
        if self._is_answering():
            # A stream that would go on for ever ends here, and at once.
            end_stream = self.cycle.scope.get("state", {}).get("end_stream")
            if end_stream:
                end_stream()
        if self._timer is not None:
            self._await(min(self.request_seconds, _LAST_SECONDS))

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _await(self, seconds: float | None = None) -> None:
        self._rest()
        self._timed, self._taken = self._due, 0
        self._timer = self.loop.call_later(seconds or self.request_seconds, self._give_up)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        if self.flow.read_paused or (self._timed == "head" and self._is_answering()):
            self._await()  # it is we who do not read, or the next request has time
        else:
            self.transport.close()
