"""How an answer travels: entity tags, conditional requests, HEAD, and gzip."""

import gzip
import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SMALLEST_ZIPPED = 1_000  # bytes; below that the header costs more than it saves
_ZIPPED_TYPES = ("application/json", "application/problem+json", "text/plain", "text/html")
_TAG = 32  # hexadecimal digits of an entity tag: 128 bits, so that no two answers share one
_LEVEL = 5  # within 2 % of the size that level 9 reaches on our JSON, in a third of the time
_QUICK = 100_000  # bytes, zipped in two milliseconds; longer ones must not keep others waiting
_PER_REQUEST = ("/metrics", "/healthz", "/readyz")


class Representation:
    """Middleware that finishes answers that are made in one piece.

    The tag is a hash of the bytes, so it is equal exactly when they are; the gzipped form has a
    tag of its own, as strong tags must (RFC 9110, 8.8.3.3). Files are passed through: they have
    tags already.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        answer = _Answer(Headers(scope=scope), scope, send, head=head)
        inner = {**scope, "method": "GET"} if head else scope
        await self._app(inner, receive, answer.take)
        scope["route"] = inner.get("route")


class _Answer:
    """One answer on its way out."""

    def __init__(self, asked: Headers, scope: Scope, send: Send, *, head: bool) -> None:
        self._asked = asked
        self._safe = scope["method"] in ("GET", "HEAD")
        self._tagged = self._safe and scope["path"] not in _PER_REQUEST
        self._head = head
        self._send = send
        self._start: Message | None = None
        self._passing = False
        self._ended = False

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            self._passing = "etag" in Headers(raw=message["headers"])
            if self._passing:
                await self._send(message)
        elif self._passing or message.get("more_body") or self._start is None:
            await self._stream(message)
        else:
            await self._finish(self._start, message.get("body", b""))

    async def _stream(self, message: Message) -> None:
        if not self._passing and self._start is not None:
            await self._send(self._start)
            self._passing = True
        if not self._head:
            await self._send(message)
        elif not self._ended:
            # All that was asked for is said: what makes the rest learns that nobody listens.
            self._ended = True
            await self._send({"type": "http.response.body", "body": b""})

    async def _finish(self, start: Message, body: bytes) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        status = start["status"]
        kind = headers.get("content-type", "").partition(";")[0]
        zipped = b""
        if kind in _ZIPPED_TYPES:
            headers.add_vary_header("Accept-Encoding")
            if len(body) >= _SMALLEST_ZIPPED and _takes_gzip(self._asked):
                zipped = await _zip(body)
                headers["Content-Encoding"] = "gzip"
        if self._tagged and status == 200:
            tag = hashlib.sha256(body).hexdigest()[:_TAG]
            headers["ETag"] = f'"{tag}-gzip"' if zipped else f'"{tag}"'
            headers["Cache-Control"] = "private, no-cache"
            if _known(self._asked, tag):
                await self._not_modified(headers)
                return
        content = zipped or body
        if body or "content-length" in headers:
            headers["Content-Length"] = str(len(content))
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": b"" if self._head else content})

    async def _not_modified(self, headers: MutableHeaders) -> None:
        for name in ("Content-Length", "Content-Type", "Content-Encoding"):
            if name in headers:
                del headers[name]
        await self._send({"type": "http.response.start", "status": 304, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": b""})


async def _zip(body: bytes) -> bytes:
    # Without a time of day, so that equal answers are equal bytes.
    if len(body) < _QUICK:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await run_in_threadpool(gzip.compress, body, _LEVEL, mtime=0)


def _known(asked: Headers, tag: str) -> bool:
    """Whether If-None-Match names this tag, in any coding: weak comparison (RFC 9110, 13.1.2)."""
    given = ",".join(asked.getlist("if-none-match"))
    tags = [part.strip().removeprefix("W/").strip('"') for part in given.split(",")]
    return "*" in tags or any(part.removesuffix("-gzip") == tag for part in tags)


def _takes_gzip(asked: Headers) -> bool:
    quality: dict[str, float] = {}
    for part in ",".join(asked.getlist("accept-encoding")).split(","):
        coding, _, weight = part.partition(";")
        try:
            quality[coding.strip().lower()] = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
    return quality.get("gzip", quality.get("*", 0.0)) > 0
