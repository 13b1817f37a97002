"""Several processes share the work of one database (`--engine postgresql`)."""

import io
import os
import random
import signal
import subprocess
import time
from functools import partial
from pathlib import Path

import pytest

from app.domain.annotation import Analysis, AnalysisInput
from app.jobs.pool import AnalyserPool
from app.jobs.runner import Runner
from app.services.imports import start_import
from app.settings import Settings
from app.store.articles import claims
from app.store.engine.sessions import Store
from tests.databases import asked, new_url, on_postgresql
from tests.jobs.imports_under_way import (
    Services,
    body,
    check_whole,
    children,
    is_done,
    kill,
    until,
)
from tests.jobs.small_analysers import Obedient, Slow
from tests.jobs.test_kill import KILLS
from tests.jobs.test_runner import add, column, states
from tests.web.running import PARALLAX

pytestmark = pytest.mark.skipif(
    not on_postgresql(), reason="of PostgreSQL: pytest --engine postgresql"
)
SETTINGS = Settings()


class Counting(Obedient):
    """Writes down what it is given, a line a text."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        time.sleep(0.05)
        with self._path.open("a") as file:
            file.writelines(f"{len(each.text)}\n" for each in inputs)
        return super().analyse(inputs)


def test_two_processes_analyse_each_article_once(store: Store, tmp_path: Path) -> None:
    articles = 300
    for number in range(articles):
        add(store, f"Number {number}.")
    lines = [tmp_path / "one", tmp_path / "other"]
    with (
        AnalyserPool(partial(Counting, lines[0]), 1) as first,
        AnalyserPool(partial(Counting, lines[1]), 1) as second,
        Store(store.url) as other,
    ):
        assert until(lambda: first.ready == second.ready == 1, 30)
        with Runner(store, first, SETTINGS) as one, Runner(other, second, SETTINGS) as two:
            assert until(lambda: states(store) == ["ready"] * articles, 60)
            assert not one.status().standby
            assert not two.status().standby
            article = add(store, "Anna Lind spoke.")
            assert one.wait(article, 20)
            assert until(lambda: column(store, "SELECT count(*) FROM claim") == [0], 10)
    done = [len(each.read_text().splitlines()) for each in lines]
    assert min(done) > 0
    assert sum(done) == articles + 1


def test_what_another_has_in_hand_is_left_to_it_until_its_claim_expires(
    store: Store, obedient: AnalyserPool
) -> None:
    first, second = add(store, "Anna Lind spoke."), add(store, "Omar Haddad spoke.")
    with store.write() as session:
        assert [each.id for each in claims.claim_among(session, "gone", [first], ())] == [first]
        assert claims.claim_among(session, "late", [first], ()) == []
    with Runner(store, obedient, SETTINGS) as runner:
        assert runner.wait(second, 20)
        assert not runner.wait(first, 1.5)
        asked(store.url, "UPDATE claim SET expires = 0")  # as 20 seconds later
        assert runner.wait(first, 20)
    assert states(store) == ["ready", "ready"]


def test_a_claim_lasts_as_long_as_it_is_renewed(store: Store) -> None:
    first, second = add(store, "Anna Lind spoke."), add(store, "Omar Haddad spoke.")
    with store.write() as session:
        claims.claim_pending(session, "one", 10, ())
    asked(store.url, "UPDATE claim SET expires = expires - 20000000")
    with store.write() as session:
        claims.renew_claims(session, "one", [first])
        assert claims.any_free(session, "other", ())
        assert [each.id for each in claims.claim_pending(session, "other", 10, ())] == [second]
        claims.drop_claims(session, "one")
        assert claims.any_free(session, "third", ())
        # What it failed to have analysed is its own to take again.
        assert [each.id for each in claims.claim_pending(session, "other", 10, [first])] == [second]


def test_who_stops_gives_back_what_is_not_analysed(store: Store) -> None:
    with AnalyserPool(Slow(2.0), 1) as pool:
        assert until(lambda: pool.ready == 1, 30)
        for number in range(3):
            add(store, f"Number {number}.")
        with Runner(store, pool, SETTINGS):
            assert until(lambda: column(store, "SELECT count(*) FROM claim") == [3], 20)
        assert column(store, "SELECT count(*) FROM claim") == [0]


@pytest.mark.slow
def test_an_import_that_two_share_survives_kills_of_either(
    tmp_path: Path, service: Services
) -> None:
    url = new_url(tmp_path, keep=True)
    with Store(url) as store:
        start_import(store, [(None, io.BytesIO(body()))])
    rng = random.Random(3)
    running = [service(url, "small"), service(url, "small")]
    for _ in range(KILLS):
        time.sleep(rng.uniform(0.5, 2.0))
        kill(running.pop(0))
        running.append(service(url, "small"))
    done = until(is_done(url), 120)
    for each in running:
        kill(each)
    assert done
    check_whole(url)


def test_the_command_analyses_what_waits_and_ends_when_told(store: Store) -> None:
    article = add(store, "Anna Lind spoke in Geneva.")
    process = subprocess.Popen(
        [PARALLAX, "worker"],
        env=os.environ
        | {
            "PARALLAX_DATABASE_URL": store.url,
            "PARALLAX_VECTORS": "false",
            "PARALLAX_WORKERS": "3",  # of `serve`: a worker reads --concurrency, one by default
        },
    )
    try:
        assert until(lambda: states(store) == ["ready"], 120)
        assert len(children(process.pid)) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
    assert column(store, f"SELECT count(*) FROM mention WHERE article_id = {article}") != [0]
    assert column(store, "SELECT count(*) FROM claim") == [0]
