"""Revisions of one article as sides: what was changed after publication."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.web.test_sides_api import spots

FIRST = {
    "source": "Harbour Gazette",
    "external_id": "alba",
    "title": "Ferry strikes breakwater",
    "published_at": "2025-10-15",
    "text": "The ferry Alba struck the breakwater at Brennick on Wednesday morning. Twelve "
    "passengers were hurt, the harbour office said. \U0001f6a2\n\n“Nobody heard the fog signal,” "
    "said Mara Linden, who was on board. Inspectors will arrive on Thursday.\n\nThe company "
    "North Line refused to comment on Wednesday. Its director Jonas Weir was abroad. Ulrik "
    "Sandmo, a pilot, saw it happen.",
}
SECOND = {
    **FIRST,
    "title": "Ferry strikes breakwater, 17 hurt",
    "text": "The ferry Alba struck the breakwater at Brennick on Wednesday morning. At least 17 "
    "passengers were hurt, the harbour office said. \U0001f6a2\n\n“Nobody heard the fog signal,” "
    "said Mara Linden, a teacher who was on board. Inspectors arrived on Wednesday afternoon.\n\n"
    "North Line said that the fog signal had been tested on Monday. Its director Jonas Weir "
    "returned from Oslo. The mayor, Petra Hollis, called for an inquiry.",
}
OTHER = {
    "title": "No outlet is named here",
    "text": "The ferry Alba hit the breakwater at Brennick on Wednesday. 15 passengers were hurt. "
    "Mara Linden was on board.",
}


@dataclass(frozen=True)
class Revised:
    """An article with two revisions, and one without an outlet."""

    id: int
    other: int

    @property
    def names(self) -> list[str]:
        return [f"{self.id}@1", f"{self.id}@2"]


@pytest.fixture(scope="module")
def revised(client: httpx.Client) -> Iterator[Revised]:
    ids = [client.post("/v1/articles", json=each).json()["id"] for each in (FIRST, SECOND, OTHER)]
    assert ids[0] == ids[1]
    yield Revised(ids[0], ids[2])
    for each in set(ids):
        assert client.delete(f"/v1/articles/{each}").status_code == 204


def compared(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/v1/compare", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_what_was_changed_is_told_as_facts_figures_quotes_and_words(
    client: httpx.Client, revised: Revised
) -> None:
    first, second = (f"article:{each}" for each in revised.names)
    found = compared(client, article=revised.names)
    assert [(side["key"], side["name"]) for side in found["sides"]] == [
        (first, "Revision 1"),
        (second, "Revision 2"),
    ]
    differs = [each for each in found["statements"]["shared"] if each["kind"] == "differs"]
    words = {
        what["what"]: {key: [spot["text"] for spot in of] for key, of in what["sides"].items()}
        for each in differs
        for what in each["differs"]
    }
    assert words["number"][first] == ["Twelve passengers"]
    assert "At least 17 passengers" in words["number"][second]
    assert words["state"] == {first: ["will"], second: ["arrived"]}
    only = {
        key: [each["spot"]["text"] for each in of]
        for key, of in found["statements"]["only"].items()
    }
    assert "The mayor, Petra Hollis, called for an inquiry." in only[second]
    assert {each["verdict"] for each in found["figures"]["items"]} >= {"conflict"}
    heard = {each["name"]: set(each["sides"]) for each in found["quotes"]["speakers"]}
    assert heard["North Line"] == {second}
    assert heard["Mara Linden"] == {first, second}
    labels = {
        label["text"]: key
        for item in found["labels"]["items"]
        for key, of in item["sides"].items()
        for label in of
        if label["only"]
    }
    assert labels["teacher"] == second


@pytest.mark.parametrize(("offsets", "coding"), [("codepoints", "utf-32"), ("utf16", "utf-16")])
def test_every_place_is_in_the_text_of_its_revision(
    client: httpx.Client, revised: Revised, offsets: str, coding: str
) -> None:
    texts = {
        number: client.get(f"/v1/articles/{revised.id}/revisions/{number}").json()["text"]
        for number in (1, 2)
    }
    found = compared(client, article=revised.names, context=20, offsets=offsets)
    seen = list(spots({name: of for name, of in found.items() if name != "articles"}))
    assert {spot["revision"] for spot in seen} == {1, 2}
    width = 4 if coding == "utf-32" else 2
    for spot in seen:
        assert spot["article"] == revised.id
        encoded = texts[spot["revision"]].encode(f"{coding}-le")
        surface, rest = (
            part.decode(f"{coding}-le")
            for part in (
                encoded[width * spot["start"] : width * spot["end"]],
                encoded[width * spot["end"] :],
            )
        )
        assert surface == spot["text"]
        assert rest.startswith(spot["after"])


def test_the_articles_of_the_answer_say_which_revision_stands_there(
    client: httpx.Client, revised: Revised
) -> None:
    found = compared(client, article=[f"{revised.id}@1", revised.other], section="terms")
    assert [(each["article"], each["revision"], each["title"]) for each in found["articles"]] == [
        (revised.id, 1, FIRST["title"]),
        (revised.other, 1, OTHER["title"]),
    ]
    assert [side["name"] for side in found["sides"]] == [
        "Harbour Gazette (revision 1)",
        OTHER["title"],
    ]


def test_names_are_those_of_the_collection_and_others_have_no_id(
    client: httpx.Client, revised: Revised
) -> None:
    found = compared(client, article=revised.names, section="entities", top=50)["entities"]
    shared = {each["name"]: each["entity"] for each in found["shared"]}
    for name, entity in shared.items():
        assert client.get(f"/v1/entities/{entity}").json()["name"] == name
    only = {each["name"]: each["entity"] for of in found["only"].values() for each in of}
    # Whom the current text does not name any more has mentions nowhere.
    assert only["Petra Hollis"] is not None
    listed = client.get("/v1/entities", params={"q": "Ulrik Sandmo", "min_mentions": 1}).json()
    assert "Ulrik Sandmo" not in {each["name"] for each in listed["items"]}
    assert "Ulrik Sandmo" in only


def test_names_follow_what_people_merged(client: httpx.Client, revised: Revised) -> None:
    def owners() -> dict[str, int]:
        found = compared(client, article=revised.names, section="entities", top=50)["entities"]
        return {each["name"]: each["entity"] for each in found["shared"]}

    before = owners()
    into, merged = before["Jonas Weir"], before["Mara Linden"]
    answer = client.post(
        f"/v1/entities/{merged}/merge", json={"into": into, "reason": "a test of revisions"}
    )
    assert answer.status_code in (200, 201), answer.text
    try:
        assert "Mara Linden" not in owners()
        assert owners()["Jonas Weir"] == into
    finally:
        number = client.get("/v1/corrections", params={"entity": into}).json()["items"][0]["id"]
        assert client.delete(f"/v1/corrections/{number}").status_code in (200, 204)
    assert owners() == before


def test_the_order_of_the_revisions_turns_the_answer_round(
    client: httpx.Client, revised: Revised
) -> None:
    one, other = (
        compared(client, article=names, section="figures")["figures"]["items"]
        for names in (revised.names, revised.names[::-1])
    )
    assert [each["sides"] for each in one] == [each["sides"] for each in other]


def test_people_read_them_side_by_side(client: httpx.Client, revised: Revised) -> None:
    page = client.get(
        "/compare", params={"article": revised.names}, headers={"Accept": "text/html"}
    )
    assert page.status_code == 200
    assert "Revision 1" in page.text
    assert f"/articles/{revised.id}?" in page.text
    assert "revision=1" in page.text


def test_revisions_stand_on_sides_of_a_body(client: httpx.Client, revised: Revised) -> None:
    sides = [
        {"key": "before", "articles": [f"{revised.id}@1", revised.other]},
        {"key": "after", "articles": [f"{revised.id}@2"]},
    ]
    answer = client.post("/v1/compare", params={"section": "brief"}, json={"sides": sides})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [(each["article"], each["revision"], each["side"]) for each in found["articles"]] == [
        (revised.id, 1, "before"),
        (revised.other, 1, "before"),
        (revised.id, 2, "after"),
    ]
    texts = {
        (each["article"], each["revision"]): client.get(
            f"/v1/articles/{each['article']}/revisions/{each['revision']}"
        ).json()["text"]
        for each in found["articles"]
    }
    for spot in spots(found["brief"]):
        text = texts[spot["article"], spot["revision"]]
        assert text[spot["start"] : spot["end"]] == spot["text"]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["{id}@1", "{id}@9"], "Article {id} has no revision 9."),
        (["{id}@1", "{id}@1"], "article {id}@1 is named twice"),
        (["{id}@2", "{id}"], "nothing can be compared with itself"),
        (["{id}@0", "{id}"], "'{id}@0' names no article"),
        (["{id}@x", "{id}"], "'{id}@x' names no article"),
        (["99999@1", "{id}"], "There is no article 99999."),
        (["{id}@1"], "two to eight sides, not 1"),
    ],
)
def test_what_is_no_revision_is_refused_at_its_place(
    client: httpx.Client, revised: Revised, names: list[str], says: str
) -> None:
    named = [each.format(id=revised.id) for each in names]
    answer = client.get("/v1/compare", params={"article": named})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "?article"
    assert says.format(id=revised.id) in error["detail"]


@pytest.mark.parametrize("name", ["7@", "@1", "7@1@2", "0"])
def test_a_body_that_names_no_revision_is_refused_at_its_place(
    client: httpx.Client, name: str
) -> None:
    sides = [{"key": "a", "articles": [name]}, {"key": "b", "articles": [1]}]
    answer = client.post("/v1/compare", json={"sides": sides})
    assert answer.status_code == 422
    assert all(each["pointer"].startswith("#/sides/0/articles") for each in answer.json()["errors"])


def test_articles_without_an_outlet_stand_on_sides(client: httpx.Client, revised: Revised) -> None:
    found = compared(client, article=[revised.other, revised.id], section="entities")
    assert [side["name"] for side in found["sides"]] == [OTHER["title"], "Harbour Gazette"]
    assert found["articles"][0]["source"] is None
    shared = {each["name"] for each in found["entities"]["shared"]}
    assert "Mara Linden" in shared


def test_an_article_without_an_outlet_is_among_the_others_of_its_story(
    client: httpx.Client, revised: Revised
) -> None:
    story = client.get(f"/v1/articles/{revised.id}").json()["story"]
    assert client.get(f"/v1/articles/{revised.other}").json()["story"] == story
    found = compared(client, story=story, others="harbour-gazette", section="entities")
    on = {each["article"]: each["side"] for each in found["articles"]}
    assert on[revised.id] == "harbour-gazette"
    assert on[revised.other] == "others"


def test_eight_sides_are_compared_and_nine_refused(client: httpx.Client) -> None:
    ids = [each["id"] for each in client.get("/v1/articles?sort=id").json()["items"][:9]]
    found = compared(client, article=ids[:8], section=["statements", "brief"])
    assert len(found["sides"]) == 8
    assert set(found["statements"]["only"]) == {f"article:{each}" for each in ids[:8]}
    answer = client.get("/v1/compare", params={"article": ids})
    assert answer.status_code == 422
    assert "two to eight sides, not 9" in answer.json()["errors"][0]["detail"]
