"""What takes too long is given up, in the store and outside of it, and never told in part."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from app.domain import deadline
from app.errors import DeadlinePassed
from app.jobs.pool import AnalyserPool
from app.main import create_app
from app.services.vectors import with_vectors
from app.settings import Settings
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.compare.briefed import side
from tests.jobs.small_analysers import Small
from tests.web.conftest import serving

SETTING = "PARALLAX_QUERY_TIMEOUT"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/deadline.db"
    upgrade(url)
    with Store(url) as store:
        yield store


def test_a_statement_that_does_not_end_is_broken_off(store: Store) -> None:
    with (
        deadline.within(0.05, SETTING),
        pytest.raises(DeadlinePassed, match="PARALLAX_QUERY_TIMEOUT"),
        store.read() as session,
    ):
        session.connection.execute(text(ENDLESS))


def test_the_connection_is_as_good_as_before(store: Store) -> None:
    for _ in range(3):
        with (
            pytest.raises(DeadlinePassed),
            deadline.within(0.05, SETTING),
            store.read() as session,
        ):
            session.connection.execute(text(ENDLESS))
        with store.read() as session:
            long = ENDLESS.replace("SELECT i + 1 FROM n", "SELECT i + 1 FROM n WHERE i < 200000")
            assert session.connection.execute(text(long)).scalar() == 200_000


def test_who_waited_past_the_deadline_for_a_session_gets_none(store: Store) -> None:
    with (
        deadline.within(1e-6, SETTING),
        pytest.raises(DeadlinePassed),
        store.read(),
    ):
        pytest.fail("a session was given")


class Slow:
    """An encoder that takes a tenth of a second a sentence, and counts what it is asked for."""

    version = "slow"

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, sentences: Sequence[str]) -> bytes:
        self.asked += 1
        time.sleep(0.1)
        return bytes(512 * len(sentences))


def test_no_more_vectors_are_made_for_who_has_been_sent_away() -> None:
    encoder = Slow()
    found = [side("Star", number).articles[0] for number in range(20)]
    with deadline.within(0.15, SETTING), pytest.raises(DeadlinePassed):
        with_vectors(found, {each.article: "It rained." for each in found}, encoder)
    assert encoder.asked < 4


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service that gives everything up at once, with two articles in it."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path_factory.mktemp('hasty')}/hasty.db",
        vectors=False,
        query_timeout=1e-6,
        comparison_timeout=1e-6,
        log_level="error",
    )
    with (
        AnalyserPool(Small, 1) as pool,
        serving(create_app(settings, pool)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        for source in ("Star", "Globe"):
            sent = {"source": source, "text": f"{source}: troops entered Palmyra."}
            assert client.post("/v1/articles", json=sent).status_code == 201
        yield client


def _check(answer: httpx.Response, setting: str) -> None:
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) >= 1
    problem = answer.json()
    assert problem["type"] == "urn:parallax:problem:deadline-passed"
    assert setting in problem["detail"]


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/articles/1", "/v1/entities?q=palmyra"])
def test_a_list_past_its_deadline_is_a_problem(hasty: httpx.Client, path: str) -> None:
    _check(hasty.get(path), SETTING)


@pytest.mark.parametrize("path", ["/v1/compare?article=1&article=2", "/v1/stories/1/brief"])
def test_so_is_a_comparison(hasty: httpx.Client, path: str) -> None:
    _check(hasty.get(path), "PARALLAX_COMPARISON_TIMEOUT")


def test_so_is_one_of_texts_that_are_sent(hasty: httpx.Client) -> None:
    sent = [{"source": each, "text": "Troops entered Palmyra."} for each in ("Star", "Globe")]
    _check(hasty.post("/v1/compare", json={"articles": sent}), "PARALLAX_COMPARISON_TIMEOUT")


def test_what_has_no_deadline_goes_on(hasty: httpx.Client) -> None:
    assert hasty.get("/readyz").status_code == 200
    assert hasty.delete("/v1/articles/2").status_code == 204
