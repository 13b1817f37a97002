"""Sentence vectors in the whole service: made on request and while idle, or not at all."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import cast

import httpx
import pytest

from app.annotate.vectors import SentenceEncoder
from app.errors import Unavailable
from app.jobs.pool import AnalyserPool
from app.main import create_app
from app.services.work import Work
from app.settings import Settings
from app.web.dependencies import THREADS, Patience, PatientEncoder
from tests.databases import asked, new_url
from tests.jobs.small_analysers import Small
from tests.web.conftest import serving

TWO = "/v1/compare?article=1&article=2&section=statements"


@contextmanager
def service(url: str, *, vectors: bool) -> Iterator[httpx.Client]:
    """A service of small analysers with two articles in it."""
    settings = Settings(database_url=url, vectors=vectors, log_level="error")
    with (
        AnalyserPool(Small, 1) as pool,
        serving(create_app(settings, pool)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        for source, text in (("Star", "Troops entered Palmyra."), ("Globe", "It rained.")):
            body = {"source": source, "text": text}
            assert client.post("/v1/articles", json=body).status_code == 201
        yield client


def kept(url: str) -> int:
    return len(asked(url, "SELECT article_id FROM vector"))


def test_the_same_bytes_come_with_vectors_made_kept_and_lost(tmp_path: Path) -> None:
    url = new_url(tmp_path)
    with service(url, vectors=True) as client:
        made = client.get(TWO)
        assert made.json()["versions"]["vectors"] == SentenceEncoder().version
        assert kept(url) == 2
        assert client.get(TWO).content == made.content
        asked(url, "DELETE FROM vector")
        assert client.get(TWO).content == made.content


def test_an_idle_service_makes_them_unasked(tmp_path: Path) -> None:
    url = new_url(tmp_path)
    with service(url, vectors=True):
        deadline = time.monotonic() + 30
        while kept(url) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert kept(url) == 2


def test_without_vectors_there_are_none(tmp_path: Path) -> None:
    texts = [{"source": "a", "text": "It rained."}, {"source": "b", "text": "It snowed."}]
    url = new_url(tmp_path)
    with service(url, vectors=False) as client:
        stored = client.get(TWO)
        sent = client.post("/v1/compare", json={"articles": texts})
        assert stored.json()["versions"]["vectors"] == "none"
        assert sent.json()["versions"]["vectors"] == "none"
        time.sleep(2.5)
    assert kept(url) == 0


def test_requests_that_need_an_encoder_are_bounded() -> None:
    patience = Patience(cast(Work, None))
    encoder = PatientEncoder(SentenceEncoder(), patience)
    with ExitStack() as places:
        for _ in range(THREADS):
            with suppress(Unavailable):
                places.enter_context(patience.long())
        with pytest.raises(Unavailable, match="Too many requests"):
            encoder.encode(["One more."])
    assert len(encoder.encode(["Then again."])) == 512
