"""The fetcher against real servers on the loopback address.

`public` resolves every name to a public address and dials the server in its place: all of the
guard runs as it does outside.
"""

import gzip
import time
import zlib
from collections.abc import Iterator, Sequence

import pytest

from app.errors import FetchFailed, ParallaxError, RefusedAddress, TooLarge, UnsupportedMedia
from app.intake.fetch import Fetched, Fetcher
from tests.intake.loopback import (
    PAGE,
    PUBLIC,
    Handler,
    Redirected,
    Route,
    Site,
    Sleeps,
    fetch,
    public,
    running,
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as server:
        yield server


def test_page_with_its_type_and_marks(site: Site) -> None:
    site.routes["/a"] = lambda h: h.answer(
        200, PAGE, content_type="text/HTML; Charset='koi8-r'", etag='"1"', last_modified="then"
    )
    assert fetch(site) == Fetched(
        url="http://news.example/a",
        status=200,
        content=PAGE,
        content_type="text/html",
        charset="koi8-r",
        etag='"1"',
        last_modified="then",
    )
    headers = site.asked[-1][1]
    assert headers["Host"] == "news.example"
    assert headers["User-Agent"] == "Parallax/0.1 (test)"


def test_loopback_is_fetched_only_where_private_addresses_are_allowed(site: Site) -> None:
    url = f"http://127.0.0.1:{site.port}/a"

    def fetcher(allow: bool) -> Fetcher:
        return Fetcher(max_bytes=1000, timeout=5, allow_private=allow, user_agent="P")

    assert fetcher(True).fetch(url).content == PAGE
    with pytest.raises(RefusedAddress, match="loopback"):
        fetcher(False).fetch(url)
    with pytest.raises(RefusedAddress, match="names this machine"):
        fetcher(False).fetch(f"http://localhost:{site.port}/a")


def test_environment_names_no_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert fetch(site).content == PAGE


def moved(target: str) -> Route:
    return lambda h: h.answer(302, location=target)


def test_redirects_are_followed_and_counted(site: Site) -> None:
    for number in range(1, 6):
        target = "/a" if number == 5 else f"/{number + 1}"
        site.routes[f"/{number}"] = moved(target)
    assert fetch(site, "/1").url == "http://news.example/a"
    site.routes["/0"] = lambda h: h.answer(301, location="http://other.example/1")
    with pytest.raises(FetchFailed, match="more than 5 redirects"):
        fetch(site, "/0")


@pytest.mark.parametrize("headers", [{}, {"location": ""}, {"location": "http://[::1"}])
def test_redirect_to_nowhere(site: Site, headers: dict[str, str]) -> None:
    site.routes["/go"] = lambda h: h.answer(302, b"", **headers)
    with pytest.raises(FetchFailed, match=r"news\.example"):
        fetch(site, "/go")


def test_endless_redirects_end(site: Site) -> None:
    site.routes["/loop"] = lambda h: h.answer(307, location="/loop")
    with pytest.raises(FetchFailed, match="more than 5 redirects"):
        fetch(site, "/loop")
    assert len(site.pages()) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
        "http://inside.example/",
        "file:///etc/passwd",
        "gopher://news.example/",
        "//user:word@news.example/a",
        "http://news.example:22/",
    ],
)
def test_redirect_to_what_must_not_be_fetched(site: Site, target: str) -> None:
    site.routes["/go"] = lambda h: h.answer(302, location=target)
    network = Redirected(site)
    fetcher = public(
        site,
        network=network,
        addresses=lambda host: ["10.0.0.7"] if host == "inside.example" else [PUBLIC],
    )
    with pytest.raises(RefusedAddress):
        fetcher.fetch("http://news.example/go")
    assert set(network.dialled) == {PUBLIC}
    assert site.pages() == ["/go"]


def test_name_that_moves_inside_is_not_followed_there(site: Site) -> None:
    # Public when robots.txt is fetched, the cloud's metadata when the page is.
    answers = iter([[PUBLIC], ["169.254.169.254"]])
    network = Redirected(site)
    fetcher = public(site, network=network, addresses=lambda host: next(answers))
    with pytest.raises(RefusedAddress, match=r"rebind\.example is at 169\.254\.169\.254"):
        fetcher.fetch("http://rebind.example/a")
    assert network.dialled == [PUBLIC]
    assert site.pages() == []


