"""Imports over HTTP: the list of them, and the articles that each made."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import orjson
import pytest

NDJSON = {"Content-Type": "application/x-ndjson"}


@pytest.fixture(scope="module")
def own(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serve_sample() as address, httpx.Client(base_url=address, timeout=70) as client:
        yield client


def send(client: httpx.Client, *rows: object) -> dict[str, Any]:
    """Sends rows in. Returns the import when it is done."""
    content = b"\n".join(each if isinstance(each, bytes) else orjson.dumps(each) for each in rows)
    begun = client.post("/v1/imports", content=content, headers=NDJSON)
    assert begun.status_code == 202, begun.text
    deadline = time.monotonic() + 90
    while (made := client.get(begun.headers["Location"]).json())["state"] != "done":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    found: dict[str, Any] = made
    return found


def row(name: str, text: str) -> dict[str, str]:
    return {"source": "Post", "external_id": name, "text": text}


def test_an_import_says_which_articles_it_made(own: httpx.Client) -> None:
    first = send(own, row("a", "Mara Holt won the seat."), b"{", row("b", "Jan Pell lost it."))
    path = f"/v1/imports/{first['id']}/articles"
    items = own.get(path).json()["items"]
    assert [(each["line"], each["outcome"]) for each in items] == [(1, "created"), (3, "created")]
    texts = [own.get(f"/v1/articles/{each['article']}").json()["text"] for each in items]
    assert texts == ["Mara Holt won the seat.", "Jan Pell lost it."]

    a, b = (each["article"] for each in items)
    assert own.delete(f"/v1/articles/{b}").status_code == 204
    second = send(
        own,
        row("a", "Mara Holt won the seat, at last."),
        row("a", "Mara Holt won the seat, at last."),
        row("b", "Jan Pell lost it."),
        row("c", "Nobody came."),
    )
    path = f"/v1/imports/{second['id']}/articles"
    items = own.get(path).json()["items"]
    assert [(each["line"], each["outcome"], each["article"]) for each in items][:3] == [
        (1, "revised", a),
        (2, "existing", a),
        (3, "existing", None),
    ]
    made = own.get(path, params={"outcome": "created"}).json()
    assert [each["line"] for each in made["items"]] == [4]
    assert made["total"] == {"value": 1, "relation": "eq"}
    paged = own.get(path, params={"limit": 2}).json()
    rest = own.get(path, params={"limit": 2, "cursor": paged["next_cursor"]}).json()
    assert [each["line"] for each in paged["items"] + rest["items"]] == [1, 2, 3, 4]


def test_imports_are_listed_the_newest_first(own: httpx.Client) -> None:
    one, two = send(own, row("d", "A day.")), send(own, row("e", "A night."))
    page = own.get("/v1/imports", params={"limit": 1}).json()
    assert [each["id"] for each in page["items"]] == [two["id"]]
    rest = own.get("/v1/imports", params={"limit": 1, "cursor": page["next_cursor"]}).json()
    assert rest["items"] == [{key: each for key, each in one.items() if key != "errors"}]
    assert page["total"]["value"] == own.get("/v1/imports?sort=id").json()["total"]["value"] >= 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/imports/999999/articles", 404),
        ("/v1/imports/1/articles?outcome=gone", 422),
        ("/v1/imports?sort=size", 422),
        ("/v1/imports?cursor=x", 422),
    ],
)
def test_what_is_not_there_or_does_not_fit_is_said(
    own: httpx.Client, path: str, status: int
) -> None:
    answer = own.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
