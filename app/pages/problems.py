"""Problems as pages, for those who read them in a browser."""

import gzip

import orjson
from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.pages.answers import html, wants_html
from app.web.problems import MEDIA_TYPE

# What only programs call answers in JSON, whoever asks.
_PROGRAMS = "/v1/"
_KEPT = (b"retry-after", b"www-authenticate", b"allow")


class ProblemPages:
    """Middleware that turns `application/problem+json` into a page for who would rather have
    HTML, with the same status."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or get_route_path(scope).startswith(_PROGRAMS)
            or not wants_html(scope)
        ):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def turned(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if (
                    not Headers(raw=message["headers"])
                    .get("content-type", "")
                    .startswith(MEDIA_TYPE)
                ):
                    await send(message)
                else:
                    start = message
            elif start is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _answer(scope, receive, send, start, bytes(body))

        await self._app(scope, receive, turned)


async def _answer(scope: Scope, receive: Receive, send: Send, start: Message, body: bytes) -> None:
    headers = Headers(raw=start["headers"])
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    if not body:  # HEAD
        await send(start)
        await send({"type": "http.response.body", "body": b""})
        return
    page = html(scope, "problem.html", start["status"], problem=orjson.loads(body))
    page.raw_headers.extend(each for each in start["headers"] if each[0].lower() in _KEPT)
    await page(scope, receive, send)
