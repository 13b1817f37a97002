"""Who may call, and how often: keys, sessions and rate limits, before any body is read."""

from collections.abc import Sequence
from math import ceil
from time import time
from typing import TYPE_CHECKING

from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Forbidden, InvalidInput, ParallaxError, TooManyRequests, Unauthorized
from app.web.keys import AGENTS, HEADER, OPEN, SAFE_METHODS
from app.web.problems import from_error
from app.web.sessions import Sessions, Visit

if TYPE_CHECKING:
    from limits import RateLimitItem

# What only programs call: they have keys, no sessions.
_PROGRAMS = "/v1/"


class RateLimit:
    """A moving window over the requests of each client, kept in memory."""

    def __init__(self, rule: str | None) -> None:
        self._items: Sequence[RateLimitItem] = ()
        if rule:
            # Here and below: most services have no limit, and need not wait for the library.
            from limits.storage import MemoryStorage
            from limits.strategies import MovingWindowRateLimiter

            self._items = _limits(rule)
            self._window = MovingWindowRateLimiter(MemoryStorage())

    def take(self, client: str) -> None:
        """Counts one request of this client; raises TooManyRequests where it is one too many."""
        for item in self._items:
            if not self._window.hit(item, client):
                reset, _ = self._window.get_window_stats(item, client)
                raise TooManyRequests(
                    f"More than {item.amount} requests in {_duration(item)}.",
                    retry_after=max(1, ceil(reset - time())),
                )


class Guard:
    """Middleware that asks for a key, or the session of one, where one is needed, refuses what
    pages of other sites have a browser send, and counts requests for each key, or for each address
    where there is none. `origins` are those of other sites whose pages may call (`*` for all)."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        sessions: Sessions,
        rate_limit: RateLimit,
        origins: Sequence[str] = (),
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._keys = sessions.keys
        self._rate_limit = rate_limit
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or OPEN.fullmatch(get_route_path(scope)):
            await self._app(scope, receive, send)
            return
        try:
            self._admit(scope)
        except ParallaxError as error:
            await from_error(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _admit(self, scope: Scope) -> None:
        # A service may stand below a path of its host.
        path = get_route_path(scope)
        headers = Headers(scope=scope)
        given = headers.get(HEADER)
        owner = self._keys.owner(given)
        state = scope.setdefault("state", {})
        program = path.startswith(_PROGRAMS) or path == AGENTS
        if not program:
            visit = state["visit"] = Visit(self._sessions, scope, keyed=owner is not None)
            owner = visit.holder if given is None else owner
        # What a route that keeps a log of who did what reads.
        state["caller"] = owner
        address = scope["client"][0] if scope.get("client") else "unknown"
        self._rate_limit.take(owner or f"address:{address}")
        if given is None and scope["method"] not in SAFE_METHODS and path != AGENTS:
            self._check_site(headers)
        if not self._keys or owner:
            return
        if given is not None:
            raise Unauthorized(f"The key in the {HEADER} header is not known.")
        if self._keys.needed(scope["method"], path):
            send = "Send" if program else "Sign in, or send"
            raise Unauthorized(f"{send} a key in the {HEADER} header.")

    def _check_site(self, headers: Headers) -> None:
        """Refuses what another site had a browser send: what can be reached from the machine of a
        reader is not everybody's to write to.

        Browsers name the site in `Sec-Fetch-Site` or `Origin`; programs send neither. Raises
        Forbidden.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin", "")
        if "*" in self._origins or origin in self._origins:
            return
        foreign = bool(origin) and origin.partition("://")[2] != headers.get("host")
        if site not in (None, "same-origin", "none") or (site is None and foreign):
            raise Forbidden("This was sent from a page of another site.")


def _limits(rule: str) -> "Sequence[RateLimitItem]":
    from limits import parse_many

    try:
        items = parse_many(rule)
    except ValueError:
        items = []
    if not items or any(item.amount < 1 for item in items):
        raise InvalidInput(
            f"PARALLAX_RATE_LIMIT: {rule!r} is not a rate such as 60/minute or 5/second;1000/hour"
        )
    return items


def _duration(item: "RateLimitItem") -> str:
    name = item.GRANULARITY.name
    return f"a {name}" if item.multiples == 1 else f"{item.multiples} {name}s"
