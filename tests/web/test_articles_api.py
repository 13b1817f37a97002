"""Articles over HTTP: sent in, found, read, changed, removed."""

import json
from typing import Any

import httpx
import pytest

TEXT = (
    "Mayor Ilse Brandt opened the new harbour bridge in Veldhaven on Monday.\n\n"
    "Brandt said the bridge \N{BRIDGE AT NIGHT} would carry 4,000 cars a day. "
    "Residents of Veldhaven had waited nine years."
)


def send(client: httpx.Client, wait: int = 30, **fields: Any) -> httpx.Response:
    return client.post("/v1/articles", params={"wait": wait}, json=fields)


@pytest.fixture(scope="module")
def bridge(client: httpx.Client) -> dict[str, Any]:
    answer = send(
        client,
        text=TEXT,
        title="Bridge \N{GRINNING FACE} opens",
        source="Harbour Herald",
        published_at="2026-02-02",
        authors=["Jo Writer"],
        external_id="bridge-1",
    )
    assert answer.status_code == 201, answer.text
    article: dict[str, Any] = answer.json()
    return article


def test_a_list_says_how_all_of_it_divides_up(client: httpx.Client) -> None:
    asked: dict[str, str | int] = {"limit": 1, "facets": "source,day,entity", "language": "en"}
    answer = client.get("/v1/articles", params=asked).json()
    facets, total = answer["facets"], answer["total"]["value"]
    assert list(facets) == ["source", "day", "entity"]
    assert sum(each["count"] for each in facets["source"]["items"]) == total
    assert sum(each["count"] for each in facets["day"]["items"]) == total
    first = facets["entity"]["items"][0]
    only = client.get("/v1/articles", params={"entity": first["entity"], "language": "en"}).json()
    assert only["total"]["value"] == first["count"]
    two = [each["entity"] for each in facets["entity"]["items"][:2]]
    both = client.get("/v1/articles", params={"entity": two, "facets": "entity"}).json()
    counts = {each["entity"]: each["count"] for each in both["facets"]["entity"]["items"]}
    assert [counts[each] for each in two] == [both["total"]["value"]] * 2
    assert "facets" not in client.get("/v1/articles").json()


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("articles", "gossip", "'gossip' is no facet of this list: choose source, day or entity"),
        ("articles", "day,day", "day is named twice"),
        ("articles", "day,", "'' is no facet"),
        ("stories", "source,entity", "'entity' is no facet of this list: choose source or day"),
    ],
)
def test_a_facet_that_is_none_is_refused(
    client: httpx.Client, path: str, given: str, said: str
) -> None:
    answer = client.get(f"/v1/{path}", params={"facets": given})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "?facets"
    assert said in answer.json()["errors"][0]["detail"]


def test_stories_divide_up_too(client: httpx.Client) -> None:
    answer = client.get("/v1/stories", params={"facets": "source,day", "min_sources": 2}).json()
    assert list(answer["facets"]) == ["source", "day"]
    slugs = [each["source"]["slug"] for each in answer["facets"]["source"]["items"]]
    assert len(slugs) > 1
    assert sum(e["count"] for e in answer["facets"]["day"]["items"]) == answer["total"]["value"]


def test_a_new_article_is_answered_analysed(client: httpx.Client, bridge: dict[str, Any]) -> None:
    assert bridge["state"] == "ready"
    assert bridge["source"] == {"slug": "harbour-herald", "name": "Harbour Herald"}
    assert bridge["published_at"] == "2026-02-02T00:00:00Z"
    assert (bridge["published_day"], bridge["published_precision"]) == ("2026-02-02", "day")
    assert bridge["text"][bridge["body_start"] :].startswith("Mayor Ilse Brandt")
    assert bridge["story"] is not None
    assert bridge["pipeline"]


def test_its_address_is_where_it_is_read(client: httpx.Client) -> None:
    answer = send(client, text="A second bridge opened in Veldhaven.", source="Harbour Herald")
    assert client.get(answer.headers["location"]).json() == answer.json()


