"""Corrections of mentions over HTTP, once the outlet has changed its text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.web.conftest import serving

FIRST = "Ann Becker met reporters in Berlin on Monday."
SECOND = "Ann Becker thanked the police of Berlin for their help."
BODY = f"{FIRST}\n\n{SECOND}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("revised")
    settings = Settings(database_url=new_url(folder, "web"), log_level="error")
    with (
        serving(create_app(settings)) as address,
        httpx.Client(base_url=address, timeout=70) as client,
    ):
        yield client


def post(client: httpx.Client, name: str, text: str) -> int:
    body = {"text": text, "source": "Star", "external_id": name, "language": "en"}
    answer = client.post("/v1/articles", params={"wait": 60}, json=body)
    assert answer.is_success, answer.text
    number: int = answer.json()["id"]
    return number


def mentions(client: httpx.Client, article: int, text: str) -> list[dict[str, Any]]:
    path = f"/v1/articles/{article}/mentions"
    found = client.get(path, params={"limit": 200}).json()["items"]
    return [each for each in found if each["text"] == text]


def reject(client: httpx.Client, mention: dict[str, Any]) -> dict[str, Any]:
    entity = mention["entity"]
    body = {"reject_mention": mention["id"]}
    assert client.patch(f"/v1/entities/{entity}", json=body).status_code == 200
    return latest(client, entity)


def latest(client: httpx.Client, entity: int) -> dict[str, Any]:
    log = client.get("/v1/corrections", params={"entity": entity, "limit": 1}).json()["items"]
    found: dict[str, Any] = log[0]
    return found


def test_a_rejected_mention_is_rejected_in_the_next_revision(client: httpx.Client) -> None:
    article = post(client, "rejected", BODY)
    first = mentions(client, article, "Berlin")[0]
    made = reject(client, first)
    assert (made["carried"], made["unplaced"]) == ([], [])
    text = f"Update: the talks went on.\n\n{FIRST.replace('Monday', 'Tuesday')}\n\n{SECOND}"
    assert post(client, "rejected", text) == article
    now = mentions(client, article, "Berlin")
    assert [each["entity"] for each in now] == [None, first["entity"]]
    log = latest(client, first["entity"])
    stored = client.get(f"/v1/articles/{article}").json()
    start = stored["text"].index("Berlin")
    place = {"article": article, "revision": 2, "start": start, "end": start + 6, "text": "Berlin"}
    assert (log["mentions"], log["carried"]) == (made["mentions"], [place])
    assert client.delete(f"/v1/corrections/{log['id']}").status_code == 200
    undone = mentions(client, article, "Berlin")
    assert [each["entity"] for each in undone] == [first["entity"]] * 2


def test_mentions_split_off_stay_split_off_in_every_revision(client: httpx.Client) -> None:
    article = post(client, "split", BODY)
    found = mentions(client, article, "Ann Becker")
    split = client.post(
        f"/v1/entities/{found[1]['entity']}/split", json={"mentions": [found[1]["id"]]}
    ).json()
    for number in (1, 2):
        post(client, "split", "\n\n".join(["It was warm."] * number + [SECOND, FIRST]))
        now = mentions(client, article, "Ann Becker")
        assert [each["entity"] for each in now] == [split["to"], found[0]["entity"]]
    client.delete(f"/v1/corrections/{split['id']}")
    now = mentions(client, article, "Ann Becker")
    assert {each["entity"] for each in now} == {found[0]["entity"]}


def test_a_mention_that_is_gone_rests_and_comes_back(client: httpx.Client) -> None:
    article = post(client, "gone", BODY)
    made = reject(client, mentions(client, article, "Berlin")[0])
    post(client, "gone", SECOND)
    [left] = mentions(client, article, "Berlin")
    assert left["entity"] == made["entity"]
    log = latest(client, made["entity"])
    reason = "the new text holds it, but not in the same surroundings"
    assert log["unplaced"] == [
        {"article": article, "revision": 2, "text": "Berlin", "reason": reason}
    ]
    post(client, "gone", f"{BODY}\n\nThat was all.")
    now = mentions(client, article, "Berlin")
    assert [each["entity"] for each in now] == [None, made["entity"]]
    log = latest(client, made["entity"])
    assert ([each["revision"] for each in log["carried"]], log["unplaced"]) == ([3], [])


def test_another_title_moves_what_was_corrected(client: httpx.Client) -> None:
    article = post(client, "titled", BODY)
    first = mentions(client, article, "Berlin")[0]
    reject(client, first)
    client.patch(f"/v1/articles/{article}", json={"title": "Becker speaks"})
    assert post(client, "titled", BODY) == article  # waits for the analysis
    now = mentions(client, article, "Berlin")
    assert [each["entity"] for each in now] == [None, first["entity"]]
