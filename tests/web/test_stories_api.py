"""Stories over HTTP, on a sample of their own: its three events."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from tests.undated import undated


@pytest.fixture(scope="module")
def own(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serve_sample() as address, httpx.Client(base_url=address, timeout=70) as client:
        yield client


def listed(client: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/v1/stories", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def articles(client: httpx.Client, story: int) -> list[dict[str, Any]]:
    page = client.get("/v1/articles", params={"story": story}).json()
    found: list[dict[str, Any]] = page["items"]
    assert page["total"]["value"] == len(found)
    return found


def test_the_three_events_of_the_sample_are_three_stories(own: httpx.Client) -> None:
    found = listed(own)
    assert [each["articles"] for each in found] == [4, 4, 4]
    assert all(len(each["sources"]) == 3 for each in found)
    assert [each["last_published"] for each in found] == sorted(
        (each["last_published"] for each in found), reverse=True
    )
    (palmyra,) = [s for s in found if "Palmyra" in [e["name"] for e in s["entities"]]]
    own_articles = articles(own, palmyra["id"])
    assert {each["story"] for each in own_articles} == {palmyra["id"]}
    first = min(own_articles, key=lambda each: (each["published_at"], each["id"]))
    assert palmyra["title"] == first["title"]
    assert own.get(f"/v1/stories/{palmyra['id']}").json() == palmyra


def test_stories_are_filtered_by_outlet_entity_period_and_size(own: httpx.Client) -> None:
    everything = listed(own)
    palmyra = own.get("/v1/entities", params={"q": "Palmyra"}).json()["items"][0]["id"]
    (about,) = listed(own, entity=palmyra)
    assert about["first_published"].startswith("2016-03")
    assert listed(own, until="2016-12-31") == [about]
    assert about not in listed(own, since="2017-01-01")
    assert len(listed(own, source=["coastal-courier", "meridian-dispatch"])) == 3
    assert listed(own, source=["Coastal Courier", "meridian-dispatch"]) == everything
    assert listed(own, min_articles=5) == []
    assert listed(own, min_sources=3) == everything
    assert listed(own, min_sources=4) == []
    assert listed(own, without_source="The Daily Lantern") == []
    assert listed(own, q="temples palmyra") == [about]
    assert listed(own, q="ferries -palmyra") != []
    assert about not in listed(own, q="ferries -palmyra")
    sized = listed(own, sort="-articles", limit=2)
    assert sized == sorted(everything, key=lambda each: (-each["articles"], -each["id"]))[:2]


def test_what_counts_in_a_story_is_in_its_articles_alone(own: httpx.Client) -> None:
    story = listed(own)[0]
    numbers = [each["id"] for each in articles(own, story["id"])]
    by_story = own.get("/v1/entities", params={"story": story["id"], "limit": 200}).json()
    by_article = own.get("/v1/entities", params={"article": numbers, "limit": 200}).json()
    assert by_story["items"] == by_article["items"]
    shown = {each["entity"]: each for each in story["entities"]}
    for each in by_story["items"]:
        if each["id"] in shown:
            assert shown[each["id"]]["mentions"] == each["mentions"]
            assert shown[each["id"]]["articles"] == each["articles"]


def test_a_story_alone_is_compared_between_all_its_outlets(own: httpx.Client) -> None:
    story = listed(own)[0]
    asked = {"story": story["id"], "section": "entities"}
    slugs = sorted(each["source"]["slug"] for each in story["sources"])
    compared = own.get("/v1/compare", params=asked).json()
    assert [side["key"] for side in compared["sides"]] == slugs
    assert sum(side["articles"] for side in compared["sides"]) == story["articles"]
    two = own.get("/v1/compare", params={**asked, "source": slugs[:2]}).json()
    assert two["sides"] == compared["sides"][:2]


@pytest.mark.parametrize(
    ("path", "query", "pointer"),
    [
        ("/v1/articles", {"story": 999}, "?story"),
        ("/v1/entities", {"story": 999}, "?story"),
        ("/v1/compare", {"story": 999}, "?story"),
        ("/v1/compare", {"story": 1, "article": [1, 2]}, "?story"),
        ("/v1/stories", {"source": "nobody"}, "?source"),
        ("/v1/stories", {"entity": 99999}, "?entity"),
        ("/v1/stories", {"without_source": "nobody"}, "?without_source"),
        ("/v1/stories", {"q": "palmyra ("}, "?q"),
        ("/v1/sources/coastal-courier/missed", {"q": "OR"}, "?q"),
        ("/v1/stories", {"sort": "title"}, "?sort"),
    ],
)
def test_what_names_nothing_is_refused_at_its_parameter(
    own: httpx.Client, path: str, query: dict[str, Any], pointer: str
) -> None:
    answer = own.get(path, params=query)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_what_is_not_there_is_404(own: httpx.Client) -> None:
    assert own.get("/v1/stories/999").status_code == 404
    assert own.get("/v1/articles/999/similar").status_code == 404


def test_the_articles_of_the_event_are_the_similar_ones(own: httpx.Client) -> None:
    story = listed(own)[0]
    first, *others = [each["id"] for each in articles(own, story["id"])]
    page = own.get(f"/v1/articles/{first}/similar").json()
    assert {each["article"]["id"] for each in page["items"][:3]} == set(others)
    values = [each["similarity"] for each in page["items"]]
    assert values == sorted(values, reverse=True)
    assert all(0 <= each <= 1 for each in values)
    assert all(each["shared"] for each in page["items"])


def test_a_merge_is_one_story_everywhere_and_undone_leaves_no_trace(own: httpx.Client) -> None:
    before = undated(own.get("/v1/stories").text)
    into, merged = listed(own)[:2]
    done = own.post(f"/v1/stories/{merged['id']}/merge", json={"into": into["id"], "author": "ada"})
    assert done.status_code == 200, done.text
    log = done.json()
    assert (log["kind"], log["story"], log["to"]) == ("merge_stories", merged["id"], into["id"])
    assert log["entity"] is None
    assert own.get(f"/v1/stories/{merged['id']}").json()["merged_into"] == into["id"]
    assert own.get(f"/v1/stories/{into['id']}").json()["articles"] == 8
    logged = own.get("/v1/corrections", params={"story": into["id"]}).json()["items"]
    assert logged == [log]
    conflict = own.post(f"/v1/stories/{merged['id']}/split", json={"articles": [1]})
    assert conflict.status_code == 409
    assert own.delete(f"/v1/corrections/{log['id']}").status_code == 200
    assert undated(own.get("/v1/stories").text) == before


def test_a_split_is_a_story_of_its_own_until_it_is_undone(own: httpx.Client) -> None:
    before = undated(own.get("/v1/stories").text)
    story = listed(own)[0]["id"]
    held = [each["id"] for each in articles(own, story)]
    refused = own.post(f"/v1/stories/{story}/split", json={"articles": held})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "#/articles"
    done = own.post(f"/v1/stories/{story}/split", json={"articles": held[:1], "reason": "other"})
    assert done.status_code == 201
    log = done.json()
    assert done.headers["Location"] == f"/v1/stories/{log['to']}"
    assert (log["kind"], log["articles"]) == ("split_story", held[:1])
    assert [each["id"] for each in articles(own, log["to"])] == held[:1]
    assert own.delete(f"/v1/corrections/{log['id']}").status_code == 200
    assert undated(own.get("/v1/stories").text) == before


def test_what_an_outlet_missed_says_how_sure_that_is(own: httpx.Client) -> None:
    path = "/v1/sources/coastal-courier/missed"
    assert own.get(path).json()["items"] == []
    (ferry,) = [each for each in listed(own) if each in listed(own, q="ferry")]
    of_courier = [
        each for each in articles(own, ferry["id"]) if each["source"]["slug"] == "coastal-courier"
    ]
    for each in of_courier[:-1]:
        assert own.delete(f"/v1/articles/{each['id']}").status_code == 204
    kept = of_courier[-1]["id"]
    apart = {"articles": [kept], "reason": "another event"}
    assert own.post(f"/v1/stories/{ferry['id']}/split", json=apart).status_code < 300
    (missed,) = own.get(path).json()["items"]
    assert missed["story"]["id"] == ferry["id"]
    assert missed["story"]["outlets"] == 2
    # The article that was split off is of those days: the outlet was there, and was read.
    assert (missed["articles"], missed["unread"], missed["undated"]) == (1, 0, 0)
    assert own.get(path, params={"min_sources": 3}).json()["items"] == []
    assert own.get(path, params={"until": "2000-01-01"}).json()["items"] == []
    assert own.get("/v1/sources/nobody/missed").status_code == 404
