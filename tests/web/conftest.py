"""The whole service, once: a real server on a loopback port, with the sample in it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url

SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample" / "manifest.jsonl"
SAMPLE_ARTICLES = 12


@contextmanager
def serving(app: FastAPI, below: str = "") -> Iterator[str]:
    """The address of a server that runs the application in a thread, as behind a proxy that has it
    `below` a path of its host."""
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="on", root_path=below)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


def wait_until_ready(address: str, articles: int) -> None:
    """Returns when so many articles are analysed."""
    deadline = time.monotonic() + 90
    with httpx.Client(base_url=address) as client:
        while time.monotonic() < deadline:
            if client.get("/readyz").status_code == 200:
                page = client.get("/v1/articles", params={"state": "ready"}).json()
                if page["total"]["value"] >= articles:
                    return
            time.sleep(0.2)
        pytest.fail(f"the service did not get ready: {client.get('/readyz').text}")


@pytest.fixture(scope="session")
def serve_sample(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], AbstractContextManager[str]]:
    """Starts a service of one's own with the sample in it, and gives its address."""

    @contextmanager
    def serve() -> Iterator[str]:
        app = create_app(
            Settings(
                database_url=new_url(tmp_path_factory.mktemp("service"), "web", keep=True),
                articles=str(SAMPLE),
                cors_origins=("https://reader.example",),
                max_body_bytes=200_000,
                log_level="error",
                feeds=False,  # those of examples lead to other hosts
            )
        )
        with serving(app) as address:
            wait_until_ready(address, SAMPLE_ARTICLES)
            yield address

    return serve


@pytest.fixture(scope="session")
def address(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    with serve_sample() as address:
        yield address


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=70) as client:
        yield client
