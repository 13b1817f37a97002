"""Routes answer in one thread: what they read, make and write."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.testclient import TestClient
from pydantic import BaseModel

from app.store.engine.schema import upgrade
from app.store.engine.sessions import LazySession, ReadSession, Store
from app.web.routing import Router, include
from tests.databases import new_url


class Told(BaseModel):
    threads: list[str]
    said: float = float("nan")


class Watched(Store):
    """A store that notes the threads in which its sessions begin and end."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.threads: list[str] = []

    def read_lazily(self) -> LazySession:
        store = self

        class Noting(LazySession):
            def __exit__(self, *error: object) -> None:
                store.threads.append(threading.current_thread().name)
                super().__exit__(*error)  # type: ignore[arg-type]

        return Noting(self)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Watched]:
    url = new_url(tmp_path, "routing")
    upgrade(url)
    with closing(Watched(url)) as store:
        yield store


@pytest.fixture
def client(store: Watched) -> TestClient:
    async def session() -> ReadSession:
        return store.read_lazily()

    router = Router(prefix="/told")

    @router.get("/plain", status_code=203)
    def plain(session: Annotated[ReadSession, Depends(session)]) -> Told:
        assert not session.connection.closed
        store.threads.append(threading.current_thread().name)
        return Told(threads=[])

    @router.get("/headed")
    def headed(response: Response) -> Told:
        response.headers["Location"] = "/there"
        response.status_code = 202
        return Told(threads=["one"])

    @router.get("/short", response_model_exclude_unset=True)
    def short() -> Told:
        return Told(threads=[])

    @router.get("/own")
    def own() -> Response:
        return Response("own", 418)

    others = APIRouter()

    @others.get("/others")
    async def other() -> Told:
        return Told(threads=[threading.current_thread().name])

    app = FastAPI()
    for each in (router, others):
        include(app, each)
    return TestClient(app)


def test_a_session_begins_and_ends_where_the_answer_is_made(
    store: Watched, client: TestClient
) -> None:
    answer = client.get("/told/plain")
    assert (answer.status_code, answer.json()) == (203, {"threads": [], "said": None})
    made, ended = store.threads
    assert made == ended != threading.current_thread().name


def test_what_a_function_says_on_the_response_is_kept(client: TestClient) -> None:
    answer = client.get("/told/headed")
    assert (answer.status_code, answer.headers["Location"]) == (202, "/there")
    assert answer.json()["threads"] == ["one"]


def test_what_is_not_set_is_left_out_where_the_route_says_so(client: TestClient) -> None:
    assert client.get("/told/short").json() == {"threads": []}


def test_a_response_of_its_own_is_sent_as_it_is(client: TestClient) -> None:
    answer = client.get("/told/own")
    assert (answer.status_code, answer.text) == (418, "own")


def test_a_function_of_the_event_loop_stays_there(client: TestClient) -> None:
    (name,) = client.get("/others").json()["threads"]
    assert "worker" not in name


@pytest.mark.parametrize("path", ["/tol", "/told", "/nothing"])
def test_other_paths_are_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