def test_without_waiting_it_is_pending(client: httpx.Client) -> None:
    answer = send(client, wait=0, text="A third bridge was planned for Veldhaven.", source="Late")
    assert answer.status_code == 202
    assert answer.json()["state"] == "pending"
    assert answer.headers["location"] == f"/v1/articles/{answer.json()['id']}"


def test_the_same_again_answers_with_the_one_that_is_there(
    client: httpx.Client, bridge: dict[str, Any]
) -> None:
    answer = send(
        client,
        text=TEXT,
        title="Bridge \N{GRINNING FACE} opens",
        source="Harbour Herald",
        external_id="bridge-1",
    )
    assert answer.status_code == 200
    assert answer.json()["id"] == bridge["id"]
    assert answer.json()["revision"] == bridge["revision"]


def test_changed_content_is_a_new_revision_and_the_old_one_stays(client: httpx.Client) -> None:
    first = send(client, text="Ten were hurt in Veldhaven.", source="Late", external_id="r").json()
    second = send(client, text="Two were hurt in Veldhaven.", source="Late", external_id="r")
    assert second.json()["id"] == first["id"]
    revisions = client.get(f"/v1/articles/{first['id']}/revisions").json()
    assert sorted(r["number"] for r in revisions["items"]) == [1, 2]
    old = client.get(f"/v1/articles/{first['id']}/revisions/1").json()
    assert "Ten were hurt" in old["text"]
    assert "Ten were hurt" in old["raw"]


def test_mentions_stand_where_they_say(client: httpx.Client, bridge: dict[str, Any]) -> None:
    page = client.get(f"/v1/articles/{bridge['id']}/mentions").json()
    assert {"Veldhaven", "Ilse Brandt"} <= {m["text"] for m in page["items"]}
    for mention in page["items"]:
        assert bridge["text"][mention["start"] : mention["end"]] == mention["text"]


def test_offsets_in_utf16_fit_javascript(client: httpx.Client, bridge: dict[str, Any]) -> None:
    text = bridge["text"].encode("utf-16-le")
    utf16 = {"offsets": "utf16"}
    page = client.get(f"/v1/articles/{bridge['id']}/mentions", params=utf16).json()
    assert page["items"]
    for mention in page["items"]:
        surface = text[2 * mention["start"] : 2 * mention["end"]].decode("utf-16-le")
        assert surface == mention["text"]
    whole = client.get(f"/v1/articles/{bridge['id']}", params=utf16).json()
    listed = client.get(
        "/v1/articles", params={"source": "harbour-herald", "q": "Brandt", **utf16}
    ).json()
    assert whole["body_start"] == listed["items"][0]["body_start"] == bridge["body_start"] + 1


def test_a_list_leaves_the_text_out(client: httpx.Client, bridge: dict[str, Any]) -> None:
    page = client.get("/v1/articles", params={"source": "harbour-herald"}).json()
    assert all("text" not in article for article in page["items"])
    assert bridge["id"] in [article["id"] for article in page["items"]]


