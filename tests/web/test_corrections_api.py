"""Corrections over HTTP, on a sample of their own."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.undated import undated
from tests.web.conftest import serving

SIDES = {"source": ["meridian-dispatch", "the-daily-lantern"]}


@pytest.fixture(scope="module")
def own(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serve_sample() as address, httpx.Client(base_url=address, timeout=70) as client:
        yield client


def entities(client: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/v1/entities", params={"limit": 200}).json()["items"]
    return found


def said(client: httpx.Client) -> tuple[str, ...]:
    return (
        undated(client.get("/v1/entities", params={"limit": 200}).text),
        client.get("/v1/sources/meridian-dispatch").text,
        client.get("/v1/compare", params=SIDES).text,
        client.get("/v1/articles/1/mentions").text,
    )


def test_a_merge_is_one_entity_everywhere_and_undone_leaves_no_trace(own: httpx.Client) -> None:
    before = said(own)
    into, merged = entities(own)[:2]
    done = own.post(
        f"/v1/entities/{merged['id']}/merge",
        json={"into": into["id"], "reason": "one and the same", "author": "ada"},
    )
    assert done.status_code == 200
    log = done.json()
    assert (log["kind"], log["entity"], log["to"]) == ("merge", merged["id"], into["id"])
    assert (log["author"], log["reason"]) == ("ada", "one and the same")
    now = own.get(f"/v1/entities/{into['id']}").json()
    assert now["mentions"] == into["mentions"] + merged["mentions"]
    assert own.get(f"/v1/entities/{merged['id']}").json()["merged_into"] == into["id"]
    assert merged["id"] not in [each["id"] for each in entities(own)]
    compared = json.loads(own.get("/v1/compare", params=SIDES).text)["entities"]
    shared = {item["entity"]: item for item in compared["shared"]}
    assert merged["id"] not in shared
    again = own.post(f"/v1/entities/{merged['id']}/merge", json={"into": into["id"]})
    assert again.json() == log
    undone = own.delete(f"/v1/corrections/{log['id']}", params={"author": "ben", "reason": "no"})
    assert undone.status_code == 200
    assert (undone.json()["undone_by"], undone.json()["undone_reason"]) == ("ben", "no")
    assert said(own) == before
    assert own.delete(f"/v1/corrections/{log['id']}").status_code == 404


def test_a_name_is_split_off_and_named(own: httpx.Client) -> None:
    entity = next(each for each in entities(own) if len(each["aliases"]) > 1)
    alias = entity["aliases"][-1]
    done = own.post(f"/v1/entities/{entity['id']}/split", json={"aliases": [alias["text"]]})
    assert done.status_code == 201
    new = own.get(done.headers["Location"]).json()
    assert new["id"] == done.json()["to"]
    assert new["name"] == alias["text"]
    rest = own.get(f"/v1/entities/{entity['id']}").json()
    assert new["mentions"] + rest["mentions"] == entity["mentions"]
    own.delete(f"/v1/corrections/{done.json()['id']}")


def test_a_mention_is_split_off_by_its_id(own: httpx.Client) -> None:
    entity = entities(own)[0]
    mention = own.get(f"/v1/entities/{entity['id']}/mentions").json()["items"][0]
    done = own.post(
        f"/v1/entities/{entity['id']}/split", json={"mentions": [mention["id"]], "name": "Other"}
    )
    place = {name: mention[name] for name in ("article", "revision", "start", "end", "text")}
    assert done.json()["mentions"] == [place]
    new = own.get(done.headers["Location"]).json()
    assert (new["name"], new["mentions"]) == ("Other", 1)
    own.delete(f"/v1/corrections/{done.json()['id']}")


def test_type_and_name_are_corrected_together(own: httpx.Client) -> None:
    entity = entities(own)[0]
    patch = {"type": "LAW", "name": "The Thing", "reason": "it is"}
    answer = own.patch(f"/v1/entities/{entity['id']}", json=patch).json()
    assert (answer["type"], answer["name"]) == ("LAW", "The Thing")
    listed = own.get("/v1/entities", params={"type": "LAW", "q": "the thing"}).json()["items"]
    assert [each["id"] for each in listed] == [entity["id"]]
    mentions = own.get(f"/v1/entities/{entity['id']}/mentions").json()["items"]
    assert {mention["type"] for mention in mentions} == {"LAW"}
    log = own.get("/v1/corrections", params={"entity": entity["id"], "state": "active"}).json()
    assert [each["kind"] for each in log["items"]] == ["rename", "retype"]
    for each in log["items"]:
        own.delete(f"/v1/corrections/{each['id']}")
    after = own.get(f"/v1/entities/{entity['id']}").json()
    assert (after["type"], after["name"]) == (entity["type"], entity["name"])


def test_a_rejected_mention_is_no_entitys(own: httpx.Client) -> None:
    entity = entities(own)[0]
    mention = own.get(f"/v1/entities/{entity['id']}/mentions").json()["items"][0]
    patch = {"reject_mention": mention["id"]}
    answer = own.patch(f"/v1/entities/{entity['id']}", json=patch).json()
    assert answer["mentions"] == entity["mentions"] - 1
    path = f"/v1/articles/{mention['article']}/mentions"
    found = own.get(path, params={"limit": 200}).json()["items"]
    assert {m["id"]: m["entity"] for m in found}[mention["id"]] is None


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "pointer"),
    [
        ("POST", "/v1/entities/999999/merge", {"into": 1}, 404, None),
        ("POST", "/v1/entities/1/merge", {"into": 999999}, 422, "#/into"),
        ("POST", "/v1/entities/1/merge", {"into": 1}, 422, "#/into"),
        ("POST", "/v1/entities/1/merge", {"into": "2"}, 422, "#/into"),
        ("POST", "/v1/entities/1/merge", {"onto": 2}, 422, "#/into"),
        ("POST", "/v1/entities/1/split", {}, 422, "#"),
        ("POST", "/v1/entities/1/split", {"aliases": ["Nobody At All"]}, 422, "#/aliases"),
        ("POST", "/v1/entities/1/split", {"mentions": [999999]}, 422, "#/mentions"),
        ("PATCH", "/v1/entities/1", {}, 422, "#"),
        ("PATCH", "/v1/entities/1", {"type": "TOWN"}, 422, "#/type"),
        ("PATCH", "/v1/entities/1", {"name": "  "}, 422, "#/name"),
        ("PATCH", "/v1/entities/1", {"reject_mention": 999999}, 422, "#/reject_mention"),
        ("DELETE", "/v1/corrections/999999", None, 404, None),
    ],
)
def test_what_cannot_be_corrected_says_why(
    own: httpx.Client, method: str, path: str, body: Any, status: int, pointer: str | None
) -> None:
    answer = own.request(method, path, json=body) if body is not None else own.request(method, path)
    assert answer.status_code == status, answer.text
    pointers = [error["pointer"] for error in answer.json().get("errors", [])]
    assert pointer is None or pointer in pointers


def test_a_merged_entity_is_not_corrected_by_itself(own: httpx.Client) -> None:
    first, second, third = [each["id"] for each in entities(own)[:3]]
    done = own.post(f"/v1/entities/{second}/merge", json={"into": first}).json()
    for path, body in ((f"{second}/merge", {"into": third}), (f"{third}/merge", {"into": second})):
        answer = own.post(f"/v1/entities/{path}", json=body)
        assert answer.status_code == 409
        assert f"part of entity {first}" in answer.json()["detail"]
    own.delete(f"/v1/corrections/{done['id']}")


def test_the_author_is_the_mark_of_the_key(tmp_path: Any) -> None:
    settings = Settings(
        database_url=new_url(tmp_path, "keys"), api_keys=("secret",), log_level="error"
    )
    key = {"X-API-Key": "secret"}
    with (
        serving(create_app(settings)) as address,
        httpx.Client(base_url=address, headers=key, timeout=70) as client,
    ):
        text = "Ann Becker met Paul Weber in Berlin. Paul Weber thanked Ann Becker."
        client.post("/v1/articles", params={"wait": 60}, json={"text": text, "source": "Star"})
        one, two = [each["id"] for each in entities(client)[:2]]
        log = client.post(f"/v1/entities/{one}/merge", json={"into": two}).json()
        assert log["author"].startswith("key:")
        assert "secret" not in log["author"]
        refused = httpx.post(f"{address}/v1/entities/{one}/merge", json={"into": two})
        assert refused.status_code == 401
