"""What changes, as it changes: server-sent events to a client that listens."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import asked, new_url, on_postgresql
from tests.web.conftest import serving

MOST = 3


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return new_url(tmp_path_factory.mktemp("events"), keep=True)


@pytest.fixture(scope="module")
def own(url: str) -> Iterator[httpx.Client]:
    settings = Settings(database_url=url, log_level="error", max_streams=MOST)
    with (
        serving(create_app(settings)) as address,
        httpx.Client(base_url=address, timeout=70) as client,
    ):
        yield client


@contextmanager
def listening(
    client: httpx.Client, headers: dict[str, str] | None = None, **query: Any
) -> Iterator[Iterator[dict[str, Any]]]:
    """The events of a stream, each a dict of its fields; comments stand under the empty name."""
    with client.stream("GET", "/v1/events", params=query, headers=headers) as answer:
        if answer.status_code == 200:
            assert answer.headers["content-type"].startswith("text/event-stream")
        else:
            answer.read()
        answer.raise_for_status()

        def events() -> Iterator[dict[str, Any]]:
            event: dict[str, Any] = {}
            for line in answer.iter_lines():
                if line:
                    name, _, value = line.partition(":")
                    event[name] = value.strip()
                else:
                    yield event
                    event = {}

        yield events()


def send(client: httpx.Client, text: str) -> int:
    answer = client.post("/v1/articles", json={"source": "Star", "text": text})
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["id"]
    return number


def told(events: Iterator[dict[str, Any]], id_: int) -> list[str]:
    """The kinds of change of an article, to its analysis, and the last cursor."""
    kinds: list[str] = []
    for each in events:
        if "data" not in each:
            continue
        change = json.loads(each["data"])
        assert change["cursor"] == each["id"]
        if (change["type"], change["id"]) == ("article", id_):
            kinds.append(change["kind"])
        if kinds[-1:] == ["analysed"]:
            return [*kinds, each["id"]]
    raise AssertionError(f"the stream ended after {kinds}")


def test_who_listens_is_told_at_once_and_goes_on_where_it_was(own: httpx.Client) -> None:
    first = send(own, "Ilse Marr opened the museum.")
    with listening(own) as events:
        *kinds, cursor = told(events, first)
        assert kinds == ["created", "analysed"]
        second = send(own, "Ilse Marr closed the museum.")
        began = time.monotonic()
        assert told(events, second)[:2] == ["created", "analysed"]
        assert time.monotonic() - began < 10
    # What came while nobody listened is not lost.
    third = send(own, "Ilse Marr left for good.")
    with listening(own, headers={"Last-Event-ID": cursor}) as events:
        assert told(events, second)[:2] == ["created", "analysed"]
        *_, last = told(events, third)
    assert own.get("/v1/changes", params={"after": last}).json()["items"][0]["type"] != "article"


def test_only_what_is_asked_for_is_told_and_the_cursor_goes_on(own: httpx.Client) -> None:
    with listening(own, type="article", kind="created", seconds=2) as events:
        found = list(events)
    changes = [json.loads(each["data"]) for each in found if "data" in each]
    assert {(each["type"], each["kind"]) for each in changes} == {("article", "created")}
    assert [each["id"] for each in changes] == sorted(each["id"] for each in changes)


def test_a_stream_ends_when_it_is_asked_to(own: httpx.Client) -> None:
    began = time.monotonic()
    with listening(own, seconds=1) as events:
        list(events)
    assert 0.9 < time.monotonic() - began < 10


def test_streams_are_bounded_and_places_come_back(own: httpx.Client) -> None:
    with ExitStack() as held:
        streams = [held.enter_context(listening(own)) for _ in range(MOST)]
        for each in streams:
            next(each)
        refused = own.get("/v1/events")
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert int(refused.headers["retry-after"]) > 0
        assert own.get("/v1/articles").status_code == 200
    deadline = time.monotonic() + 10
    while own.get("/v1/events", params={"seconds": 1}).status_code != 200:
        assert time.monotonic() < deadline, "the places of those who went are not given back"


def test_idle_streams_hold_no_connection_to_the_database(own: httpx.Client, url: str) -> None:
    with ExitStack() as held:
        streams = [held.enter_context(listening(own)) for _ in range(MOST)]
        for each in streams:
            next(each)
        time.sleep(1.5)
        if on_postgresql():
            idle = (
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND state = 'idle in transaction'"
            )
            assert asked(url, idle)[0][0] == 0
        else:
            send(own, "Something happened.")
            # The log can be emptied only while nobody reads an older state.
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
                deadline = time.monotonic() + 20
                while other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    assert time.monotonic() < deadline, "somebody holds a snapshot"
                    time.sleep(0.2)


def test_asking_for_the_head_ends(own: httpx.Client) -> None:
    answer = own.head("/v1/events")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert own.get("/v1/changes").status_code == 200


@pytest.mark.parametrize("query", ["after=x", "after=99999999", "type=x", "limit=5", "seconds=0"])
def test_what_does_not_fit_is_a_problem_and_no_stream(own: httpx.Client, query: str) -> None:
    answer = own.get(f"/v1/events?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"?{query.partition('=')[0]}"
    wrong = own.get("/v1/events", headers={"Last-Event-ID": "nonsense"})
    assert wrong.status_code == 422
