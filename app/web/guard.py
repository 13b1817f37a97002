"""Who may call, and how often: API keys and rate limits, before any body is read."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from math import ceil
from time import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import InvalidInput, ParallaxError, TooManyRequests, Unauthorized
from app.web.problems import from_error

if TYPE_CHECKING:
    from limits import RateLimitItem

HEADER = "X-API-Key"
_MARK = 16  # hexadecimal digits of a key's hash that name its holder in the log
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Its tools that read are offered to whoever may read; it offers the others by the key itself.
_AGENTS = "/mcp"
# Probes, the documentation and what pages look like stay open, so that a fresh deployment can be
# looked at and watched.
_OPEN = re.compile(r"/(healthz|readyz|openapi\.json|docs(/.*)?|assets/.*)")
# They name addresses that may be as good as passwords: no read is open to all.
_CLOSED = re.compile(r"/v1/webhooks(/.*)?")
_HASHED = re.compile(r"sha256:([0-9a-fA-F]{64})")


class Keys:
    """The keys that may write, as hashes, and what needs one of them."""

    def __init__(self, configured: Sequence[str], *, for_reads: bool = False) -> None:
        self._hashes = tuple(map(_hash_of, configured))
        self._for_reads = for_reads

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def needed(self, method: str, path: str) -> bool:
        """Whether a request needs one: where keys are configured, each that may write, and each
        that reads where it was said so, or reads webhooks."""
        if not self._hashes or _OPEN.fullmatch(path):
            return False
        open_ = method in _SAFE_METHODS and not _CLOSED.fullmatch(path)
        return self._for_reads or not (open_ or path == _AGENTS)

    def owner(self, given: str | None) -> str | None:
        """A name for the holder of a known key, None for any other. Every wrong key takes the same
        time, so that timing tells nobody how near a guess came."""
        if given is None:
            return None
        digest = hashlib.sha256(given.encode("latin-1", "replace")).digest()
        matches = [hmac.compare_digest(digest, known) for known in self._hashes]
        return f"key:{digest.hex()[:_MARK]}" if any(matches) else None


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
    """Middleware that asks for a key where one is needed and counts requests for each key, or for
    each address where there is none."""

    def __init__(self, app: ASGIApp, *, keys: Keys, rate_limit: RateLimit) -> None:
        self._app = app
        self._keys = keys
        self._rate_limit = rate_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _OPEN.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            self._admit(scope)
        except ParallaxError as error:
            await from_error(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _admit(self, scope: Scope) -> None:
        given = Headers(scope=scope).get(HEADER)
        owner = self._keys.owner(given)
        # What a route that keeps a log of who did what reads.
        scope.setdefault("state", {})["caller"] = owner
        address = scope["client"][0] if scope.get("client") else "unknown"
        self._rate_limit.take(owner or f"address:{address}")
        if not self._keys or owner:
            return
        if given is not None:
            raise Unauthorized(f"The key in the {HEADER} header is not known.")
        if self._keys.needed(scope["method"], scope["path"]):
            raise Unauthorized(f"Send a key in the {HEADER} header.")


def _hash_of(configured: str) -> bytes:
    if not configured.startswith("sha256:"):
        return hashlib.sha256(configured.encode()).digest()
    match = _HASHED.fullmatch(configured)
    if match is None:
        raise InvalidInput(
            "PARALLAX_API_KEYS: after sha256: come the 64 hexadecimal digits of the key's hash"
        )
    return bytes.fromhex(match[1])


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
