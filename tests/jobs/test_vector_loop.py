"""Vectors that are missing are made while nothing else is to do."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.annotation import AnalysisInput
from app.domain.article import Submission
from app.jobs.encoding import EncoderProcess
from app.jobs.pool import AnalyserPool
from app.jobs.runner import Runner
from app.jobs.vector_loop import VectorLoop
from app.services.ingest import accept
from app.services.vectors import Vectors
from app.settings import Settings
from app.store.articles.queue import mark_pending
from app.store.engine.sessions import Store
from tests.databases import asked
from tests.jobs.small_analysers import Slow, analyse
from tests.services.pending import analyse_pending

SETTINGS = Settings()


class Zeros:
    """An encoder whose vectors are all zeros; notes what it is asked for."""

    version = "zeros 1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, sentences: Sequence[str]) -> bytes:
        self.asked += sentences
        return bytes(512 * len(sentences))


def add(store: Store, texts: int) -> None:
    for number in range(texts):
        submission = Submission(text=f"Report {time.monotonic_ns()} of {number}.", source="Herald")
        accept(store, submission, SETTINGS)


def analysed(store: Store) -> None:
    analyse_pending(store, lambda each: analyse(AnalysisInput(each.text, 0, "en")))


def kept(store: Store) -> int:
    return len(asked(store.url, "SELECT article_id FROM vector"))


def until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.02)
    return condition()


def test_an_article_that_arrives_waits_for_one_batch_at_most(store: Store) -> None:
    add(store, 20)
    analysed(store)
    loop = VectorLoop(store, Vectors(store, Zeros()), quiet_seconds=0)
    loop.turn(0)
    assert kept(store) == 8
    add(store, 1)
    for _ in range(3):
        loop.turn(0)
    assert kept(store) == 8
    analysed(store)
    for _ in range(3):
        loop.turn(0)
    assert kept(store) == 21


def test_while_they_are_in_use_some_are_made_beside_articles_that_arrive(store: Store) -> None:
    add(store, 20)
    analysed(store)
    add(store, 1)
    used = [False]
    vectors = Vectors(store, Zeros())
    loop = VectorLoop(store, vectors, in_use=lambda: used[0], quiet_seconds=0, busy_seconds=0)
    loop.turn(0)
    assert kept(store) == 0
    used[0] = True
    loop.turn(0)
    assert kept(store) == 8
    seldom = VectorLoop(store, vectors, in_use=lambda: True, quiet_seconds=0, busy_seconds=3600)
    seldom.turn(0)
    assert kept(store) == 8


def test_nothing_is_made_before_some_quiet(store: Store) -> None:
    add(store, 1)
    analysed(store)
    loop = VectorLoop(store, Vectors(store, Zeros()), quiet_seconds=0.2)
    loop.turn(0)
    assert kept(store) == 0
    time.sleep(0.2)
    loop.turn(0)
    assert kept(store) == 1


def test_what_is_there_is_not_made_again(store: Store) -> None:
    add(store, 3)
    analysed(store)
    encoder = Zeros()
    for _ in range(2):
        loop = VectorLoop(store, Vectors(store, encoder), quiet_seconds=0)
        loop.turn(0)
        loop.turn(0)
    assert len(encoder.asked) == 3


def test_an_article_that_is_analysed_anew_gets_them_anew(store: Store) -> None:
    add(store, 3)
    analysed(store)
    loop = VectorLoop(store, Vectors(store, Zeros()), quiet_seconds=0)
    for _ in range(2):
        loop.turn(0)
    with store.write() as session:
        mark_pending(session, [2])
    analyse_pending(store, lambda each: analyse(AnalysisInput(each.text, 0, "en"), "small-2"))
    loop.turn(0)  # nobody told it yet
    assert pipelines(store) == ["small-1"] * 3
    loop.analysed([2])
    loop.turn(0)
    assert pipelines(store) == ["small-1", "small-2", "small-1"]


def pipelines(store: Store) -> list[str]:
    return [row[0] for row in asked(store.url, "SELECT pipeline FROM vector ORDER BY article_id")]


def test_an_idle_runner_makes_them(store: Store, obedient: AnalyserPool) -> None:
    add(store, 12)
    with Runner(store, obedient, SETTINGS, vectors=Vectors(store, Zeros())) as runner:
        assert until(lambda: kept(store) == 12)
        add(store, 2)
        runner.wake()
        assert until(lambda: kept(store) == 14)
        assert runner.status().error is None


def test_a_runner_without_vectors_makes_none(store: Store, obedient: AnalyserPool) -> None:
    add(store, 1)
    with Runner(store, obedient, SETTINGS) as runner:
        assert runner.wait(1, 10)
        time.sleep(2.5)
    assert kept(store) == 0


def test_articles_are_ready_before_anybody_makes_vectors(store: Store) -> None:
    add(store, 20)
    encoder = Zeros()
    with (
        AnalyserPool(Slow(0.02), 1) as pool,
        Runner(store, pool, SETTINGS, vectors=Vectors(store, encoder)) as runner,
    ):
        assert until(lambda: runner.status().pending == 0)
        assert encoder.asked == []


def test_whatever_kills_the_encoder_the_vectors_get_made(
    store: Store, obedient: AnalyserPool, tmp_path: Path
) -> None:
    add(store, 40)
    killer = str(tmp_path / "killed")
    with (
        EncoderProcess(Killed(killer)) as encoder,
        Runner(store, obedient, SETTINGS, vectors=Vectors(store, encoder)),
    ):
        assert until(lambda: kept(store) == 40)
    assert Path(killer).exists()


class Killed:
    """Loads what kills its process with the third batch, once in all."""

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def __call__(self) -> Callable[[list[str]], list[bytes]]:
        batches = 0

        def answer(batch: list[str]) -> list[bytes]:
            nonlocal batches
            batches += 1
            if batches == 3 and not os.path.exists(self._mark):
                open(self._mark, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)
            return [bytes(512) for _ in batch]

        return answer
