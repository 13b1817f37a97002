"""kill -9 at any moment of an import: each accepted document there once, analysed once."""

import io
import os
import random
import signal
import time
from pathlib import Path

import pytest

from app.services.imports import start_import
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.databases import new_url, on_postgresql
from tests.jobs.imports_under_way import (
    DOCUMENTS,
    Services,
    body,
    check_whole,
    children,
    column,
    counts,
    has_come_to,
    is_done,
    kill,
    until,
)
from tests.jobs.mortal_server import MortalServer
from tests.jobs.test_runner import add, states

of_postgresql = pytest.mark.skipif(
    not on_postgresql(), reason="of PostgreSQL: pytest --engine postgresql"
)
# Ten in CI; `make kill` does fifty.
KILLS = int(os.environ.get("KILLS", "10"))
_SECONDS = 600


def accepted(url: str) -> str:
    """A collection that has taken an import on, of which nothing is done yet."""
    upgrade(url)
    with Store(url) as store:
        start_import(store, [(None, io.BytesIO(body()))])
    return url


def finish(url: str, service: Services, kind: str = "real") -> None:
    process = service(url, kind)
    done = until(is_done(url), _SECONDS)
    kill(process)
    assert done


@pytest.mark.slow
@pytest.mark.skipif(on_postgresql(), reason="there the database is killed too: the next test")
def test_an_import_survives_kills(tmp_path: Path, service: Services) -> None:
    untouched, url = (
        accepted(new_url(tmp_path, name, keep=True)) for name in ("untouched", "killed")
    )
    finish(untouched, service)
    check_whole(untouched)
    rng = random.Random(7)
    process = service(url, "real")
    died = {"service": 0, "worker": 0}
    for number in range(KILLS):
        target = rng.uniform(number, number + 1) / KILLS * 2 * DOCUMENTS * 0.95
        assert until(has_come_to(url, target), _SECONDS)
        time.sleep(rng.uniform(0.0, 0.1))
        running = children(process.pid)
        if running and rng.random() < 0.5:
            os.kill(rng.choice(running), signal.SIGKILL)
            died["worker"] += 1
        else:
            kill(process)
            died["service"] += 1
            process = service(url, "real")
    assert column(url, "SELECT count(*) FROM analysis") != [DOCUMENTS], "no kill hit the analysis"
    kill(process)
    finish(url, service)
    assert min(died.values()) > 0
    check_whole(url)
    assert counts(url) == counts(untouched)


@pytest.mark.slow
@of_postgresql
def test_an_import_that_two_share_survives_kills_of_the_database_too(service: Services) -> None:
    rng = random.Random(11)
    victims = [("database", "service", "worker")[number % 3] for number in range(KILLS)]
    rng.shuffle(victims)
    with MortalServer() as server:
        untouched, url = (accepted(server.database(name)) for name in ("untouched", "killed"))
        finish(untouched, service, "small")
        running = [service(url, "small"), service(url, "small")]
        for number, victim in enumerate(victims):
            target = rng.uniform(number, number + 1) / KILLS * 2 * DOCUMENTS * 0.95
            assert until(has_come_to(url, target), _SECONDS)
            time.sleep(rng.uniform(0.0, 0.1))
            if victim == "database":
                server.kill()
            elif victim == "worker" and (workers := children(running[0].pid)):
                os.kill(rng.choice(workers), signal.SIGKILL)
            else:
                kill(running.pop(0))
                running.append(service(url, "small"))
        assert column(url, "SELECT count(*) FROM analysis") != [DOCUMENTS], "no kill hit it"
        for each in running:
            kill(each)
        finish(url, service, "small")
        check_whole(url)
        assert counts(url) == counts(untouched)


@pytest.mark.slow
@of_postgresql
def test_what_a_killed_worker_had_in_hand_is_taken_up_within_half_a_minute(
    tmp_path: Path, service: Services
) -> None:
    url = new_url(tmp_path, keep=True)
    with Store(url) as store:
        articles = [add(store, f"Anna Lind spoke, {number}.") for number in range(5)]
        hangs = service(url, "hanging")
        assert until(lambda: column(url, "SELECT count(*) FROM claim") == [len(articles)], 60)
        other = service(url, "small")
        assert other.stdout
        assert other.stdout.readline() == "works\n"
        kill(hangs)
        assert until(lambda: states(store) == ["ready"] * len(articles), 30)
    kill(other)


@pytest.mark.slow
def test_an_import_is_accepted_whole_or_not_at_all(tmp_path: Path, service: Services) -> None:
    rng = random.Random(7)
    content = tmp_path / "rows.ndjson"
    content.write_bytes(body(500))
    told = 0
    for attempt in range(6):
        url = new_url(tmp_path, str(attempt))
        upgrade(url)
        process = service(url, "small", content)
        assert process.stdout
        process.stdout.readline()
        time.sleep(rng.uniform(0.0, 1.0))
        taken = "import" in kill(process)
        told += taken
        states = column(url, "SELECT state FROM import")
        if taken:
            process = service(url, "small")
            done = until(is_done(url), 60)
            kill(process)
            assert done
            check_whole(url, 500)
        elif states == ["open"]:
            assert column(url, "SELECT count(*) FROM article") == [0]
    assert told > 0
