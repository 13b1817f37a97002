"""`POST /mcp`: the protocol over HTTP, each request a connection of its own.

Nothing is kept between requests, so that any process may answer any of them. The SDK is imported
when it is first needed: a service that no agent calls does without its half second and 30 MB.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from anyio.to_thread import run_sync

from app.agents.parts import Allowed, Parts
from app.errors import Forbidden

if TYPE_CHECKING:
    from mcp.server.lowlevel.server import Server

PATH = "/mcp"
ANY = "*"
_JSON = ("application/json", "application/*", "*/*")
_EVENTS = ("text/event-stream", "text/*")

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AgentEndpoint:
    """The ASGI application of one path. `allowed` says what a caller may do by the mark of the
    known key that came with the request, None where none did; `hosts` are the names under which
    the service may be asked, `origins` the pages that may ask it beside its own."""

    parts: Callable[[Scope], Parts]
    allowed: Callable[[str | None], Allowed]
    hosts: Collection[str]
    origins: Collection[str]
    max_body: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request. Raises Forbidden for one that was sent here under another name."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        self._check_names(headers)
        body = await _whole(receive)
        if body is None:
            return
        parts, allowed = self.parts(scope), self.allowed(scope["state"].get("caller"))
        server = await run_sync(_server, parts, allowed)
        await self._answer(server, headers, {**scope}, _again(body, receive), send)

    async def _answer(
        self,
        server: "Server[dict[str, Any]]",
        headers: Mapping[bytes, str],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        takes_json, takes_events = _accepted(headers.get(b"accept", "*/*"))
        if takes_json or takes_events:
            # The SDK would have every client take both.
            both = b"application/json, text/event-stream"
            others = [each for each in scope["headers"] if each[0] != b"accept"]
            scope["headers"] = [*others, (b"accept", both)]
        manager = StreamableHTTPSessionManager(
            server, stateless=True, json_response=takes_json, max_request_body_size=self.max_body
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    def _check_names(self, headers: Mapping[bytes, str]) -> None:
        """A page whose name was pointed at this machine (DNS rebinding) asks under that name."""
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        if not self._known(host):
            raise Forbidden(
                f"{PATH} is not asked under the name {host[:80]!r}: PARALLAX_MCP_HOSTS has the "
                "names under which it is."
            )
        if origin is None or origin in self.origins or ANY in self.origins:
            return
        if not self._known(urlsplit(origin).netloc):
            raise Forbidden(
                f"{PATH} is not asked by pages of {origin[:80]!r}: PARALLAX_CORS_ORIGINS has those "
                "that may."
            )

    def _known(self, host: str) -> bool:
        name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
        return ANY in self.hosts or not {host.lower(), name.lower()}.isdisjoint(self.hosts)


def _server(parts: Parts, allowed: Allowed) -> "Server[dict[str, Any]]":
    from app.agents.server import server_for

    return server_for(parts, allowed)


def _accepted(accept: str) -> tuple[bool, bool]:
    """Whether a client takes JSON, and an event stream."""
    kinds = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    return not kinds.isdisjoint(_JSON), not kinds.isdisjoint(_EVENTS)


async def _whole(receive: Receive) -> bytes | None:
    """The body, as large as what stands before this lets it be; None where the client has gone.
    Read here, where what is wrong with it can still be answered: the SDK works in task groups."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives the body that was read, then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
