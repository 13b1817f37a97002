"""Servers on the loopback address that the fetcher meets as if they were public ones."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpcore

from app.intake.fetch import Fetched, Fetcher

PUBLIC = "93.184.216.34"
PAGE = b"<html><p>The market closed.</p></html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Site"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        route = self.server.routes.get(self.path)
        if route is None:
            self.answer(404)
        else:
            route(self)

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        for name, value in {"content-type": "text/html", **named}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


type Route = Callable[[Handler], None]


class Site(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {"/a": lambda h: h.answer(200, PAGE)}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that break off are the subject here."""

    def pages(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def running() -> Iterator[Site]:
    server = Site()
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Redirected(httpcore.SyncBackend):
    """Dials the site for every address, and remembers which were dialled."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.dialled: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.dialled.append(host)
        return super().connect_tcp("127.0.0.1", self._site.port, timeout)


class Sleeps:
    def __init__(self) -> None:
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)


def public(
    site: Site,
    *,
    addresses: Callable[[str], Sequence[str]] = lambda host: [PUBLIC],
    network: Redirected | None = None,
    max_bytes: int = 100_000,
    timeout: float = 5.0,
    sleep: Callable[[float], None] | None = None,
) -> Fetcher:
    return Fetcher(
        max_bytes=max_bytes,
        timeout=timeout,
        allow_private=False,
        user_agent="Parallax/0.1 (test)",
        resolve=lambda host, port: addresses(host),
        network=network or Redirected(site),
        sleep=sleep or Sleeps(),
    )


def fetch(site: Site, path: str = "/a", **options: int | float) -> Fetched:
    return public(site, **options).fetch(f"http://news.example{path}")  # type: ignore[arg-type]
