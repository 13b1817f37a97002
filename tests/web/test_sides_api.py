"""Sides that people ask about: groups of outlets, periods, one against the rest; and an answer that
stands alone."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

TWO = {"source": ["meridian-dispatch", "the-daily-lantern"]}
PERIODS = ["before:meridian-dispatch@..2016-03-26", "after:meridian-dispatch@2016-03-26.."]


def asked(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/v1/compare", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def spots(part: Any) -> Iterator[dict[str, Any]]:
    """All spots that have a surface."""
    if isinstance(part, dict):
        if {"article", "start", "end", "text"} <= part.keys():
            yield part
        for each in part.values():
            yield from spots(each)
    elif isinstance(part, list):
        for each in part:
            yield from spots(each)


def test_groups_of_outlets_are_sides_by_slug_or_name(client: httpx.Client) -> None:
    groups = ["a:Meridian Dispatch", "b:the-daily-lantern,Coastal Courier"]
    found = asked(client, side=groups, section="entities")
    assert [(side["key"], side["name"]) for side in found["sides"]] == [("a", "a"), ("b", "b")]
    on: dict[str, set[str]] = {}
    for each in found["articles"]:
        on.setdefault(each["side"], set()).add(each["source"])
    assert on == {"a": {"Meridian Dispatch"}, "b": {"The Daily Lantern", "Coastal Courier"}}
    assert set(found["entities"]["only"]) == {"a", "b"}


def test_periods_of_one_outlet_are_sides(client: httpx.Client) -> None:
    before, after = (
        [each for each in asked(client, side=PERIODS)["articles"] if each["side"] == key]
        for key in ("before", "after")
    )
    assert {each["source"] for each in before + after} == {"Meridian Dispatch"}
    assert max(each["published_at"] for each in before) < "2016-03-26"
    assert min(each["published_at"] for each in after) >= "2016-03-26"
    heads = asked(client, side=PERIODS, section="brief")["sides"]
    assert [(side["since"], side["until"]) for side in heads] == [
        (None, "2016-03-26T00:00:00Z"),
        ("2016-03-26T00:00:00Z", None),
    ]


def test_one_outlet_is_set_against_the_rest_of_a_story(client: httpx.Client) -> None:
    story = client.get("/v1/stories").json()["items"][0]
    found = asked(client, story=story["id"], others="meridian-dispatch", section="entities")
    assert [side["key"] for side in found["sides"]] == ["meridian-dispatch", "others"]
    assert sum(side["articles"] for side in found["sides"]) == story["articles"]
    assert found["filters"] == {"story": story["id"], "since": None, "until": None}


def test_sides_in_a_body_are_those_of_a_query(client: httpx.Client) -> None:
    sides = [
        {"key": "before", "sources": ["Meridian Dispatch"], "until": "2016-03-26"},
        {"key": "after", "sources": ["meridian-dispatch"], "since": "2016-03-26"},
    ]
    sent = client.post("/v1/compare", json={"sides": sides})
    assert sent.status_code == 200, sent.text
    assert sent.json() == asked(client, side=PERIODS)
    ids = sorted(each["id"] for each in client.get("/v1/articles").json()["items"][:3])
    named = [{"key": "one", "articles": ids[:1]}, {"key": "two", "articles": ids[1:]}]
    found = client.post("/v1/compare", params={"section": "terms"}, json={"sides": named}).json()
    assert [(each["article"], each["side"]) for each in found["articles"]] == [
        (ids[0], "one"),
        (ids[1], "two"),
        (ids[2], "two"),
    ]


@pytest.mark.parametrize(
    ("query", "pointer", "says"),
    [
        ({"side": ["a", "b:meridian-dispatch"]}, "?side", "KEY:SOURCE"),
        ({"side": ["a:meridian-dispatch"]}, "?side", "two to eight sides, not 1"),
        ({"side": ["a:*", "b:meridian-dispatch"]}, "?side", "stands on two sides"),
        ({"side": ["a:meridian-dispatch", "a:the-daily-lantern"]}, "?side", "the key 'a'"),
        ({"side": ["a:nobody", "b:*"]}, "?side", "There is no source 'nobody'"),
        ({"side": ["a:*@soon..", "b:*"]}, "?side", "not a date"),
        ({"side": ["a:*@2030-01-01..", "b:*"]}, "?side", "no articles in this period"),
        ({**TWO, "side": ["a:*", "b:*"]}, "?side", "in one way"),
        ({"others": "meridian-dispatch"}, "?others", "name the story"),
        ({"others": "nobody", "story": 1}, "?others", "There is no source"),
        ({**TWO, "context": 301}, "?context", "300"),
    ],
)
def test_sides_that_cannot_be_are_refused_at_their_place(
    client: httpx.Client, query: dict[str, Any], pointer: str, says: str
) -> None:
    answer = client.get("/v1/compare", params=query)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert says in error["detail"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#"),
        ({"sides": [{"key": "a"}]}, "#/sides"),
        ({"sides": [{"key": "a", "sources": ["nobody"]}, {"key": "b"}]}, "#/sides/0"),
        ({"sides": [{"key": "a", "since": "soon"}, {"key": "b"}]}, "#/sides/0/since"),
        (
            {"sides": [{"key": "a"}, {"key": "b", "articles": [1], "since": "2016"}]},
            "#/sides/1/since",
        ),
        ({"sides": [{"key": "a", "articles": [1]}, {"key": "b", "articles": [1]}]}, "#/sides/1"),
        ({"sides": [{"key": "a", "articles": [99999]}, {"key": "b"}]}, "#/sides/0"),
    ],
)
def test_a_body_that_cannot_be_is_refused_at_its_place(
    client: httpx.Client, body: dict[str, Any], pointer: str
) -> None:
    answer = client.post("/v1/compare", json=body)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_the_answer_names_its_articles_and_filters(client: httpx.Client) -> None:
    found = asked(client, **TWO, until="2016-04-01", section="brief")
    assert found["filters"] == {"story": None, "since": None, "until": "2016-04-01T00:00:00Z"}
    for each in found["articles"]:
        stored = client.get(f"/v1/articles/{each['article']}").json()
        assert each == {
            "article": stored["id"],
            "title": stored["title"],
            "source": stored["source"]["name"],
            "url": stored["url"],
            "published_at": stored["published_at"],
            "side": stored["source"]["slug"],
            "revision": stored["revision"],
        }


@pytest.mark.parametrize("offsets", ["codepoints", "utf16"])
def test_every_spot_has_what_stands_around_it(client: httpx.Client, offsets: str) -> None:
    found = asked(client, **TWO, context=40, offsets=offsets)
    texts = {
        each["article"]: client.get(f"/v1/articles/{each['article']}").json()["text"]
        for each in found["articles"]
    }
    seen = list(spots(found))
    assert len(seen) > 50
    for spot in seen:
        text = texts[spot["article"]]
        whole = spot["before"] + spot["text"] + spot["after"]
        assert whole in text
        assert len(spot["before"]) <= 40
        assert len(spot["after"]) <= 40
        if offsets == "codepoints":
            start, end = spot["start"], spot["end"]
            assert spot["before"] == text[max(0, start - 40) : start]
            assert spot["after"] == text[end : end + 40]


def test_texts_of_a_request_have_it_too_and_say_whose_they_are(client: httpx.Client) -> None:
    articles = [
        {"source": "a", "title": "Fire", "text": "Three people died in Veldhaven on Monday."},
        {"source": "b", "text": "A fire killed three people in Veldhaven on Monday."},
    ]
    answer = client.post("/v1/compare", params={"context": 10}, json={"articles": articles}).json()
    assert [(each["article"], each["side"], each["source"]) for each in answer["articles"]] == [
        (0, "a", "a"),
        (1, "b", "b"),
    ]
    texts = [each["text"] for each in answer["articles"]]
    seen = list(spots({name: of for name, of in answer.items() if name != "articles"}))
    assert seen
    for spot in seen:
        text = texts[spot["article"]]
        assert spot["before"] == text[max(0, spot["start"] - 10) : spot["start"]]
        assert spot["after"] == text[spot["end"] : spot["end"] + 10]


def test_without_context_no_spot_has_it_and_lists_are_as_long_as_they_say(
    client: httpx.Client,
) -> None:
    found = asked(client, **TWO)
    assert all("before" not in each and "after" not in each for each in spots(found))
    assert len(found["entities"]["shared"]) <= 20
    assert len(found["labels"]["items"]) <= 20
    nearest = [
        near
        for own in found["statements"]["only"].values()
        for item in own
        for near in item["nearest"].values()
        if near
    ]
    assert nearest
    assert all(set(near["spot"]) == {"article", "revision", "start", "end"} for near in nearest)


@pytest.mark.parametrize("kind", ["mentions", "quotes", "references"])
def test_what_is_found_in_an_article_names_its_entity(client: httpx.Client, kind: str) -> None:
    found = [
        each
        for article in client.get("/v1/articles", params={"limit": 4}).json()["items"]
        for each in client.get(f"/v1/articles/{article['id']}/{kind}").json()["items"]
    ]
    named = {each["entity"]: each["entity_name"] for each in found}
    assert len(named) > 1
    for entity, name in named.items():
        whole = client.get(f"/v1/entities/{entity}").json() if entity else {"name": None}
        assert name == whole["name"]
