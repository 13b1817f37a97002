"""Collection runs: how far they are, and what a second run finds after a kill."""

import gzip
import io
import json
import os
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.annotation import AnalysisInput
from app.domain.article import Submission
from app.intake.fetch import Fetcher
from app.jobs.pool import AnalyserPool
from app.jobs.runner import Runner
from app.services.collection import Collected, Defaults, collect
from app.services.following import Failures, Far, Following, NotTaken, Reach
from app.services.ingest import accept
from app.settings import Settings
from app.store.articles.queue import count_pending
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.databases import asked, new_url
from tests.jobs.imports_under_way import document, kill
from tests.jobs.small_analysers import Slow, Small, analyse
from tests.services.pending import analyse_pending

SETTINGS = Settings()
PROSE = "The council met on Monday and spoke about the harbour for a long time."
# One run of the command, with an analyser that starts at once.
PROGRAM = """
import io, sys, structlog
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
from app.intake.fetch import Fetcher
from app.jobs.pool import AnalyserPool
from app.jobs.runner import Runner
from app.services.collection import Defaults, collect
from app.settings import Settings
from app.store.engine.sessions import Store
from tests.jobs.small_analysers import Slow

url, path = sys.argv[1:]
settings = Settings()
fetcher = Fetcher.from_settings(settings)
with Store(url) as store, AnalyserPool(Slow(0.001)) as pool, Runner(store, pool, settings) as work:
    collect(store, [path], settings, fetcher, stdin=io.BytesIO(), defaults=Defaults(), work=work,
            show=lambda far: None, report=print)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """As patient as that of the command: reading and storing take turns here."""
    url = new_url(tmp_path)
    upgrade(url)
    with Store(url) as store:
        yield store


def rows_file(folder: Path, count: int, *, words: int = 1) -> Path:
    path = folder / f"{count}.jsonl.gz"
    with gzip.open(path, "wt") as file:
        for number in range(count):
            row = document(number)
            file.write(json.dumps(row | {"text": f"{row['text']} " * words}) + "\n")
    return path


@contextmanager
def working(store: Store, seconds: float = 0.0) -> Iterator[Runner]:
    analyser = Slow(seconds) if seconds else Small
    with AnalyserPool(analyser) as pool, Runner(store, pool, SETTINGS) as runner:
        yield runner


def run(store: Store, work: Runner, *inputs: Path) -> tuple[Collected, list[Far], list[NotTaken]]:
    shown: list[Far] = []
    failures: list[NotTaken] = []
    collected = collect(
        store,
        [str(each) for each in inputs],
        SETTINGS,
        Fetcher.from_settings(SETTINGS),
        stdin=io.BytesIO(),
        defaults=Defaults(),
        work=work,
        show=shown.append,
        report=failures.append,
    )
    return collected, shown, failures


def column(store: Store, query: str) -> list[object]:
    return [row[0] for row in asked(store.url, query)]


def test_how_far_a_run_is_grows_from_nothing_to_all(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path, 500)
    with working(store, 0.0005) as work:
        collected, shown, _ = run(store, work, path)
    assert (collected.created, collected.failed) == (500, 0)
    shares = [each.share for each in shown if each.share is not None]
    assert len(shares) == len(shown)
    assert shares[0] < 0.5
    assert shares[-1] == 1.0
    assert len(set(shares)) > 2
    assert shown[-1].through == shown[-1].read == 500


def test_the_share_is_not_known_of_what_has_no_size(store: Store, tmp_path: Path) -> None:
    with working(store) as work:
        collected, shown, failures = run(store, work, rows_file(tmp_path, 5), tmp_path / "none")
    assert (collected.created, collected.failed) == (5, 1)
    assert [each.place for each in failures] == [f"{tmp_path / 'none'}:1"]
    assert {each.share for each in shown} == {None}


def test_files_of_an_object_store_are_taken_by_their_address(store: Store, tmp_path: Path) -> None:
    (tmp_path / "bucket").mkdir()
    rows_file(tmp_path / "bucket", 7)
    with working(store) as work:
        # The one that needs no network.
        collected = collect(
            store,
            [f"file://{tmp_path}/bucket", "nowhere://bucket/x"],
            SETTINGS,
            Fetcher.from_settings(SETTINGS),
            stdin=io.BytesIO(),
            defaults=Defaults(),
            work=work,
            show=lambda far: None,
            report=lambda failure: None,
        )
    assert (collected.created, collected.failed) == (7, 1)
    assert collected.failures[0].place == "nowhere://bucket/x:1"


def test_a_second_run_tells_what_is_there_and_analyses_nothing_again(
    store: Store, tmp_path: Path
) -> None:
    path = rows_file(tmp_path, 200)
    with working(store) as work:
        run(store, work, path)
        before = column(store, "SELECT created_at FROM analysis ORDER BY article_id")
        collected, *_ = run(store, work, path)
    assert (collected.created, collected.existing) == (0, 200)
    assert column(store, "SELECT created_at FROM analysis ORDER BY article_id") == before
    assert collected.sentence().startswith("0 new, 200 there already")


def test_reading_waits_while_too_many_articles_wait(store: Store, tmp_path: Path) -> None:
    reach = Reach(None, lambda far: None)
    most: list[int] = []
    failures = Failures(lambda failure: None)

    class Idle:
        """Work that somebody else does, when it is looked at."""

        def wake(self) -> None:
            with store.read() as session:
                most.append(count_pending(session))

        def wait(self, article: int, timeout: float) -> bool:
            raise NotImplementedError

        def status(self) -> "Idle":
            analyse_pending(store, lambda each: analyse(AnalysisInput(each.text, 0, "en")))
            return self

        workers, error = 1, None

    following = Following(store, Idle(), failures, reach, most_waiting=20)
    for number in range(100):
        made = accept(store, Submission(text=f"{PROSE} {number}", source="Herald"), SETTINGS)
        assert made.id
        following.add(made.id, f"a:{number}")
        assert reach.waiting < 20
    following.wait()
    assert reach.waiting == 0
    assert 10 < max(most) <= 20


def test_failures_are_told_as_they_come_and_the_first_are_kept() -> None:
    heard: list[NotTaken] = []
    failures = Failures(heard.append)
    for number in range(3_000):
        failures.add(NotTaken(f"a:{number}", "is blank"))
    assert len(heard) == failures.count == 3_000
    assert len(failures.first) == 1_000


@pytest.mark.slow
def test_memory_does_not_grow_with_the_documents(store: Store, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = rows_file(tmp_path, count, words=5)
        tracemalloc.start()
        try:
            collected, *_ = run(store, work, path)
            assert collected.taken == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    with working(store) as work:
        peak(50)  # what is loaded once
        few, many = peak(150), peak(600)
    assert many < few * 1.5 + 2_000_000, (few, many)


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_where_it_stopped(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path, 1_200)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, store.url, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    deadline = time.monotonic() + 60
    while not 100 < int(str(column(store, "SELECT count(*) FROM analysis")[0])) < 1_200:
        assert process.poll() is None, "it was over before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    kill(process)
    taken = int(str(column(store, "SELECT count(*) FROM article")[0]))
    first = dict(asked(store.url, "SELECT article_id, created_at FROM analysis"))
    with working(store, 0.0001) as work:
        collected, _, failures = run(store, work, path)
    assert (collected.existing, collected.created) == (taken, 1_200 - taken)
    assert not failures
    assert column(store, "SELECT count(*) FROM article WHERE state = 'ready'") == [1_200]
    stored = dict(asked(store.url, "SELECT article_id, created_at FROM analysis"))
    assert len(stored) == 1_200
    assert first.items() <= stored.items()
    assert threading.active_count() < 50


@pytest.mark.parametrize("changed", [{"title": "Another"}, {"text": PROSE}])
def test_what_changed_since_is_read_again(
    store: Store, tmp_path: Path, changed: dict[str, str]
) -> None:
    row = document(1)
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row))
    with working(store) as work:
        run(store, work, path)
        path.write_text(json.dumps(row | changed))
        collected, *_ = run(store, work, path)
        assert collected.revised == 1
        path.write_text(json.dumps(row))
        collected, *_ = run(store, work, path)
        assert collected.revised == 1
