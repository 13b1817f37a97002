"""kill -9 at any moment of an import: each accepted document there once, analysed once."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.services.imports import start_import
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.store.queries.imports import find_import
from tests.databases import asked, new_url

# Ten in CI; `make kill` does fifty.
KILLS = int(os.environ.get("KILLS", "10"))
DOCUMENTS = 500
TWICE = 20
BROKEN = 10
NAMES = ("Anna Lind", "Omar Haddad", "Palmyra", "Geneva", "Maria Costa", "Lisbon", "Berlin")

# One process of the service: it takes the import where there is one to take, works, and prints.
PROGRAM = """
import sys, time, structlog
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
from app.jobs.pool import AnalyserPool, analyser_pool
from app.jobs.runner import Runner
from app.services.imports import start_import
from app.settings import Settings
from app.store.engine.sessions import Store
from tests.jobs.small_analysers import Slow

url, kind, body = sys.argv[1:]
pool = analyser_pool(Settings(workers=2)) if kind == "real" else AnalyserPool(Slow(0.002), 2)
with Store(url) as store, pool, Runner(store, pool, Settings()) as runner:
    while runner.status().standby or pool.ready < 2:
        time.sleep(0.01)
    print("works", flush=True)
    if body:
        with open(body, "rb") as file:
            print("import", start_import(store, [(None, file)]), flush=True)
    while True:
        time.sleep(0.05)
"""


def document(number: int) -> dict[str, object]:
    rng = random.Random(number)
    sentences = [
        f"{rng.choice(NAMES)} met {rng.choice(NAMES)} in {rng.choice(NAMES)} on Monday to speak "
        f"about the harbour and its {rng.randint(2, 99)} ships."
        for _ in range(3)
    ]
    return {"text": " ".join(sentences), "external_id": str(number), "source": "Herald"}


def body() -> bytes:
    rows = [json.dumps(document(number)) for number in range(DOCUMENTS)]
    rows += [json.dumps(document(number)) for number in range(TWICE)]
    rows += ["{broken"] * BROKEN
    random.Random(1).shuffle(rows)
    return "\n".join(rows).encode()


def service(url: str, kind: str, import_body: Path | None = None) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, url, kind, str(import_body or "")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )


def kill(process: "subprocess.Popen[str]") -> str:
    """What the process had printed when it was killed."""
    os.kill(process.pid, signal.SIGKILL)
    printed, _ = process.communicate()
    return printed


def column(url: str, query: str) -> list[object]:
    return [row[0] for row in asked(url, query)]


def until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def is_done(url: str) -> Callable[[], bool]:
    return lambda: column(url, "SELECT state FROM import") == ["done"]


def check_whole(url: str) -> None:
    """Each document once, analysed once, and every count what a recount finds."""
    assert column(url, "SELECT state FROM article") == ["ready"] * DOCUMENTS
    assert len(set(column(url, "SELECT external_id FROM article"))) == DOCUMENTS
    assert column(url, "SELECT count(*) FROM analysis") == [DOCUMENTS]
    assert column(url, "SELECT count(*) FROM revision") == [DOCUMENTS]
    assert column(url, "SELECT articles FROM source") == [DOCUMENTS]
    doubled = "SELECT count(*) FROM mention GROUP BY article_id, start HAVING count(*) > 1"
    assert column(url, doubled) == []
    recounted = (
        "SELECT name FROM entity WHERE mentions <> (SELECT count(*) FROM mention "
        "JOIN cluster ON cluster.id = cluster_id WHERE entity_id = entity.id) OR articles <> "
        "(SELECT count(DISTINCT article_id) FROM cluster WHERE entity_id = entity.id)"
    )
    assert column(url, recounted) == []
    with Store(url) as store, store.read() as session:
        found = find_import(session, 1)
    assert found.state == "done"
    assert (found.received, found.created, found.existing, found.failed) == (
        DOCUMENTS + TWICE + BROKEN,
        DOCUMENTS,
        TWICE,
        BROKEN,
    )


def progress(url: str) -> int:
    """From 0 to twice the documents: each counts when it is an article, and when it is analysed."""
    (steps,) = column(
        url, "SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM analysis)"
    )
    return int(str(steps))


def has_come_to(url: str, steps: float) -> Callable[[], bool]:
    return lambda: progress(url) >= steps


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "kills"), [("small", KILLS), ("real", 3)])
def test_an_import_survives_kills(tmp_path: Path, kind: str, kills: int) -> None:
    url = new_url(tmp_path)
    upgrade(url)
    with Store(url) as store:
        start_import(store, [(None, io.BytesIO(body()))])
    rng = random.Random(7)
    for kill_number in range(kills):
        process = service(url, kind)
        target = rng.uniform(kill_number, kill_number + 1) / kills * 2 * DOCUMENTS * 0.95
        assert until(has_come_to(url, target), 120)
        time.sleep(rng.uniform(0.0, 0.1))
        kill(process)
    assert column(url, "SELECT count(*) FROM analysis") != [DOCUMENTS], "no kill hit the analysis"
    process = service(url, kind)
    done = until(is_done(url), 120)
    kill(process)
    assert done
    check_whole(url)


@pytest.mark.slow
def test_an_import_is_accepted_whole_or_not_at_all(tmp_path: Path) -> None:
    rng = random.Random(7)
    content = tmp_path / "rows.ndjson"
    content.write_bytes(body())
    told = 0
    for attempt in range(6):
        url = new_url(tmp_path, str(attempt))
        upgrade(url)
        process = service(url, "small", content)
        assert process.stdout
        process.stdout.readline()
        time.sleep(rng.uniform(0.0, 1.0))
        accepted = "import" in kill(process)
        told += accepted
        states = column(url, "SELECT state FROM import")
        if accepted:
            process = service(url, "small")
            done = until(is_done(url), 60)
            kill(process)
            assert done
            check_whole(url)
        elif states == ["open"]:
            assert column(url, "SELECT count(*) FROM article") == [0]
    assert told > 0
