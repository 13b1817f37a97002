"""Bodies no larger than the limits, counted while they come in."""

from collections.abc import Sequence

from anyio import move_on_after
from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BadRequest, ParallaxError, TooLarge, UnsupportedMedia
from app.web.problems import from_error

# The API's, and the form of the front page.
_IMPORTS = ("/v1/imports", "/add")
# Bodies of imports are files, which are unpacked as they are read, by their first bytes.
_PACKED = ("gzip", "zstd")
# A client that is refused while it is still sending may never read why. So the rest of its body is
# received and dropped first, within these bounds: ours.
_DISCARDED_BYTES = 64_000_000
_DISCARD_SECONDS = 5.0
_DIGITS = 19  # of a length: what fits into 63 bits


class BodyLimit:
    """Middleware that answers 413 as soon as a body is larger than it may be."""

    def __init__(self, app: ASGIApp, *, max_body: int, max_import: int) -> None:
        self._app = app
        self._max_body = max_body
        self._max_import = max_import

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        importing = get_route_path(scope) in _IMPORTS
        body = _Body(receive, self._max_import if importing else self._max_body)
        headers = Headers(scope=scope)
        under_way = "content-length" in headers or "transfer-encoding" in headers

        async def answer(message: Message) -> None:
            # A client that asked before sending ("Expect: 100-continue") has nothing under way.
            begun = body.taken or "expect" not in headers
            if message["type"] == "http.response.start" and under_way and begun:
                await body.discard()
            await send(message)

        try:
            _check_encoding(headers, _PACKED if importing else ())
            if _declared(headers) > body.limit:
                raise _too_large(body.limit)
        except ParallaxError as error:
            await from_error(error)(scope, receive, answer)
            return
        await self._app(scope, body.receive, answer)


class _Body:
    """The body of one request, counted."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._ended = False
        self.limit = limit
        self.taken = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._count(message)
        if self.taken > self.limit:
            raise _too_large(self.limit)
        return message

    async def discard(self) -> None:
        """Receives and drops the rest of the body, up to a bound of bytes and seconds."""
        most = self.taken + _DISCARDED_BYTES
        with move_on_after(_DISCARD_SECONDS):
            while not self._ended and self.taken < most:
                self._count(await self._receive())

    def _count(self, message: Message) -> None:
        self.taken += len(message.get("body", b""))
        self._ended = message["type"] != "http.request" or not message.get("more_body", False)


def _check_encoding(headers: Headers, packed: Sequence[str]) -> None:
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", *packed):
        either = f", or with {' or '.join(packed)}" if packed else ""
        raise UnsupportedMedia(
            f"Send the body as it is{either}, not with Content-Encoding {encoding[:60]}."
        )


def _declared(headers: Headers) -> int:
    value = headers.get("content-length", "0")
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
        raise BadRequest("Content-Length is not a number.")
    return int(value)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {limit:,} bytes.")
