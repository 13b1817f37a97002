"""Connections that go only to addresses that were checked, and end when their time is up.

The environment's proxies (HTTP_PROXY and the like) are not used: a proxy resolves the name
itself, so that what was checked here would not be what it connects to.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator

import httpcore
import httpx

from app.intake.address import Resolve, checked_addresses

# A host with many addresses is not tried at all of them: each costs a connection's time.
_MOST_ADDRESSES = 4


class Deadline:
    """The end of a span of `seconds` that begins now."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """The seconds that are left, 0 at least."""
        return max(0.0, self._end - self._clock())

    def within(self, seconds: float | None) -> float:
        """`seconds`, or what is left where that is less. Raises httpcore.ReadTimeout at 0."""
        left = self.left()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this address is up")
        return left if seconds is None else min(left, seconds)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name once, dials only those of its addresses that are allowed, and holds every
    read and write to the deadline, which a server that sends a byte a second would never meet."""

    def __init__(
        self,
        inner: httpcore.NetworkBackend,
        deadline: Deadline,
        resolve: Resolve,
        *,
        allow_private: bool,
    ) -> None:
        self._inner = inner
        self._deadline = deadline
        self._resolve = resolve
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first of the host's allowed addresses that answers.

        Raises RefusedAddress, FetchFailed and httpcore's errors."""
        addresses = checked_addresses(
            host,
            port,
            self._resolve,
            allow_private=self._allow_private,
            seconds=self._deadline.within(timeout),
        )[:_MOST_ADDRESSES]
        for place, address in enumerate(addresses, 1):
            try:
                stream = self._inner.connect_tcp(
                    address,
                    port,
                    timeout=self._deadline.within(timeout),
                    local_address=local_address,
                    socket_options=socket_options,
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise httpcore.ConnectError(f"{host} has no address")


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        within = self._deadline.within(timeout)
        return _TimedStream(
            self._inner.start_tls(ssl_context, server_hostname, within), self._deadline
        )

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """httpx's transport over a pool with such a backend; httpx has no public seam for one."""

    def __init__(self, backend: GuardedBackend, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not read. Raises httpx.TransportError."""
        try:
            response = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except _CORE_ERRORS as error:
            raise _as_httpx(error) from error
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Closes every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_stream()
        except _CORE_ERRORS as error:
            raise _as_httpx(error) from error

    def close(self) -> None:
        self._response.close()


_CORE_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


def _as_httpx(error: Exception) -> httpx.TransportError:
    if isinstance(error, httpcore.ConnectTimeout):
        return httpx.ConnectTimeout(str(error))
    if isinstance(error, httpcore.TimeoutException):
        return httpx.ReadTimeout(str(error))
    if isinstance(error, httpcore.ConnectError):
        return httpx.ConnectError(str(error))
    if isinstance(error, httpcore.NetworkError):
        return httpx.ReadError(str(error))
    return httpx.RemoteProtocolError(str(error))