def test_of_mixed_addresses_only_the_public_are_dialled(site: Site) -> None:
    network = Redirected(site)
    mixed = ["10.0.0.1", "::1", "fe80::1", PUBLIC, "127.0.0.1"]
    public(site, network=network, addresses=lambda host: mixed).fetch("http://news.example/a")
    assert set(network.dialled) == {PUBLIC}


def test_host_that_is_not_found(site: Site) -> None:
    def resolve(host: str) -> Sequence[str]:
        raise OSError("no such host")

    with pytest.raises(FetchFailed, match=r"the host news\.example could not be found"):
        public(site, addresses=resolve).fetch("http://news.example/a")


def test_resolver_that_hangs_is_left(site: Site) -> None:
    def resolve(host: str) -> Sequence[str]:
        time.sleep(3)
        return [PUBLIC]

    began = time.monotonic()
    with pytest.raises(FetchFailed, match="took too long"):
        public(site, addresses=resolve, timeout=0.3).fetch("http://news.example/a")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("announced", [True, False])
def test_body_over_the_limit(site: Site, announced: bool) -> None:
    def endless(h: Handler) -> None:
        h.send_response(200)
        h.send_header("content-type", "text/html")
        if announced:
            h.send_header("content-length", str(10**9))
        h.end_headers()
        for _ in range(1000):
            h.wfile.write(b"x" * 10_000)

    site.routes["/a"] = endless
    with pytest.raises(TooLarge, match="100000"):
        fetch(site)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_bomb_is_stopped_early(site: Site, encoding: str) -> None:
    packer = gzip.compress if encoding == "gzip" else zlib.compress
    bomb = packer(b"\0" * 50_000_000)
    site.routes["/a"] = lambda h: h.answer(200, bomb, content_encoding=encoding)
    with pytest.raises(TooLarge):
        fetch(site)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "raw", "identity"])
def test_compressions_that_are_unpacked(site: Site, encoding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "deflate": zlib.compress(PAGE),
        "raw": raw.compress(PAGE) + raw.flush(),
        "identity": PAGE,
    }.get(encoding, gzip.compress(PAGE))
    name = "deflate" if encoding == "raw" else encoding
    site.routes["/a"] = lambda h: h.answer(200, packed, content_encoding=name)
    assert fetch(site).content == PAGE


@pytest.mark.parametrize(
    ("encoding", "body", "says"),
    [
        ("br", PAGE, "'br', which was not asked for"),
        ("gzip, gzip", PAGE, "not asked for"),
        ("gzip", b"not gzip", "cannot be unpacked"),
        # Without a time of its own, which would give the case another name in each worker.
        ("gzip", gzip.compress(PAGE, mtime=0)[:-12], "middle of the compressed"),
    ],
)
def test_compressions_that_are_not(site: Site, encoding: str, body: bytes, says: str) -> None:
    site.routes["/a"] = lambda h: h.answer(200, body, content_encoding=encoding)
    with pytest.raises(FetchFailed, match=says):
        fetch(site)


def drip_body(h: Handler) -> None:
    h.send_response(200)
    h.send_header("content-type", "text/html")
    h.send_header("content-length", "1000")
    h.end_headers()
    for _ in range(1000):
        h.wfile.write(b"x")
        time.sleep(0.05)


def drip_head(h: Handler) -> None:
    h.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        h.wfile.write(b"X-%d: x\r\n" % number)
        time.sleep(0.05)


@pytest.mark.parametrize("drip", [drip_body, drip_head])
@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
def test_server_that_drips_is_left_in_time(site: Site, drip: Route, path: str) -> None:
    site.routes[path] = drip
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="in time"):
        fetch(site, timeout=0.5)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "text/css"])
def test_other_kinds_of_content_are_not_taken(site: Site, kind: str) -> None:
    site.routes["/a"] = lambda h: h.answer(200, PAGE, content_type=kind)
    with pytest.raises(UnsupportedMedia, match=kind):
        fetch(site)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 204, 206, 300, 304])
