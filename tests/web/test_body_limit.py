"""Body limits against a real server, since a client that is still sending must read the answer."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request

from app.web import problems
from app.web.body_limit import BodyLimit

LIMIT, IMPORT_LIMIT = 1_000_000, 3_000_000


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = FastAPI()
    problems.install(app)
    app.add_middleware(BodyLimit, max_body=LIMIT, max_import=IMPORT_LIMIT)

    async def count(request: Request) -> int:
        return len(await request.body())

    app.add_api_route("/v1/things", count, methods=["POST"])
    app.add_api_route("/v1/imports", count, methods=["POST"])
    app.add_api_route("/unread", lambda: "answered", methods=["POST"])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 50_000):
        yield b"x" * 50_000


def test_a_body_within_the_limit_is_taken(address: str) -> None:
    assert httpx.post(f"{address}/v1/things", content=b"x" * LIMIT).json() == LIMIT


def test_a_body_that_says_it_is_too_large_is_refused(address: str) -> None:
    answer = httpx.post(f"{address}/v1/things", content=b"x" * (LIMIT + 1))
    assert answer.status_code == 413
    assert answer.json()["detail"] == "The body is larger than 1,000,000 bytes."
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_grows_too_large_is_refused_while_it_comes_in(address: str) -> None:
    answer = httpx.post(f"{address}/v1/things", content=chunks(20 * LIMIT))
    assert answer.status_code == 413


def test_imports_have_a_limit_of_their_own(address: str) -> None:
    within = httpx.post(f"{address}/v1/imports", content=b"x" * (2 * LIMIT))
    beyond = httpx.post(f"{address}/v1/imports", content=b"x" * (IMPORT_LIMIT + 1))
    assert (within.status_code, beyond.status_code) == (200, 413)


def test_an_answer_reaches_a_client_whose_body_nobody_reads(address: str) -> None:
    answer = httpx.post(f"{address}/unread", content=chunks(LIMIT))
    assert answer.json() == "answered"


def test_a_client_that_asks_first_need_not_send(address: str) -> None:
    url = httpx.URL(address)
    with socket.create_connection((url.host, url.port or 80), timeout=5) as connection:
        connection.sendall(
            b"POST /v1/things HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
            b"Content-Length: 2000000\r\n\r\n"
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_packed_body_is_refused_by_name(address: str) -> None:
    answer = httpx.post(f"{address}/v1/things", content=b"x", headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415
    assert answer.json()["detail"] == "Send the body as it is, not with Content-Encoding gzip."
    plain = httpx.post(
        f"{address}/v1/things", content=b"x", headers={"Content-Encoding": "identity"}
    )
    assert plain.status_code == 200


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_an_import_alone_may_be_packed(address: str, packing: str) -> None:
    headers = {"Content-Encoding": packing}
    taken = httpx.post(f"{address}/v1/imports", content=b"x", headers=headers)
    refused = httpx.post(f"{address}/v1/things", content=b"x", headers=headers)
    other = httpx.post(f"{address}/v1/imports", content=b"x", headers={"Content-Encoding": "br"})
    assert (taken.status_code, refused.status_code, other.status_code) == (200, 415, 415)
    assert "gzip or zstd" in other.json()["detail"]
