"""Pages and feeds from the web: bounded in time and size, robots.txt obeyed, no way inside."""

import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property, partial
from typing import Literal, Self

import httpcore
import httpx

from app.errors import FetchFailed, ParallaxError, UnsupportedMedia
from app.intake.address import Resolve, check_url, parse_url, shown_url, system_resolve
from app.intake.connection import Deadline, GuardedBackend, GuardedTransport
from app.intake.robots import MAX_ROBOTS_BYTES, Robots
from app.intake.transfer import ACCEPTED_ENCODINGS, read_body
from app.measures import FETCH_FAILURES, STAGES
from app.settings import Settings

type Accept = Literal["page", "feed", "any"]

MAX_REDIRECTS = 5
# What is read of the answer to a message: its status is all that counts.
MAX_ANSWER_BYTES = 4_096
_ATTEMPTS = 3
_FIRST_PAUSE = 0.5
# One read or connection; the setting bounds all of them together.
_LONGEST_WAIT = 10.0
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (429, 500, 502, 503, 504)

_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/x-rss+xml",
    "application/xml",
    "text/xml",
)
# Servers that know nothing of feeds send them as text or HTML.
_TYPES: Mapping[Accept, tuple[str, ...]] = {
    "page": _PAGES,
    "feed": (*_FEEDS, *_PAGES),
    "any": (*_PAGES, *_FEEDS),
}
_ASKED: Mapping[Accept, str] = {
    "page": "text/html, application/xhtml+xml, text/plain;q=0.8",
    "feed": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, "
    "*/*;q=0.1",
    "any": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.1",
}
_TAKEN: Mapping[Accept, str] = {
    "page": "HTML and plain text",
    "feed": "RSS and Atom",
    "any": "HTML, plain text, RSS and Atom",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where the redirects led; `status` is 200, or 304 with no content where
    nothing changed; `content_type` is in lower case without parameters, None where the server says
    none; `charset` as it says it; `etag` and `last_modified` to ask with the next time."""

    url: str
    status: int
    content: bytes
    content_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class _Answer:
    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes


type _Read = Callable[[httpx.Response], bytes]


class Fetcher:
    """Fetches addresses that other people name; safe to use from several threads."""

    def __init__(
        self,
        *,
        max_bytes: int,
        timeout: float,
        allow_private: bool,
        user_agent: str,
        resolve: Resolve = system_resolve,
        network: httpcore.NetworkBackend | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        attempts: int = _ATTEMPTS,
    ) -> None:
        """`max_bytes` bounds a body, `timeout` the seconds for one address with its robots.txt,
        redirects and retries. `resolve` gives a host's addresses, `network` dials the ones that
        are allowed; `transport` takes the place of both, for what needs no network."""
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._allow_private = allow_private
        self._user_agent = user_agent
        self._resolve = resolve
        self._network = network or httpcore.SyncBackend()
        self._transport = transport
        self._sleep = sleep
        self._attempts = attempts
        self._robots = Robots(user_agent)
        # Spreads retries in time; nothing secret hangs on it.
        self._random = random.Random()  # noqa: S311

    @classmethod
    def from_settings(cls, settings: Settings, *, attempts: int = _ATTEMPTS) -> Self:
        """A Fetcher as the settings say."""
        return cls(
            max_bytes=settings.max_fetch_bytes,
            timeout=settings.fetch_timeout,
            allow_private=settings.fetch_private,
            user_agent=settings.user_agent,
            attempts=attempts,
        )

    def fetch(
        self,
        url: str,
        *,
        accept: Accept = "page",
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        """What an address answers; with `etag` or `last_modified` of the last time, only if it
        changed since.

        Up to five redirects are followed, each checked like the first address. 429, 5xx and
        failed connections are tried three times in all, or `attempts`, as `Retry-After` says or
        with growing pauses, while the time lasts. Raises RefusedAddress (scheme, port, user name,
        an address inside a network, robots.txt), FetchFailed (with the host and its status),
        TooLarge, and UnsupportedMedia for another kind of content than `accept` takes.
        """
        try:
            with STAGES.timed("fetch"):
                return self._fetch(url, accept, etag, last_modified)
        except ParallaxError as error:
            FETCH_FAILURES.add(error.code)
            raise

    def send(self, url: str, content: bytes, headers: Mapping[str, str]) -> int:
        """Posts a message to an address, within the same time and by the same rules, and returns
        the status of the answer. Redirects are not followed, robots.txt is not asked, nothing is
        tried again, and of the answer only its first bytes are read.

        Raises RefusedAddress and FetchFailed.
        """
        client, _ = self._client()
        with client:
            place = check_url(parse_url(url), allow_private=self._allow_private)
            try:
                with client.stream("POST", place, content=content, headers=headers) as answer:
                    read_body(answer, MAX_ANSWER_BYTES, cut=True)
                    return answer.status_code
            except httpx.TransportError as error:
                raise _failure(place, error, self._timeout) from error

    def _fetch(
        self, url: str, accept: Accept, etag: str | None, last_modified: str | None
    ) -> Fetched:
        headers = {"Accept": _ASKED[accept]}
        etag, last_modified = _mark(etag), _mark(last_modified)
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified

        def read(response: httpx.Response) -> bytes:
            _check_type(response, accept)
            return read_body(response, self._max_bytes)

        client, deadline = self._client()
        with client:
            answer = self._follow(
                client,
                parse_url(url),
                headers,
                deadline,
                read,
                before=lambda hop: self._robots.check(hop, partial(self._rules, client, deadline)),
            )
        unchanged = answer.status == 304 and bool(etag or last_modified)
        if answer.status != 200 and not unchanged:
            raise _refused(answer, _retry_after(answer.headers))
        content_type, charset = _content_type(answer.headers)
        return Fetched(
            url=str(answer.url),
            status=answer.status,
            content=answer.content,
            content_type=content_type,
            charset=charset,
            etag=_mark(answer.headers.get("etag")) or (etag if unchanged else None),
            last_modified=_mark(answer.headers.get("last-modified"))
            or (last_modified if unchanged else None),
        )

    def _client(self) -> tuple[httpx.Client, Deadline]:
        """A client for one address, whose cookies and connections end with it, and its time."""
        # Reading the certificates takes longer than many a page: not out of the page's time.
        certificates = self._ssl_context
        deadline = Deadline(self._timeout)
        backend = GuardedBackend(
            self._network, deadline, self._resolve, allow_private=self._allow_private
        )
        client = httpx.Client(
            transport=self._transport or GuardedTransport(backend, certificates),
            trust_env=False,
            timeout=min(self._timeout, _LONGEST_WAIT),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ACCEPTED_ENCODINGS},
        )
        return client, deadline

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        # SSL_CERT_FILE and SSL_CERT_DIR count, for closed networks with an authority of their own.
        return httpx.create_ssl_context()

    def _rules(
        self, client: httpx.Client, deadline: Deadline, place: httpx.URL
    ) -> tuple[int, bytes]:
        read = partial(read_body, limit=MAX_ROBOTS_BYTES, cut=True)
        answer = self._follow(client, place, {"Accept": "text/plain"}, deadline, read)
        return answer.status, answer.content

    def _follow(
        self,
        client: httpx.Client,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        read: _Read,
        before: Callable[[httpx.URL], None] = lambda hop: None,
    ) -> _Answer:
        for _ in range(MAX_REDIRECTS + 1):
            url = check_url(url, allow_private=self._allow_private)
            before(url)
            answer = self._persist(client, url, headers, deadline, read)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS:
                return answer
            if not location:
                raise FetchFailed(f"{url.host} redirects ({answer.status}) without saying where")
            url = url.join(parse_url(location))
        raise FetchFailed(
            f"{url.host}: more than {MAX_REDIRECTS} redirects, the last to {url}"[:300]
        )

    def _persist(
        self,
        client: httpx.Client,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        read: _Read,
    ) -> _Answer:
        """The answer of one address, asked again while it fails in ways that pass."""
        attempt = 1
        while True:
            wait = _FIRST_PAUSE * 2 ** (attempt - 1) * self._random.uniform(0.5, 1.0)
            try:
                answer = self._ask(client, url, headers, read)
            except httpx.TransportError as error:
                failure = _failure(url, error, self._timeout)
                if attempt == self._attempts or _is_certificate(error):
                    raise failure from error
            else:
                # robots.txt reads a meaning of its own out of a status: the last one goes back.
                if answer.status not in _PASSING or attempt == self._attempts:
                    return answer
                asked = _retry_after(answer.headers)
                failure = _refused(answer, asked)
                wait = max(wait, asked or 0.0)
            if wait >= deadline.left():
                raise failure
            self._sleep(wait)
            attempt += 1

    def _ask(
        self, client: httpx.Client, url: httpx.URL, headers: Mapping[str, str], read: _Read
    ) -> _Answer:
        with client.stream("GET", url, headers=headers) as response:
            content = read(response) if response.status_code == 200 else b""
            return _Answer(url, response.status_code, response.headers, content)


def _refused(answer: _Answer, retry_after: float | None = None) -> FetchFailed:
    detail = f"{answer.url.host} answered {answer.status} for {shown_url(answer.url)}"
    if retry_after is not None:
        detail += f"; it asks to come back in {round(retry_after)} seconds"
    return FetchFailed(detail, answered=answer.status, retry_after=retry_after)


def _content_type(headers: httpx.Headers) -> tuple[str | None, str | None]:
    name, *parameters = headers.get("content-type", "").split(";")
    charset = None
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            charset = value.strip().strip("\"'") or None
    return name.strip().lower() or None, charset


def _mark(value: str | None) -> str | None:
    """An ETag or date that can be sent back as it came, else None."""
    return value if value and value.isascii() and value.isprintable() else None


def _check_type(response: httpx.Response, accept: Accept) -> None:
    found, _ = _content_type(response.headers)
    if found is not None and found not in _TYPES[accept]:
        host = response.request.url.host
        raise UnsupportedMedia(f"{host} sends {found[:80]}; {_TAKEN[accept]} are taken")


def _retry_after(headers: httpx.Headers) -> float | None:
    """The seconds that the server asks to wait, or None where it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        stamp = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    aware = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _failure(url: httpx.URL, error: httpx.TransportError, timeout: float) -> FetchFailed:
    if _is_certificate(error):
        return FetchFailed(f"{url.host} has no certificate that can be trusted: {error}"[:300])
    if isinstance(error, httpx.ConnectTimeout):
        return FetchFailed(f"{url.host} did not accept a connection in time")
    if isinstance(error, httpx.TimeoutException):
        return FetchFailed(f"{url.host} did not send its answer in time (at most {timeout:g} s)")
    if isinstance(error, httpx.ConnectError):
        return FetchFailed(f"no connection to {url.host}: {error}"[:300])
    return FetchFailed(f"{url.host} broke off its answer: {error}"[:300])


def _is_certificate(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
