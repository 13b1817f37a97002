"""Memory of the process that serves: bounded, and the same after many requests as after some."""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, cycle, islice
from pathlib import Path

from tests.threats.served import Served, get, serving

SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample" / "manifest.jsonl"
_ARTICLES = 12
# Each connection fills the cache of its pages over some three hundred requests (some 9 MB in all);
# from there a request may leave nothing behind.
_REQUESTS = 360
_MEGABYTES, _GROWTH = 250, 5


def _resident(served: Served) -> float:
    status = Path(f"/proc/{served.process.pid}/status").read_text()
    (line,) = (each for each in status.splitlines() if each.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1_000_000


def _ask(served: Served, paths: Sequence[str], times: int) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda path: served.answer(get(path))[0], islice(cycle(paths), times))
        assert set(answers) == {200}


def _await_articles(served: Served) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        _, raw = served.answer(get("/v1/articles?state=ready"))
        if json.loads(raw.partition(b"\r\n\r\n")[2])["total"]["value"] == _ARTICLES:
            return
        time.sleep(0.2)
    raise AssertionError("the sample was not analysed")


def test_memory_is_bounded_and_does_not_grow_with_the_requests(tmp_path: Path) -> None:
    ids = range(1, _ARTICLES + 1)
    paths = [
        path
        for one, other in combinations(ids[:6], 2)
        for path in (
            f"/v1/compare?article={one}&article={other}",
            f"/v1/articles/{one}/mentions",
            f"/v1/entities?source=meridian-dispatch&limit={other * 10}",
            f"/v1/articles?q=palmyra&limit={other}",
        )
    ]
    with serving(tmp_path, articles=str(SAMPLE), log_level="error") as served:
        _await_articles(served)
        _ask(served, paths, _REQUESTS)
        after_some = _resident(served)
        _ask(served, paths, _REQUESTS)
        after_many = _resident(served)
    assert after_many < _MEGABYTES
    assert after_many - after_some < _GROWTH
