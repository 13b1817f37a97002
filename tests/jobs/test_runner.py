"""The runner: whatever is pending gets analysed, once, whoever else is there."""

import io
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.article import ArticleChanges, Import, Submission
from app.errors import FetchFailed
from app.intake.fetch import Fetched
from app.jobs.analysis_loop import BATCH_CHARS, BATCH_TEXTS, batches
from app.jobs.pool import AnalyserPool
from app.jobs.runner import Runner
from app.services.imports import start_import
from app.services.ingest import accept, change_article, delete_article
from app.settings import Settings
from app.store.articles.queue import mark_pending
from app.store.engine.sessions import Store
from app.store.queries.imports import find_import
from app.store.records import PendingArticle
from tests.databases import asked, locked, sqlite_only
from tests.jobs.small_analysers import Obedient, Slow, missing

SETTINGS = Settings()
PROSE = "The council met on Monday and spoke about the harbour for a long time. "


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def add(store: Store, text: str, **more: str) -> int:
    submission = Submission(text=f"{PROSE}{text} {PROSE}", source="Herald", **more)  # type: ignore[arg-type]
    accepted = accept(store, submission, SETTINGS)
    assert accepted.id is not None
    return accepted.id


def column(store: Store, query: str) -> list[object]:
    return [row[0] for row in asked(store.url, query)]


def states(store: Store) -> list[object]:
    return column(store, "SELECT state FROM article ORDER BY id")


def imported(store: Store, number: int) -> Import:
    with store.read() as session:
        return find_import(session, number)


def rows(*texts: str) -> io.BytesIO:
    lines = [{"text": f"{PROSE}{text}", "source": "Herald"} for text in texts]
    return io.BytesIO("\n".join(map(json.dumps, lines)).encode())


def test_what_waits_at_the_start_is_analysed(store: Store, obedient: AnalyserPool) -> None:
    for index in range(5):
        add(store, f"Number {index}.")
    with Runner(store, obedient, SETTINGS):
        assert until(lambda: states(store) == ["ready"] * 5)
    assert column(store, "SELECT count(*) FROM analysis") == [5]


def test_a_worker_hears_what_the_model_said_before(store: Store, obedient: AnalyserPool) -> None:
    add(store, "AGAIN")
    with Runner(store, obedient, SETTINGS) as runner:
        assert until(lambda: states(store) == ["ready"])
        with store.write() as session:
            mark_pending(session, [1])
        runner.wake()
        assert until(lambda: states(store) == ["failed"])
    assert "said by small" in str(column(store, "SELECT reason FROM article")[0])


def test_wait_returns_as_soon_as_the_article_is_ready(store: Store, obedient: AnalyserPool) -> None:
    with Runner(store, obedient, SETTINGS) as runner:
        assert until(lambda: not runner.status().standby)
        article = add(store, "Anna Lind spoke.")
        runner.wake()
        began = time.monotonic()
        assert runner.wait(article, 10)
        assert time.monotonic() - began < 0.9
    assert states(store) == ["ready"]


def test_wait_gives_up_in_time(store: Store) -> None:
    article = add(store, "Anna Lind spoke.")
    with AnalyserPool(Slow(2), 1) as pool, Runner(store, pool, SETTINGS) as runner:
        began = time.monotonic()
        assert not runner.wait(article, 0.3)
        assert time.monotonic() - began < 1


def test_wait_for_an_article_that_is_deleted_meanwhile(store: Store) -> None:
    article = add(store, "Anna Lind spoke.")
    with AnalyserPool(Slow(1), 1) as pool, Runner(store, pool, SETTINGS) as runner:
        threading.Timer(0.2, delete_article, (store, article)).start()
        assert runner.wait(article, 10)
    assert states(store) == []


def test_one_who_waits_goes_before_the_others(store: Store) -> None:
    for index in range(300):
        add(store, f"Number {index}.")
    with AnalyserPool(Slow(0.02), 1) as pool, Runner(store, pool, SETTINGS) as runner:
        assert until(lambda: "ready" in states(store))
        last = add(store, "Anna Lind spoke.")
        assert runner.wait(last, 10)
        assert states(store).count("pending") > 50


def test_a_deadly_article_fails_with_its_reason(store: Store, obedient: AnalyserPool) -> None:
    add(store, "Anna Lind spoke.")
    add(store, "DIE.")
    add(store, "RAISE.")
    with Runner(store, obedient, SETTINGS):
        assert until(lambda: "pending" not in states(store), 20)
    assert states(store) == ["ready", "failed", "failed"]
    reasons = column(store, "SELECT reason FROM article WHERE state = 'failed' ORDER BY id")
    assert "died twice on this text" in str(reasons[0])
    assert reasons[1] == "The analysis failed: ValueError: told to"


