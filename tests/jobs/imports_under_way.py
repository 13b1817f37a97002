"""An import in processes that may be ended at any moment, and what must have come of it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.domain.change import KINDS, TYPES
from app.store.engine.sessions import Store
from app.store.queries.imports import find_import
from app.store.tables.base import Base
from tests.databases import asked

DOCUMENTS = 2_000
TWICE = 20
BROKEN = 10
NAMES = ("Anna Lind", "Omar Haddad", "Palmyra", "Geneva", "Maria Costa", "Lisbon", "Berlin")

# One process of the service: it takes the import where there is one to take, works, and prints.
PROGRAM = """
import sys, time, structlog
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
from app.errors import ParallaxError
from app.jobs.pool import AnalyserPool, analyser_pool
from app.jobs.runner import Runner
from app.services.imports import start_import
from app.settings import Settings
from app.store.engine.sessions import Store
from tests.jobs.small_analysers import Slow

url, kind, body = sys.argv[1:]
seconds = {"small": 0.002, "hanging": 600.0}
analyser = Slow(seconds.get(kind, 0.0))
pool = analyser_pool(Settings(workers=2)) if kind == "real" else AnalyserPool(analyser, 2)
def asked(what):
    try:
        return getattr(runner.status(), what)
    except ParallaxError as error:  # the database is down
        return error.detail

with Store(url) as store, pool, Runner(store, pool, Settings()) as runner:
    while asked("standby") or pool.ready < 2:
        time.sleep(0.01)
    print("works", flush=True)
    if body:
        with open(body, "rb") as file:
            print("import", start_import(store, [(None, file)]), flush=True)
    told = None
    while True:
        error = asked("error")
        if error != told:
            print("error", error, flush=True)
        told = error
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


def body(documents: int = DOCUMENTS) -> bytes:
    rows = [json.dumps(document(number)) for number in range(documents)]
    rows += [json.dumps(document(number)) for number in range(TWICE)]
    rows += ["{broken"] * BROKEN
    random.Random(1).shuffle(rows)
    return "\n".join(rows).encode()


class Services:
    """Starts processes of the service, and kills at the end what still runs of them."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[str]] = []

    def __call__(
        self, url: str, kind: str, import_body: Path | None = None, **environment: str
    ) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, url, kind, str(import_body or "")],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        )
        self._started.append(process)
        return process

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                kill(process)


def kill(process: "subprocess.Popen[str]") -> str:
    """What the process had printed when it was killed."""
    os.kill(process.pid, signal.SIGKILL)
    printed, _ = process.communicate()
    return printed


def children(of: int) -> list[int]:
    """The process ids of the children of a process."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = each.read_text("ascii", "replace").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == of and state != "Z":
            found.append(int(each.parent.name))
    return found


def column(url: str, query: str) -> list[object]:
    return [row[0] for row in asked(url, query)]


def until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def is_done(url: str) -> Callable[[], bool]:
    return lambda: column(url, "SELECT state FROM import") == ["done"]


def progress(url: str) -> int:
    """From 0 to twice the documents: each counts when it is an article, and when it is analysed."""
    (steps,) = column(
        url, "SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM analysis)"
    )
    return int(str(steps))


def has_come_to(url: str, steps: float) -> Callable[[], bool]:
    return lambda: progress(url) >= steps


def check_whole(url: str, documents: int = DOCUMENTS) -> None:
    """Each document once, analysed once, and every count what a recount finds."""
    assert column(url, "SELECT state FROM article") == ["ready"] * documents
    assert len(set(column(url, "SELECT external_id FROM article"))) == documents
    assert column(url, "SELECT count(*) FROM analysis") == [documents]
    assert column(url, "SELECT count(*) FROM revision") == [documents]
    assert column(url, "SELECT articles FROM source") == [documents]
    doubled = "SELECT count(*) FROM mention GROUP BY article_id, start HAVING count(*) > 1"
    assert column(url, doubled) == []
    recounted = (
        "SELECT name FROM entity WHERE mentions <> (SELECT count(*) FROM mention "
        "JOIN cluster ON cluster.id = cluster_id WHERE entity_id = entity.id) OR articles <> "
        "(SELECT count(DISTINCT article_id) FROM cluster WHERE entity_id = entity.id)"
    )
    assert column(url, recounted) == []
    if url.startswith("sqlite"):
        assert column(url, "PRAGMA integrity_check") == ["ok"]
    with Store(url) as store, store.read() as session:
        found = find_import(session, 1)
    assert found.state == "done"
    assert (found.received, found.created, found.existing, found.failed) == (
        documents + TWICE + BROKEN,
        documents,
        TWICE,
        BROKEN,
    )


def counts(url: str) -> dict[str, object]:
    """How many rows each table has, and the entities with their counts; but for stories, the
    articles that move between them and what is told of both: they form in the order in which
    articles are analysed (docs/decisions/0012)."""
    found: dict[str, object] = {
        table: column(url, f"SELECT count(*) FROM {table}")
        for table in Base.metadata.tables
        if table not in ("story", "change")
    }
    ordered = ", ".join(str(KINDS.index(kind)) for kind in ("moved", "changed"))
    told = f"type <> {TYPES.index('story')} AND kind NOT IN ({ordered})"
    found["change"] = column(url, f"SELECT count(*) FROM change WHERE {told}")
    found["entities"] = sorted(
        column(url, "SELECT name || ': ' || mentions || ' in ' || articles FROM entity"), key=str
    )
    return found