def test_pages_hold_every_article_once(client: httpx.Client) -> None:
    whole = client.get("/v1/articles", params={"limit": 200, "sort": "id"}).json()
    seen, cursor = [], None
    while True:
        start: dict[str, str] = {"cursor": cursor} if cursor else {}
        answer = client.get("/v1/articles", params={"limit": 5, "sort": "id", **start}).json()
        seen += [article["id"] for article in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert seen == [article["id"] for article in whole["items"]]


def test_since_is_inclusive_and_until_exclusive(client: httpx.Client) -> None:
    day = {"since": "2026-02-02", "source": "harbour-herald"}
    with_it = client.get("/v1/articles", params=day).json()
    without = client.get("/v1/articles", params={**day, "until": "2026-02-02"}).json()
    assert (with_it["total"]["value"], without["total"]["value"]) == (1, 0)


def test_a_change_touches_only_what_it_names(client: httpx.Client) -> None:
    article = send(
        client, text="The ferry to Veldhaven sank.", source="Late", authors=["A"], language="en"
    ).json()
    answer = client.patch(f"/v1/articles/{article['id']}", json={"authors": [], "language": None})
    assert answer.status_code == 200
    assert answer.json()["authors"] == []
    assert answer.json()["text"] == article["text"]
    assert answer.json()["revision"] == article["revision"]


def test_a_change_takes_what_a_new_article_takes(client: httpx.Client) -> None:
    article = send(client, text="The pier of Veldhaven shut.", source="Late").json()
    change = {"authors": "Ada Example", "external_id": 7, "language": "en-GB", "title": " "}
    answer = client.patch(f"/v1/articles/{article['id']}", json=change).json()
    found = {name: answer[name] for name in ("authors", "external_id", "language", "title")}
    assert found == {
        "authors": ["Ada Example"],
        "external_id": "7",
        "language": "en",
        "title": article["title"],
    }


def test_a_changed_title_opens_the_text(client: httpx.Client) -> None:
    article = send(client, text="The tower of Veldhaven fell.", source="Late", title="Old").json()
    answer = client.patch(f"/v1/articles/{article['id']}", json={"title": "Tower falls"}).json()
    assert answer["text"] == "Tower falls\n\nThe tower of Veldhaven fell."
    assert answer["revision"] == 2


def test_a_removed_article_is_gone(client: httpx.Client) -> None:
    article = send(client, text="Rain fell on Veldhaven for days.", source="Late").json()
    path = f"/v1/articles/{article['id']}"
    answer = client.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert client.get(path).status_code == 404
    assert client.delete(path).status_code == 404


def test_an_article_in_a_language_without_a_pipeline_is_kept_and_says_so(
    client: httpx.Client,
) -> None:
    answer = send(client, text="Het regende dagenlang in Veldhaven.", language="nl").json()
    assert answer["state"] == "ready"
    assert "nl" in answer["reason"]


def test_an_import_takes_rows_and_names_the_bad_ones(client: httpx.Client) -> None:
    rows = [
        json.dumps({"text": f"Train {n} to Veldhaven was late.", "source": "Rail"})
        for n in range(3)
    ]
    body = "\n".join([rows[0], '{"text": ', rows[1], '{"colour": 1, "text": "x"}', rows[2]])
    answer = client.post(
        "/v1/imports", content=body, headers={"Content-Type": "application/x-ndjson"}
    )
    assert answer.status_code == 202, answer.text
    done = wait_for_import(client, answer.headers["location"])
    assert (done["received"], done["created"], done["failed"]) == (5, 3, 2)
    assert [error["line"] for error in done["errors"]] == [2, 4]
    assert "colour" in done["errors"][1]["detail"]


def test_the_failures_of_an_import_are_counted_and_paged(client: httpx.Client) -> None:
    answer = client.post(
        "/v1/imports", content="0\n" * 250, headers={"Content-Type": "application/x-ndjson"}
    )
    path = answer.headers["location"]
    done = wait_for_import(client, path)
    assert (done["failed"], len(done["errors"])) == (250, 100)
    lines: list[int] = []
    cursor = None
    while not lines or cursor:
        asked = {"limit": 120} | ({"cursor": cursor} if cursor else {})
        page = client.get(f"{path}/errors", params=asked).json()
        lines += [error["line"] for error in page["items"]]
        cursor = page["next_cursor"]
        assert page["total"] == {"value": 250, "relation": "eq"}
    assert lines == list(range(1, 251))
    assert client.get("/v1/imports/999999/errors").status_code == 404


def test_an_import_takes_files(client: httpx.Client) -> None:
    answer = client.post(
        "/v1/imports",
        files=[
            ("files", ("one.txt", b"Strike ends\n\nThe harbour strike in Veldhaven ended.")),
            ("files", ("two.txt", b"\x00\x01\x02\xff")),
        ],
    )
    assert answer.status_code == 202, answer.text
    done = wait_for_import(client, answer.headers["location"])
    assert (done["created"], done["failed"]) == (1, 1)
    assert done["errors"][0]["name"] == "two.txt"


def wait_for_import(client: httpx.Client, path: str) -> dict[str, Any]:
    for _ in range(600):
        answer: dict[str, Any] = client.get(path).json()
        if answer["state"] == "done":
            return answer
    pytest.fail(f"{path} is not done: {answer}")
