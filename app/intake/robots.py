"""What a site's robots.txt allows (RFC 9309), remembered for a while for each origin."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

import httpx

from app.errors import FetchFailed, RefusedAddress
from app.intake.address import port_of, shown_url

# RFC 9309: a copy should not be used for more than a day, and at least 500 KiB be read.
_KEPT = 3600.0
_KEPT_FAILURE = 60.0
_MOST_ORIGINS = 1000
MAX_ROBOTS_BYTES = 500 * 1024


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Known:
    """`rules` None allows everything, unless `failure` says why nothing is allowed for now."""

    until: float
    rules: _Rules | None
    failure: str | None


class Robots:
    """The rules of the origins met so far; safe to use from several threads."""

    def __init__(self, user_agent: str, clock: Callable[[], float] = time.monotonic) -> None:
        # Rules name a crawler by its product token, without version and comment.
        self._token = user_agent.split("/")[0].split()[0] if user_agent.strip() else "*"
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = Lock()

    def check(self, url: httpx.URL, get: Callable[[httpx.URL], tuple[int, bytes]]) -> None:
        """Returns where the URL may be fetched; `get` fetches a robots.txt: status and content.

        Any status 4xx but 429 allows everything. Raises RefusedAddress where the rules forbid it,
        FetchFailed where they cannot be had for now (429, 5xx, or no connection).
        """
        origin = f"{url.scheme}://{url.raw_host.decode('ascii')}:{port_of(url)}"
        with self._lock:
            known = self._known.get(origin)
        if known is None or known.until <= self._clock():
            known = self._read(url, get)
            with self._lock:
                self._known[origin] = known
                self._known.move_to_end(origin)
                if len(self._known) > _MOST_ORIGINS:
                    self._known.popitem(last=False)
        if known.failure is not None:
            raise FetchFailed(known.failure)
        if known.rules is not None and not known.rules.can_fetch(str(url), self._token):
            raise RefusedAddress(f"{shown_url(url)}: the site's robots.txt forbids fetching it")

    def _read(self, url: httpx.URL, get: Callable[[httpx.URL], tuple[int, bytes]]) -> _Known:
        now = self._clock()
        place = url.copy_with(path="/robots.txt", query=None, fragment=None)
        try:
            status, content = get(place)
        except FetchFailed as error:
            return _Known(now + _KEPT_FAILURE, None, error.detail)
        if status == 429 or status >= 500:
            failure = (
                f"{url.host} answered {status} when asked for its robots.txt, "
                "so that it is not known what may be fetched; try again later"
            )
            return _Known(now + _KEPT_FAILURE, None, failure)
        if status != 200:
            return _Known(now + _KEPT, None, None)
        from protego import Protego

        rules: _Rules = Protego.parse(content.decode("utf-8", "replace"))
        return _Known(now + _KEPT, rules, None)