def test_other_statuses_fail_at_once(site: Site, status: int) -> None:
    site.routes["/a"] = lambda h: h.answer(status)
    with pytest.raises(FetchFailed, match=rf"news\.example answered {status} for http://news"):
        fetch(site)
    assert site.pages() == ["/a"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_failures_are_tried_again(site: Site, status: int) -> None:
    left = [status, status]
    site.routes["/a"] = lambda h: h.answer(left.pop()) if left else h.answer(200, PAGE)
    sleeps = Sleeps()
    assert public(site, sleep=sleeps).fetch("http://news.example/a").content == PAGE
    assert 0.25 <= sleeps.pauses[0] <= 0.5 <= sleeps.pauses[1] <= 1.0


def test_failures_that_do_not_pass_end_after_three(site: Site) -> None:
    site.routes["/a"] = lambda h: h.answer(503)
    with pytest.raises(FetchFailed, match="503"):
        fetch(site)
    assert site.pages() == ["/a"] * 3


@pytest.mark.parametrize(("retry_after", "pause"), [("2", 2.0), ("soon", 0.5)])
def test_retry_after_is_respected(site: Site, retry_after: str, pause: float) -> None:
    left = [429]
    site.routes["/a"] = lambda h: (
        h.answer(left.pop(), retry_after=retry_after) if left else h.answer(200, PAGE)
    )
    sleeps = Sleeps()
    public(site, sleep=sleeps).fetch("http://news.example/a")
    assert sleeps.pauses == [pytest.approx(pause, rel=0.5)]


@pytest.mark.parametrize("retry_after", ["3600", "Thu, 24 Mar 2216 10:00:00 GMT"])
def test_retry_after_beyond_the_time_is_told(site: Site, retry_after: str) -> None:
    site.routes["/a"] = lambda h: h.answer(429, retry_after=retry_after)
    with pytest.raises(FetchFailed, match=r"answered 429 .* come back in \d+ seconds"):
        fetch(site)
    assert site.pages() == ["/a"]


def test_broken_connection_is_tried_again(site: Site) -> None:
    left = [True]

    def route(h: Handler) -> None:
        if left:
            left.pop()
            h.send_response(200)
            h.send_header("content-length", "1000")
            h.end_headers()
            h.wfile.write(b"half")
            h.close_connection = True
        else:
            h.answer(200, PAGE)

    site.routes["/a"] = route
    assert fetch(site).content == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\xff" * 500,
        b"HTTP/1.1 999999 \r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"x" * 200_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n",
    ],
)
def test_what_is_no_http(site: Site, answer: bytes) -> None:
    def route(h: Handler) -> None:
        h.wfile.write(answer)
        h.close_connection = True

    site.routes["/a"] = route
    with pytest.raises(FetchFailed, match=r"news\.example"):
        fetch(site)


def test_mark_that_cannot_be_sent_back_is_dropped(site: Site) -> None:
    site.routes["/a"] = lambda h: h.answer(200, PAGE, etag='"é"')
    assert fetch(site).etag is None
    again = public(site).fetch("http://news.example/a", etag='"é"', last_modified="a\r\nX: y")
    assert again.status == 200
    assert "X" not in site.asked[-1][1]


def test_nothing_listens() -> None:
    with running() as gone:
        port = gone.port
    fetcher = Fetcher(max_bytes=1000, timeout=5, allow_private=True, user_agent="P", sleep=Sleeps())
    with pytest.raises(FetchFailed, match=r"no connection to 127\.0\.0\.1"):
        fetcher.fetch(f"http://127.0.0.1:{port}/a")


def test_cookies_live_through_the_redirects_of_one_address(site: Site) -> None:
    site.routes["/go"] = lambda h: h.answer(302, location="/a", set_cookie="seen=1")
    fetcher = public(site)
    fetcher.fetch("http://news.example/go")
    assert site.asked[-1][1]["Cookie"] == "seen=1"
    fetcher.fetch("http://news.example/a")
    assert "Cookie" not in site.asked[-1][1]


def test_tls_to_a_server_without_it_fails(site: Site) -> None:
    with pytest.raises(ParallaxError, match=r"news\.example"):
        public(site).fetch("https://news.example/a")
