"""Outlets over HTTP: renamed, merged and described, on a sample of their own."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from tests.undated import undated

LANTERN, MERIDIAN = "the-daily-lantern", "meridian-dispatch"


@pytest.fixture
def own(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serve_sample() as address, httpx.Client(base_url=address, timeout=70) as client:
        yield client


def got(client: httpx.Client, path: str, **query: Any) -> Any:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def said(client: httpx.Client) -> list[str]:
    """Whatever shows which article is whose."""
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("/v1/articles", {"limit": 200}),
        ("/v1/stories", {}),
        ("/v1/entities", {"limit": 200}),
        ("/v1/entities/1", {}),
        ("/v1/entities/1/coverage", {}),
        ("/v1/sources", {}),
        (f"/v1/sources/{LANTERN}", {}),
        ("/v1/sources/coastal-courier/missed", {}),
        ("/v1/export/articles", {}),
        ("/v1/export/stories", {}),
        ("/v1/export/sources", {}),
    )
    return [undated(client.get(path, params=query).text) for path, query in asked]


def test_two_outlets_become_one_everywhere_and_two_again(own: httpx.Client) -> None:
    before = said(own)
    counts = {each["slug"]: each["articles"] for each in got(own, "/v1/sources")["items"]}
    answer = own.post(
        f"/v1/sources/{LANTERN}/merge",
        json={"into": MERIDIAN, "reason": "one newsroom", "author": "ada"},
    )
    assert answer.status_code == 200, answer.text
    log = answer.json()
    assert (log["kind"], log["source"], log["to_source"]) == ("merge_sources", LANTERN, MERIDIAN)
    assert (log["author"], log["reason"], log["to"]) == ("ada", "one newsroom", None)

    both = counts[LANTERN] + counts[MERIDIAN]
    assert got(own, f"/v1/sources/{LANTERN}")["slug"] == MERIDIAN
    assert got(own, f"/v1/sources/{MERIDIAN}")["articles"] == both
    assert LANTERN not in [each["slug"] for each in got(own, "/v1/sources")["items"]]
    for name in (LANTERN, "The Daily Lantern", MERIDIAN):
        assert got(own, "/v1/articles", source=name)["total"]["value"] == both
        assert got(own, "/v1/articles", q=f'source:"{name}"')["total"]["value"] == both
    for story in got(own, "/v1/stories")["items"]:
        assert LANTERN not in [each["source"]["slug"] for each in story["sources"]]
    missed = got(own, f"/v1/sources/{LANTERN}/missed", min_sources=1)
    assert missed == got(own, f"/v1/sources/{MERIDIAN}/missed", min_sources=1)
    rows = own.get("/v1/export/articles", params={"source": LANTERN}).text.splitlines()
    assert {json.loads(row)["source"] for row in rows} == {MERIDIAN}
    assert len(rows) == both
    refused = own.get("/v1/compare", params={"source": [LANTERN, MERIDIAN]})
    assert refused.status_code == 422
    compared = got(own, "/v1/compare", source=[LANTERN, "coastal-courier"], section="reuse")
    assert compared["sides"][0]["key"] == MERIDIAN

    again = own.post(f"/v1/sources/{LANTERN}/merge", json={"into": MERIDIAN})
    assert again.json() == log
    assert [each["id"] for each in got(own, "/v1/corrections", source=MERIDIAN)["items"]] == [
        log["id"]
    ]
    told = got(own, "/v1/changes", limit=1000)["items"]
    changed = [each for each in told if (each["type"], each["kind"]) == ("article", "changed")]
    assert len(changed) == counts[LANTERN]
    merged = [each for each in told if (each["type"], each["kind"]) == ("source", "merged")]
    assert [each["slug"] for each in merged] == [LANTERN]
    undone = own.delete(f"/v1/corrections/{log['id']}", params={"author": "ben"})
    assert undone.json()["undone_by"] == "ben"
    assert said(own) == before


def test_what_came_in_under_a_domain_gets_its_name(own: httpx.Client) -> None:
    def post(text: str, **more: str) -> dict[str, Any]:
        answer = own.post("/v1/articles", params={"wait": 60}, json={"text": text, **more})
        assert answer.status_code == 201, answer.text
        article: dict[str, Any] = answer.json()
        return article

    first = post("The harbour in Oslo was closed on Monday.", source="tidings.example")
    assert first["source"] == {"slug": "tidings-example", "name": "tidings.example"}
    changed = own.patch(
        "/v1/sources/tidings-example",
        json={
            "name": "Oslo Tidings",
            "domains": ["tidings.example", "tidings.test"],
            "country": "no",
            "language": "nb-NO",
            "tags": ["daily", "harbours"],
            "reason": "its imprint",
        },
    )
    assert changed.status_code == 200, changed.text
    outlet = changed.json()
    assert (outlet["slug"], outlet["name"]) == ("oslo-tidings", "Oslo Tidings")
    assert outlet["domains"] == ["tidings.example", "tidings.test"]
    assert (outlet["country"], outlet["language"]) == ("NO", "nb")
    assert outlet["tags"] == ["daily", "harbours"]
    named = {"slug": "oslo-tidings", "name": "Oslo Tidings"}
    assert got(own, f"/v1/articles/{first['id']}")["source"] == named
    later = post("The harbour in Oslo opened again.", url="https://www.tidings.test/open")
    assert later["source"] == named
    assert got(own, "/v1/articles", source="tidings.example")["total"]["value"] == 2
    assert [each["slug"] for each in got(own, "/v1/sources", tag="daily")["items"]] == [
        "oslo-tidings"
    ]
    assert got(own, "/v1/sources", country="NO", tag="weekly")["items"] == []
    for query in ({"source_tag": ["daily", "x"]}, {"source_country": "no"}):
        assert got(own, "/v1/articles", **query)["total"]["value"] == 2
        assert len(own.get("/v1/export/articles", params=query).text.splitlines()) == 2
    both = {"source_tag": "daily", "source": MERIDIAN}
    assert got(own, "/v1/articles", **both)["items"] == []
    assert got(own, "/v1/articles", source_tag="x")["items"] == []
    for path, query in (
        ("/v1/sources", {"country": "Norway"}),
        ("/v1/articles", {"source_country": "3"}),
    ):
        refused = own.get(path, params=query)
        assert refused.status_code == 422, query
        assert next(iter(query)) in refused.json()["errors"][0]["pointer"], refused.text
    log = got(own, "/v1/corrections", kind="rename_source")["items"]
    assert [(each["source"], each["name"]) for each in log] == [("tidings-example", "Oslo Tidings")]
    row = json.loads(own.get("/v1/export/corrections").text.splitlines()[1])
    assert (row["source"], row["values"]) == (
        "tidings-example",
        ["tidings.example", "tidings.test"],
    )
    for each in got(own, "/v1/corrections")["items"]:
        assert own.delete(f"/v1/corrections/{each['id']}").status_code == 200
    assert got(own, f"/v1/articles/{first['id']}")["source"] == first["source"]


def test_what_cannot_be_corrected_of_an_outlet_says_why(own: httpx.Client) -> None:
    for method, path, body, status, pointer in (
        ("POST", "nobody/merge", {"into": MERIDIAN}, 404, None),
        ("POST", f"{LANTERN}/merge", {"into": "nobody"}, 422, "#/into"),
        ("POST", f"{LANTERN}/merge", {"into": LANTERN}, 422, "#/into"),
        ("POST", f"{LANTERN}/merge", {}, 422, "#/into"),
        ("PATCH", "nobody", {"name": "Somebody"}, 404, None),
        ("PATCH", LANTERN, {}, 422, "#"),
        ("PATCH", LANTERN, {"name": "Meridian Dispatch"}, 409, "#/name"),
        ("PATCH", LANTERN, {"name": "?!"}, 422, "#/name"),
        ("PATCH", LANTERN, {"domains": ["10.0.0.1"]}, 422, "#/domains/0"),
        ("PATCH", LANTERN, {"country": "Norway"}, 422, "#/country"),
        ("PATCH", LANTERN, {"tags": [""]}, 422, "#/tags/0"),
        ("PATCH", LANTERN, {"slug": "x"}, 422, "#/slug"),
    ):
        answer = own.request(method, f"/v1/sources/{path}", json=body)
        assert answer.status_code == status, (path, body, answer.text)
        pointers = [error["pointer"] for error in answer.json().get("errors", [])]
        assert pointer is None or pointers == [pointer], (body, answer.text)
    assert own.get("/v1/corrections").json()["items"] == []
    own.post(f"/v1/sources/{LANTERN}/merge", json={"into": MERIDIAN})
    other = own.post("/v1/sources/coastal-courier/merge", json={"into": LANTERN})
    assert other.status_code == 409
    assert f"part of {MERIDIAN}" in other.json()["detail"]


def test_an_outlet_is_named_by_its_name_as_well(own: httpx.Client) -> None:
    for path in ("", "/missed"):
        by_name = got(own, f"/v1/sources/Meridian Dispatch{path}")
        assert by_name == got(own, f"/v1/sources/{MERIDIAN}{path}")
    assert own.get("/v1/sources/Nobody's Paper").status_code == 404
