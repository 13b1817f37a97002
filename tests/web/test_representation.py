"""Entity tags, conditional requests, HEAD and gzip."""

import gzip

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.web.representation import Representation

LONG = {"words": ["palmyra"] * 500}


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.add_middleware(Representation)
    app.add_api_route("/short", lambda: {"a": 1}, methods=["GET"])
    app.add_api_route("/long", lambda: LONG, methods=["GET", "POST"])
    app.add_api_route("/healthz", lambda: {"a": 1}, methods=["GET"])
    return TestClient(app, headers={"Accept-Encoding": "identity"})


def get(client: TestClient, path: str, **headers: str) -> httpx2.Response:
    answer: httpx2.Response = client.get(
        path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return answer


def test_equal_answers_have_equal_strong_tags(client: TestClient) -> None:
    tags = {get(client, "/short").headers["etag"] for _ in range(2)}
    assert len(tags) == 1
    assert not tags.pop().startswith("W/")


def test_a_known_tag_is_answered_without_a_body(client: TestClient) -> None:
    tag = get(client, "/short").headers["etag"]
    answer = get(client, "/short", If_None_Match=f'"other", {tag}')
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("given", ['"other"', "nonsense", ""])
def test_an_unknown_tag_is_answered_whole(client: TestClient, given: str) -> None:
    assert get(client, "/short", If_None_Match=given).status_code == 200


def test_gzip_is_sent_to_who_takes_it_byte_for_byte_the_same(client: TestClient) -> None:
    bodies, tags = set(), set()
    for _ in range(2):
        with client.stream("GET", "/long", headers={"Accept-Encoding": "br, gzip"}) as answer:
            bodies.add(b"".join(answer.iter_raw()))
            tags.add(answer.headers["etag"])
            assert answer.headers["content-encoding"] == "gzip"
            assert "Accept-Encoding" in answer.headers["vary"]
    assert len(bodies) == len(tags) == 1
    assert gzip.decompress(bodies.pop()) == get(client, "/long").content


def test_the_zipped_form_has_a_tag_of_its_own_that_is_known_again(client: TestClient) -> None:
    plain = get(client, "/long").headers["etag"]
    zipped = get(client, "/long", Accept_Encoding="gzip").headers["etag"]
    assert plain != zipped
    assert get(client, "/long", Accept_Encoding="gzip", If_None_Match=zipped).status_code == 304
    assert get(client, "/long", If_None_Match=zipped).status_code == 304


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity", "br", "gzip;q=0, *", "gzip;q=x"])
def test_gzip_is_not_sent_to_who_does_not_take_it(client: TestClient, accepted: str) -> None:
    assert "content-encoding" not in get(client, "/long", Accept_Encoding=accepted).headers


def test_short_answers_are_not_worth_zipping(client: TestClient) -> None:
    assert "content-encoding" not in get(client, "/short", Accept_Encoding="gzip").headers


def test_head_is_get_without_the_body(client: TestClient) -> None:
    whole, head = get(client, "/long"), client.head("/long")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.headers["etag"] == whole.headers["etag"]


def test_answers_to_writes_and_probes_have_no_tag(client: TestClient) -> None:
    assert "etag" not in client.post("/long").headers
    assert "etag" not in get(client, "/healthz").headers


def test_answers_to_writes_are_zipped_too(client: TestClient) -> None:
    answer = client.post("/long", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json() == LONG
