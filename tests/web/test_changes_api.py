"""Changes over HTTP, as a client follows them that keeps a copy."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

NAMED = "entities?q=vic&type=PERSON&type=GPE&"


@pytest.fixture(scope="module")
def own(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serve_sample() as address, httpx.Client(base_url=address, timeout=70) as client:
        yield client


def changes(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/v1/changes", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def follow(client: httpx.Client, after: str | None = None, **query: Any) -> list[dict[str, Any]]:
    """All that changed since, asked for page by page."""
    items: list[dict[str, Any]] = []
    given = {} if after is None else {"after": after}
    while True:
        page = changes(client, **given, **query)
        items += page["items"]
        given = {"after": page["next_cursor"]}
        if not page["more"]:
            return items


def end(client: httpx.Client) -> str:
    items = follow(client, limit=1000)
    return str(items[-1]["cursor"])


def post(client: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = client.post("/v1/articles", json=body)
    assert answer.status_code in (200, 201), answer.text
    made: dict[str, Any] = answer.json()
    return made


def of(items: list[dict[str, Any]], type_: str, id_: int) -> list[str]:
    return [each["kind"] for each in items if (each["type"], each["id"]) == (type_, id_)]


def test_from_the_beginning_all_that_is_there_is_told(own: httpx.Client) -> None:
    items = follow(own, limit=50)
    cursors = [int(each["cursor"]) for each in items]
    assert cursors == sorted(set(cursors))
    for path, type_ in (("articles", "article"), ("stories", "story")):
        for each in own.get(f"/v1/{path}").json()["items"]:
            assert "created" in of(items, type_, each["id"])
    created = {each["id"] for each in items if each["type"] == "entity"}
    assert {e["id"] for e in own.get("/v1/entities?limit=200").json()["items"]} <= created
    slugs = {each["slug"] for each in items if each["type"] == "source"}
    assert slugs == {each["slug"] for each in own.get("/v1/sources").json()["items"]}
    assert all(of(items, "article", n)[-1] == "analysed" for n in range(1, 13))


def test_an_article_is_followed_from_its_creation_to_its_end(own: httpx.Client) -> None:
    after = end(own)
    text = "The mayor of Larnby, Ida Quill, opened the bridge over the Esk on Friday."
    made = post(own, source="Larnby News", external_id="bridge", text=text)
    items = follow(own, after)
    assert of(items, "article", made["id"]) == ["created", "analysed"]
    assert {each["slug"] for each in items if each["type"] == "source"} == {"larnby-news"}
    assert made["story"] in {each["id"] for each in items if each["type"] == "story"}

    after = items[-1]["cursor"]
    post(own, source="Larnby News", external_id="bridge", text=f"{text} It rained all day.")
    items = follow(own, after)
    assert of(items, "article", made["id"]) == ["revised", "analysed"]

    after = items[-1]["cursor"]
    assert own.delete(f"/v1/articles/{made['id']}").status_code == 204
    items = follow(own, after)
    assert of(items, "article", made["id"]) == ["deleted"]
    whole = follow(own, limit=1000)
    assert of(whole, "article", made["id"]) == ["deleted"]


def test_corrections_say_where_things_went(own: httpx.Client) -> None:
    after = end(own)
    named = own.get("/v1/entities").json()["items"]
    one, other = named[-1], named[-2]
    merged = own.post(f"/v1/entities/{one['id']}/merge", json={"into": other["id"]})
    assert merged.status_code == 200, merged.text
    items = follow(own, after)
    told = [each for each in items if (each["type"], each["id"]) == ("entity", one["id"])]
    assert [(each["kind"], each["to"]) for each in told] == [("merged", other["id"])]
    assert of(items, "entity", other["id"]) == ["changed"]
    assert "article" in {each["type"] for each in items}

    after = items[-1]["cursor"]
    story = own.get("/v1/stories?sort=-articles").json()["items"][0]["id"]
    article = own.get(f"/v1/articles?story={story}").json()["items"][0]["id"]
    split = own.post(f"/v1/stories/{story}/split", json={"articles": [article]}).json()
    items = follow(own, after)
    told = [each for each in items if (each["type"], each["id"]) == ("story", story)]
    assert [(each["kind"], each["to"]) for each in told] == [("split", split["to"])]
    moved = [e for e in items if e["kind"] == "moved" and e["id"] == article]
    assert [each["to"] for each in moved] == [split["to"]]


def test_lists_say_when_and_take_since_when(own: httpx.Client) -> None:
    text = "Nothing happened in Larnby on Monday, said Vic Orr."
    made = post(own, source="Larnby News", text=text)
    assert made["updated_at"] > made["created_at"]
    newest = own.get("/v1/articles?sort=-updated_at&limit=3").json()["items"]
    assert newest[0]["id"] == made["id"]
    times = [each["updated_at"] for each in newest]
    assert times == sorted(times, reverse=True)
    for path in ("articles?", "stories?", "entities?", "entities?source=larnby-news&", NAMED):
        whole = own.get(f"/v1/{path}limit=200").json()["items"]
        late = own.get(f"/v1/{path}limit=200&updated_since={made['updated_at']}").json()
        expected = {e["id"] for e in whole if e["updated_at"] >= made["updated_at"]}
        assert {each["id"] for each in late["items"]} == expected != set()
        assert late["total"] == {"value": len(expected), "relation": "eq"}
    single = own.get(f"/v1/articles/{made['id']}").json()
    assert single["updated_at"] == made["updated_at"]
    renamed = own.patch(f"/v1/articles/{made['id']}", json={"authors": ["Vic Orr"]}).json()
    assert renamed["updated_at"] > made["updated_at"]
    again = own.patch(f"/v1/articles/{made['id']}", json={"authors": ["Vic Orr"]}).json()
    assert again["authors"] == ["Vic Orr"]


CHOSEN: tuple[dict[str, Any], ...] = (
    {"type": ["story"]},
    {"kind": ["merged", "deleted"]},
    {"type": ["article", "source"], "kind": ["created"]},
)


def test_types_and_kinds_are_chosen_and_the_cursor_goes_on_all_the_same(own: httpx.Client) -> None:
    whole = follow(own, limit=1000)
    for query in CHOSEN:
        wanted = [e for e in whole if all(e[name] in value for name, value in query.items())]
        assert wanted
        assert follow(own, limit=3, **query) == wanted
    page = changes(own, type="source", kind="deleted")
    assert (page["items"], page["more"]) == ([], False)
    assert page["next_cursor"] == whole[-1]["cursor"]


def test_at_the_end_the_cursor_is_the_same_and_goes_on(own: httpx.Client) -> None:
    last = end(own)
    page = changes(own, after=last)
    assert page == {"items": [], "next_cursor": last, "more": False}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("after=nonsense", "?after"),
        ("after=-1", "?after"),
        ("after=999999999999", "?after"),
        ("after=99999999999999999999", "?after"),
        ("after=١٢", "?after"),
        ("limit=0", "?limit"),
        ("limit=1001", "?limit"),
        ("type=word", "?type"),
        ("kind=gone", "?kind"),
        ("cursor=1", "?cursor"),
    ],
)
def test_what_does_not_fit_is_named(own: httpx.Client, query: str, pointer: str) -> None:
    answer = own.get(f"/v1/changes?{query}")
    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_a_cursor_of_what_is_no_more_says_to_begin_again(own: httpx.Client) -> None:
    answer = own.get("/v1/changes?after=999999999999").json()
    assert "start again from the beginning" in answer["errors"][0]["detail"]
