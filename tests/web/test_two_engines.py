"""One collection on both engines has the same answers, byte for byte (`--engine postgresql`)."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from app.store.copying import copy_collection
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.databases import new_url, on_postgresql
from tests.web.conftest import SAMPLE, SAMPLE_ARTICLES, serving, wait_until_ready

pytestmark = pytest.mark.skipif(
    not on_postgresql(), reason="of PostgreSQL: pytest --engine postgresql"
)
READS = (
    *("/v1/articles?limit=200", "/v1/articles?sort=-published_at", "/v1/articles/3"),
    *("/v1/articles?q=ferr*+OR+title:palmyra", "/v1/articles?q=%22islamic+state%22+-khaled"),
    *("/v1/articles?q=-mines&source=coastal-courier", "/v1/articles/3/similar"),
    *("/v1/articles/1/mentions", "/v1/articles/1/quotes", "/v1/articles/1/figures"),
    *("/v1/articles/1/dates", "/v1/articles/1/references", "/v1/articles/1/revisions"),
    *("/v1/entities?limit=200", "/v1/entities?sort=name&limit=200", "/v1/entities?q=palmira"),
    *("/v1/entities?source=coastal-courier&since=2016-01-01", "/v1/entities?story=1"),
    *("/v1/entities/4", "/v1/entities/4/mentions", "/v1/entities/4/neighbours"),
    *("/v1/entities/4/coverage", "/v1/sources", "/v1/stories", "/v1/stories/1"),
    *("/v1/stories/1/brief?format=text", "/v1/compare?story=1", "/v1/corrections"),
    "/v1/compare?source=meridian-dispatch&source=the-daily-lantern&context=50",
)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, ...]]:
    """A service on an SQLite file with the sample, one on a copy of it in PostgreSQL, and one on
    PostgreSQL that took the sample in by itself."""
    folder = tmp_path_factory.mktemp("engines")
    file, copied, own = (f"sqlite:///{folder}/own.db", *(new_url(folder, keep=True) for _ in "ab"))
    with ExitStack() as stack:

        def service(url: str, articles: str | None) -> httpx.Client:
            settings = Settings(database_url=url, articles=articles, log_level="error")
            address = stack.enter_context(serving(create_app(settings)))
            wait_until_ready(address, SAMPLE_ARTICLES)
            return stack.enter_context(httpx.Client(base_url=address, timeout=70))

        first = service(file, str(SAMPLE))
        upgrade(copied)
        with Store(file) as source, Store(copied) as target:
            copy_collection(source, target, lambda _what, _done, _total: None)
        yield first, service(copied, None), service(own, str(SAMPLE))


@pytest.mark.parametrize("path", READS)
def test_a_copy_answers_with_the_same_bytes(sides: tuple[httpx.Client, ...], path: str) -> None:
    first, copied, _ = (each.get(path) for each in sides)
    assert first.status_code == 200, first.text
    assert copied.content == first.content


@pytest.mark.parametrize("path", READS)
def test_so_does_what_was_analysed_there_but_for_when(
    sides: tuple[httpx.Client, ...], path: str
) -> None:
    first, _, own = (each.get(path) for each in sides)
    if "json" in first.headers["content-type"]:
        assert _undated(own.json()) == _undated(first.json())
        assert list(map(str, _keys(own.json()))) == list(map(str, _keys(first.json())))
    else:
        assert own.content == first.content


_WHEN = ("created_at", "updated_at")


def _undated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _undated(each) for key, each in value.items() if key not in _WHEN}
    return [_undated(each) for each in value] if isinstance(value, list) else value


def _keys(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each)


def test_both_write_alike(sides: tuple[httpx.Client, ...]) -> None:
    body = {"source": "Example Times", "title": "Palmyra", "text": "Khaled met Assad in Palmyra."}
    answers = []
    for client in sides:
        made = client.post("/v1/articles", json=body)
        assert made.status_code == 201, made.text
        merged = client.post("/v1/entities/5/merge", json={"into": 4, "reason": "a test"})
        entity = _undated(client.get("/v1/entities/4").json())
        undone = client.delete("/v1/corrections/1").status_code
        answers.append((_undated(made.json()), merged.status_code, entity, undone))
    assert answers[0] == answers[1] == answers[2], json.dumps(answers[0][0])
