"""The brief of a story over HTTP, on a sample of its own."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

REPORT = (
    "The ferry Saint Ronan struck the pier at Port Ellis on Tuesday evening, the coast guard said. "
    "Forty people were hurt, and the harbour stayed shut until Friday. The captain, Daniel Mercer, "
    "told investigators that the engines had failed. Inspectors will read the voyage recorder. "
)


@pytest.fixture(scope="module")
def own(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serve_sample() as address, httpx.Client(base_url=address, timeout=70) as client:
        yield client


def brief(client: httpx.Client, story: int, **query: str) -> httpx.Response:
    return client.get(f"/v1/stories/{story}/brief", params=query)


def post(client: httpx.Client, source: str, text: str) -> dict[str, Any]:
    row = {"source": source, "text": text, "published_at": "2031-05-06"}
    answer = client.post("/v1/articles", json=row)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("story", [1, 2, 3])
def test_every_sentence_has_evidence_that_stands(own: httpx.Client, story: int) -> None:
    answer = brief(own, story).json()
    names = {side["key"] for side in answer["sides"]}
    items = answer["brief"]["items"]
    assert 8 < len(items) < 31
    assert {"more", "note"} <= set(answer["brief"])
    assert "statements" not in answer
    texts: dict[int, str] = {}
    for item in items:
        assert item["evidence"], item["text"]
        assert set(item["evidence"]) <= set(item["sides"]) <= names
        for spots in item["evidence"].values():
            for spot in spots:
                number = spot["article"]
                if number not in texts:
                    texts[number] = own.get(f"/v1/articles/{number}").json()["text"]
                assert texts[number][spot["start"] : spot["end"]] == spot["text"]


def test_the_pages_say_what_the_json_says(own: httpx.Client) -> None:
    items = brief(own, 1).json()["brief"]["items"]
    markdown, text = brief(own, 1, format="markdown"), brief(own, 1, format="text")
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(re.findall("^- ", markdown.text, re.MULTILINE)) == len(items)
    flat = " ".join(text.text.split())
    assert all(" ".join(item["text"].split()) in flat for item in items)
    assert brief(own, 1, format="text").content == text.content


def test_offsets_are_turned_where_asked(own: httpx.Client) -> None:
    said = [
        " ".join(item["text"] for item in brief(own, 1, offsets=offsets).json()["brief"]["items"])
        for offsets in ("codepoints", "utf16")
    ]
    assert said[0] == said[1]


def test_the_section_is_the_same_in_a_comparison(own: httpx.Client) -> None:
    compared = own.get("/v1/compare", params={"story": 1, "section": "brief"}).json()
    assert compared == brief(own, 1).json()


def test_beside_other_sections_its_evidence_does_not_say_again_what_they_say(
    own: httpx.Client,
) -> None:
    whole = own.get("/v1/compare", params={"story": 1}).json()
    alone = own.get("/v1/compare", params={"story": 1, "section": "brief"}).json()["brief"]
    told = {
        place(spot): spot["text"]
        for name in whole
        if name != "brief"
        for spot in spots(whole[name])
        if "text" in spot
    }
    again = 0
    for shown, complete in zip(spots(whole["brief"]), spots(alone), strict=True):
        assert place(shown) == place(complete)
        if "text" in shown:
            assert shown == complete
            assert place(shown) not in told
        else:
            again += 1
            assert told[place(shown)] == complete["text"]
    assert again > 10


def place(spot: dict[str, Any]) -> tuple[int, int, int]:
    return spot["article"], spot["start"], spot["end"]


def spots(part: Any) -> Iterator[dict[str, Any]]:
    """The places in a part of an answer."""
    if isinstance(part, dict):
        if "start" in part:
            yield part
        for each in part.values():
            yield from spots(each)
    elif isinstance(part, list):
        for each in part:
            yield from spots(each)


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        ({"format": "pdf"}, 422, "format must be"),
        ({"section": "terms"}, 422, "no parameter 'section'"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    own: httpx.Client, query: dict[str, str], status: int, detail: str
) -> None:
    answer = brief(own, 1, **query)
    assert answer.status_code == status
    assert detail in answer.json()["detail"]


def test_a_story_that_is_not_there_is_not_found(own: httpx.Client) -> None:
    assert brief(own, 999_999).status_code == 404


def test_a_story_of_one_outlet_has_no_brief(own: httpx.Client) -> None:
    made = post(own, "Lonely Post", "A bakery on Fell Island won a prize for bread on Monday.")
    answer = brief(own, made["story"])
    assert answer.status_code == 422
    assert "two outlets or more" in answer.json()["detail"]


def test_of_many_outlets_the_eight_with_the_most_words_are_told(own: httpx.Client) -> None:
    stories = {
        post(own, f"Outlet {n}", REPORT + f"Witness number {n} saw it. " * (n + 1))["story"]
        for n in range(10)
    }
    (story,) = stories
    answer = brief(own, story).json()
    assert [side["name"] for side in answer["sides"]] == [f"Outlet {n}" for n in range(2, 10)]
    note = answer["brief"]["note"]
    assert "articles of 10 outlets" in note
    assert "without Outlet 0, Outlet 1." in note


def test_a_story_that_went_into_another_says_where(own: httpx.Client) -> None:
    done = own.post("/v1/stories/2/merge", json={"into": 1, "reason": "same"}).json()
    answer = brief(own, 2)
    assert answer.status_code == 422
    assert "they are in story 1" in answer.json()["detail"]
    own.delete(f"/v1/corrections/{done['id']}")
