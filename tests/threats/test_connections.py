"""Connections hold nothing for ever, and nobody is somebody else by saying so."""

import json
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from app.domain.limits import MAX_CORRECTION_REASON
from tests.threats.served import Served, get, serving

_HEAD = b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One that waits half a second for a client, and has four connections and a rate limit."""
    with serving(
        tmp_path_factory.mktemp("impatient"),
        request_timeout="0.5",
        max_connections="4",
        rate_limit="3/minute",
    ) as served:
        yield served


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\n", _HEAD + b'Content-Length: 100\r\n\r\n{"text": '],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_client_that_does_not_go_on_is_hung_up_on(impatient: Served, begun: bytes) -> None:
    with impatient.connect() as connection:
        connection.sendall(begun)
        assert connection.recv(1) == b""
    assert "Traceback" not in impatient.said


def test_a_second_request_of_a_connection_is_awaited_as_the_first(impatient: Served) -> None:
    with impatient.connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):
            answer += connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /heal")
        assert connection.recv(1) == b""


def test_a_head_without_end_is_refused(impatient: Served) -> None:
    with impatient.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX-Long: " + b"a" * 70_000)
        assert connection.recv(100).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "endless",
    [
        b"\r\n" * 60_000,
        b"POST / HTTP/1.1\r\nHost: x\r\n" + b"a:b\r\n" * 24_000,
        _CHUNKED + b"1;" + b"a" * 120_000,
        _CHUNKED + b"1\r\nx\r\n0\r\nX-Trailer: " + b"a" * 120_000,
        _CHUNKED + b"1\r\nx\r\n0\r\n" + b"a:b\r\n" * 24_000,
    ],
    ids=["empty lines", "headers", "extension of a chunk", "trailer", "trailers"],
)
def test_what_stands_beside_bodies_has_a_bound(impatient: Served, endless: bytes) -> None:
    with impatient.connect() as connection, suppress(ConnectionError):
        connection.sendall(endless)
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
    assert "Traceback" not in impatient.said


def test_the_longest_reason_of_a_correction_stands_in_an_address(impatient: Served) -> None:
    reason = quote("\U0001f30d" * MAX_CORRECTION_REASON)
    status, raw = impatient.answer(
        f"DELETE /v1/corrections/999?reason={reason} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    )
    assert status in (404, 429), raw[
        :400
    ]  # read, in either case: this service answers three a minute


@pytest.mark.parametrize("hosts", [b"", b"Host: x\r\nHost: y\r\n"], ids=["none", "two"])
def test_a_request_names_one_host(impatient: Served, hosts: bytes) -> None:
    status, _ = impatient.answer(b"GET /healthz HTTP/1.1\r\n" + hosts + b"\r\n")
    assert status == 400


def test_requests_sent_at_once_are_answered_in_their_order(impatient: Served) -> None:
    asked = [
        f"GET /nothing/{each} HTTP/1.1\r\nHost: x\r\nX-Request-ID: r{each}" for each in range(500)
    ]
    with impatient.connect() as connection:
        connection.sendall("\r\n\r\n".join([*asked, ""]).encode() + get("/healthz"))
        raw = b"".join(iter(lambda: connection.recv(65_536), b""))
    found = re.findall(rb"(?mi)^x-request-id: (r\d+)\r$", raw)
    assert found == [f"r{each}".encode() for each in range(500)]
    assert raw.endswith(b"}")


def test_a_trailer_is_no_header_of_the_next_request(impatient: Served) -> None:
    sent = _CHUNKED + b"2\r\n{}\r\n0\r\nX-Request-ID: trailer\r\n\r\n" + get("/healthz")
    _, raw = impatient.answer(sent)
    assert raw.count(b"HTTP/1.1 ") == 2
    assert b"trailer" not in raw


def test_connections_past_the_bound_are_sent_away(impatient: Served) -> None:
    held = [impatient.connect() for _ in range(4)]
    try:
        with impatient.connect() as fifth:
            answer = fifth.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 503")
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 503
    finally:
        for each in held:
            each.close()
    assert _answered_at_last(impatient, get("/healthz")) == 200


def _answered_at_last(served: Served, request: bytes) -> int:
    """The status once connections that were closed are noticed: they count until then."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(ConnectionError):
            status, _ = served.answer(request)
            if status != 503:
                return status
        time.sleep(0.05)
    return 503


def test_two_lengths_of_a_body_close_the_connection(impatient: Served) -> None:
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    with impatient.connect() as connection:
        connection.sendall(_HEAD + both + b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        raw = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert raw.count(b"HTTP/1.1 ") == 1
    assert raw.startswith(b"HTTP/1.1 4")


def test_nobody_gets_around_the_rate_limit_by_a_header(impatient: Served) -> None:
    asked = [get("/v1/sources", f"X-Forwarded-For: 192.0.2.{each}") for each in range(6)]
    assert [impatient.answer(each)[0] for each in asked][-1] == 429


def test_a_trusted_proxy_says_who_the_client_is(tmp_path: Path) -> None:
    with serving(tmp_path, rate_limit="1/minute", trusted_proxies="127.0.0.0/8") as served:
        asked = [get("/v1/sources", f"X-Forwarded-For: 192.0.2.{each}") for each in range(3)]
        assert [served.answer(each)[0] for each in asked] == [200, 200, 200]
        assert served.answer(asked[0])[0] == 429


def test_a_half_sent_request_does_not_hold_the_end_up(tmp_path: Path) -> None:
    with serving(tmp_path) as served, served.connect() as half, served.connect() as head:
        half.sendall(_HEAD + b'Content-Length: 100\r\n\r\n{"text": ')
        head.sendall(b"GET / HTTP/1.1\r\n")
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(timeout=10) in (0, -signal.SIGTERM)
        assert "Traceback" not in served.said


def test_without_keys_an_open_address_is_warned_of(tmp_path: Path) -> None:
    with serving(tmp_path, host="0.0.0.0") as served:
        assert served.said.count("PARALLAX_API_KEYS is not set") == 1


def test_a_service_whose_database_is_gone_is_up_but_not_ready(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        deadline = time.monotonic() + 120
        while served.answer(get("/readyz"))[0] != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        (tmp_path / "served.db").unlink()
        status, raw = served.answer(get("/readyz"))
        assert (status, b"is gone" in raw) == (503, True)
        assert served.answer(get("/healthz"))[0] == 200


def test_streams_do_not_hold_the_end_up(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        with served.connect() as broken, broken.makefile("rb") as answer:
            broken.sendall(b"GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n")
            assert answer.readline().startswith(b"HTTP/1.1 200")
            # What is no request must not be answered in the middle of the stream.
            broken.sendall(b"\0\0\r\n\r\n")
            assert b"HTTP/1.1" not in answer.read()
        held = [served.connect() for _ in range(3)]
        for each in held:
            each.sendall(b"GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n")
            assert each.recv(100).startswith(b"HTTP/1.1 200")
        served.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert served.process.wait(30) in (0, -signal.SIGTERM)
        assert time.monotonic() - began < 4
        for each in held:
            # Whole to its end: the last, empty chunk.
            with each, each.makefile("rb") as rest:
                assert rest.read().endswith(b"0\r\n\r\n")