def test_an_article_that_hangs_keeps_neither_its_batch_nor_the_next_waiting(store: Store) -> None:
    for content in ("Anna Lind spoke.", "HANG.", "Berta Lind spoke."):
        add(store, content)
    with AnalyserPool(Obedient, 1, seconds=4.0) as pool, Runner(store, pool, SETTINGS) as runner:
        following = add(store, "Clara Lind spoke.")
        assert runner.wait(following, 20)
        assert until(lambda: states(store) == ["ready", "pending", "ready", "ready"], 20)
        assert until(lambda: states(store) == ["ready", "failed", "ready", "ready"], 20)


def test_a_revision_that_comes_during_the_analysis_is_analysed_too(store: Store) -> None:
    article = add(store, "Anna Lind spoke.", external_id="1")
    with AnalyserPool(Slow(0.5), 1) as pool, Runner(store, pool, SETTINGS) as runner:
        assert until(lambda: runner.status().workers == 1)
        time.sleep(0.2)
        add(store, "Berta Lind spoke.", external_id="1")
        assert runner.wait(article, 10)
    assert column(store, "SELECT revision FROM analysis") == [2]
    assert "Berta" in column(store, "SELECT text FROM mention")


def test_a_changed_title_is_analysed_as_part_of_the_text(
    store: Store, obedient: AnalyserPool
) -> None:
    article = add(store, "Anna Lind spoke.", title="Harbour talks")
    with Runner(store, obedient, SETTINGS) as runner:
        assert runner.wait(article, 10)
        change_article(store, article, ArticleChanges(title="Zoe Berg resigns"))
        assert runner.wait(article, 10)
    spans = column(store, "SELECT start || ':' || \"end\" FROM mention WHERE text = 'Zoe'")
    assert spans == ["0:3"]


def test_an_import_becomes_articles_and_is_done_when_they_are_analysed(
    store: Store, obedient: AnalyserPool
) -> None:
    twice = rows(*[f"Number {index}." for index in range(100)], "Number 7.")
    number = start_import(store, [(None, twice)])
    assert imported(store, number).state == "running"
    with Runner(store, obedient, SETTINGS):
        assert until(lambda: imported(store, number).state == "done", 20)
        assert states(store) == ["ready"] * 100
    found = imported(store, number)
    assert (found.received, found.created, found.existing, found.failed) == (101, 100, 1, 0)


def test_broken_rows_are_failures_with_their_lines(store: Store, obedient: AnalyserPool) -> None:
    body = rows("One.", "Two.").getvalue().splitlines()
    lines = [body[0], b"{broken", b'{"text": "x", "colour": 1}', b'{"text": " "}', body[1]]
    number = start_import(store, [(None, io.BytesIO(b"\n".join(lines)))])
    with Runner(store, obedient, SETTINGS):
        assert until(lambda: imported(store, number).state == "done", 20)
    found = imported(store, number)
    assert (found.received, found.created, found.existing, found.failed) == (5, 2, 0, 3)
    assert [failure.line for failure in found.errors] == [2, 3, 4]


def test_a_deleted_article_does_not_come_back_by_an_import(
    store: Store, obedient: AnalyserPool
) -> None:
    with Runner(store, obedient, SETTINGS) as runner:
        first = start_import(store, [(None, rows("One."))])
        runner.wake()
        assert until(lambda: imported(store, first).state == "done")
        delete_article(store, 1)
        again = start_import(store, [(None, rows("One."))])
        runner.wake()
        assert until(lambda: imported(store, again).state == "done")
    assert states(store) == []
    assert imported(store, again).existing == 1


class Pages:
    """A fetcher of pages in memory; `slow` ones wait until `release` is set."""

    def __init__(self) -> None:
        self.release = threading.Event()

    def fetch(self, url: str) -> Fetched:
        if "slow" in url:
            self.release.wait(30)
        if "gone" in url:
            raise FetchFailed(f"{url} answered 404")
        paragraphs = f"<p>{PROSE * 5} {url}</p>" * 3
        page = f"<html><body><article><h1>News</h1>{paragraphs}</article></body></html>"
        return Fetched(
            url=url,
            status=200,
            content=page.encode(),
            content_type="text/html",
            charset="utf-8",
            etag=None,
            last_modified=None,
        )


def urls(*names: str) -> io.BytesIO:
    return io.BytesIO(
        "\n".join(json.dumps({"url": f"https://example.org/{name}"}) for name in names).encode()
    )


def test_bare_addresses_of_an_import_are_fetched(store: Store, obedient: AnalyserPool) -> None:
    number = start_import(store, [(None, urls("a", "gone", "b"))])
    with Runner(store, obedient, SETTINGS, Pages()):
        assert until(lambda: imported(store, number).state == "done")
    found = imported(store, number)
    assert (found.created, found.failed) == (2, 1)
    assert found.errors[0].line == 2
    assert "answered 404" in found.errors[0].detail


def test_stop_does_not_wait_for_a_slow_server(store: Store, obedient: AnalyserPool) -> None:
    pages = Pages()
    start_import(store, [(None, urls("slow"))])
    runner = Runner(store, obedient, SETTINGS, pages)
    runner.start()
    time.sleep(0.5)
    began = time.monotonic()
    runner.stop()
    assert time.monotonic() - began < 2
    pages.release.set()
    assert column(store, "SELECT state FROM import_row") == ["waiting"]


def test_stop_stores_what_is_done_and_leaves_the_rest_pending(store: Store) -> None:
    for index in range(200):
        add(store, f"Number {index}.")
    with AnalyserPool(Slow(0.01), 1) as pool:
        runner = Runner(store, pool, SETTINGS)
        runner.start()
        assert until(lambda: "ready" in states(store))
        began = time.monotonic()
        runner.stop()
        assert time.monotonic() - began < 5
    ready = states(store).count("ready")
    assert 0 < ready < 200
    assert column(store, "SELECT count(*) FROM analysis") == [ready]


@sqlite_only
def test_a_second_runner_stands_by_and_takes_over(store: Store, obedient: AnalyserPool) -> None:
    first, second = (Runner(store, obedient, SETTINGS) for _ in range(2))
    first.start()
    assert until(lambda: not first.status().standby)
    second.start()
    time.sleep(0.2)
    assert second.status().standby
    article = add(store, "Anna Lind spoke.")
    assert second.wait(article, 10)
    first.stop()
    assert until(lambda: not second.status().standby, 3)
    assert second.wait(add(store, "Berta Lind spoke."), 10)
    second.stop()


def test_articles_of_other_processes_are_found_by_looking(
    store: Store, obedient: AnalyserPool
) -> None:
    with Runner(store, obedient, SETTINGS) as runner:
        assert until(lambda: not runner.status().standby)
        time.sleep(0.1)
        add(store, "Anna Lind spoke.")
        assert until(lambda: states(store) == ["ready"], 3)


def test_a_missing_model_leaves_articles_pending_and_says_so(store: Store) -> None:
    add(store, "Anna Lind spoke.")
    with AnalyserPool(missing, 1) as pool, Runner(store, pool, SETTINGS) as runner:
        assert until(lambda: runner.status().error is not None)
        status = runner.status()
        assert (status.workers, status.pending) == (0, 1)
        assert status.error == "The pipeline 'xx_none' for 'xx' is not installed."
    assert states(store) == ["pending"]


def test_a_locked_database_delays_and_loses_nothing(store: Store, obedient: AnalyserPool) -> None:
    with Runner(store, obedient, SETTINGS) as runner:
        assert until(lambda: runner.status().workers == 2)
        article = add(store, "Anna Lind spoke.")
        with locked(store.url):
            assert until(lambda: "locked" in (runner.status().error or ""), 10)
        assert runner.wait(article, 20)
        assert until(lambda: runner.status().error is None)
    assert column(store, "SELECT count(*) FROM analysis") == [1]


def test_two_articles_of_one_batch_share_a_new_entity(store: Store, obedient: AnalyserPool) -> None:
    add(store, "Anna spoke.")
    add(store, "Later Anna spoke again.")
    with Runner(store, obedient, SETTINGS):
        assert until(lambda: states(store) == ["ready"] * 2)
    assert column(store, "SELECT articles FROM entity WHERE name = 'Anna'") == [2]


@sqlite_only
def test_the_lock_file_stands_beside_the_database(store: Store, obedient: AnalyserPool) -> None:
    path = Path(store.url.removeprefix("sqlite:///"))
    with Runner(store, obedient, SETTINGS) as runner:
        assert until(lambda: not runner.status().standby)
        assert path.with_name("collection.db.lock").exists()
        assert os.access(path, os.W_OK)


@pytest.mark.parametrize(
    ("lengths", "workers", "expected"),
    [
        ([], 2, []),
        ([10], 2, [1]),
        ([10, 10, 10], 2, [2, 1]),
        ([10] * 200, 1, [64, 64, 64, 8]),
        ([10] * 200, 2, [64, 64, 64, 8]),
        ([150_000] * 4, 1, [2, 2]),
        ([1_000_000, 10, 10], 1, [1, 2]),
    ],
)
def test_batches(lengths: list[int], workers: int, expected: list[int]) -> None:
    article = PendingArticle(1, 1, "", 0, None)
    found = batches([replace(article, text="x" * length) for length in lengths], workers)
    assert [len(batch) for batch in found] == expected
    assert all(len(batch) <= BATCH_TEXTS for batch in found)
    assert all(sum(len(a.text) for a in b[:-1]) < BATCH_CHARS for b in found)
