"""Several processes that answer from one database, and some that analyse nothing."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.threats.served import Served, serving

WEB = b"web_process"


def _web_processes(parent: int) -> list[int]:
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (each / "stat").read_text().rpartition(")")[2].split()
            if stat[0] != "Z" and int(stat[1]) == parent:
                found += [int(each.name)] if WEB in (each / "cmdline").read_bytes() else []
    return found


def _until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 120
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def _ready(base: str) -> Callable[[], bool]:
    return lambda: httpx.get(f"{base}/readyz", timeout=60).status_code == 200


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str, str]]:
    """A service of two web processes, its address, and that of one beside it that analyses
    nothing."""
    folder = tmp_path_factory.mktemp("several")
    with (
        serving(folder, options=("--web-workers", "2"), vectors="false") as several,
        serving(folder, workers="0", vectors="false") as onlooker,
    ):
        base = f"http://127.0.0.1:{several.port}"
        assert _until(_ready(base))
        yield several, base, f"http://127.0.0.1:{onlooker.port}"


def _send(base: str, name: str) -> httpx.Response:
    row = {"text": f"Anna Lind met {name} in Geneva on Monday.", "source": "Star"}
    return httpx.post(f"{base}/v1/articles?wait=60", json=row, timeout=90)


def test_each_of_them_has_articles_analysed(three: tuple[Served, str, str]) -> None:
    _, several, onlooker = three
    for base, name in ((several, "Omar Haddad"), (onlooker, "Maria Costa")):
        sent = _send(base, name)
        assert (sent.status_code, sent.json()["state"]) == (201, "ready")
    both = {"article": [1, 2]}
    answers = [httpx.get(f"{base}/v1/compare", params=both, timeout=60) for base in three[1:]]
    assert answers[0].status_code == 200
    assert answers[0].content == answers[1].content


def test_texts_are_compared_where_somebody_analyses(three: tuple[Served, str, str]) -> None:
    texts = [{"source": each, "text": "Anna Lind met Omar Haddad."} for each in ("A", "B")]
    sent = [
        httpx.post(f"{base}/v1/compare", json={"articles": texts}, timeout=60) for base in three[1:]
    ]
    assert sent[0].status_code == 200
    assert (sent[1].status_code, "PARALLAX_WORKERS=0" in sent[1].text) == (503, True)


def test_one_that_analyses_nothing_is_ready_without_a_worker(
    three: tuple[Served, str, str],
) -> None:
    assert httpx.get(f"{three[2]}/readyz").json() == {"status": "ready", "workers": 0}


def _figures(base: str) -> dict[str, float]:
    lines = httpx.get(f"{base}/metrics", timeout=60).text.splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


def test_any_of_them_shows_the_figures_of_all(three: tuple[Served, str, str]) -> None:
    _, base, _ = three
    asked = 'parallax_http_requests_total{method="GET",route="/v1/sources",status="200"}'
    before = _figures(base)
    for _ in range(20):
        httpx.get(f"{base}/v1/sources").raise_for_status()  # a connection each, to either
    assert _send(base, "Nadia Berg").status_code == 201
    seen = [_figures(base) for _ in range(10)]
    assert {each[asked] for each in seen} == {before.get(asked, 0.0) + 20}
    for stage in ("read", "analyse", "store"):
        counted = f'parallax_ingest_stage_seconds_count{{stage="{stage}"}}'
        assert {each[counted] for each in seen} == {before.get(counted, 0.0) + 1}


def test_a_form_of_one_is_known_to_the_other(three: tuple[Served, str, str]) -> None:
    _, base, stranger = three

    def undone(address: str) -> int:
        form = {"form_token": token}
        # A connection each, to either. Nothing was corrected: a form that is taken finds none.
        answer = httpx.post(f"{address}/corrections/1/undo", data=form, cookies=page.cookies)
        return answer.status_code

    page = httpx.get(f"{base}/", headers={"Accept": "text/html"})
    token = re.findall(r'name="form_token" value="([0-9a-f]+)"', page.text)[0]
    assert {undone(base) for _ in range(12)} == {404}
    assert undone(stranger) == 403


def test_one_that_dies_is_followed_by_another(three: tuple[Served, str, str]) -> None:
    served, base, _ = three
    before = _web_processes(served.process.pid)
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    assert _until(lambda: len(set(_web_processes(served.process.pid)) - {before[0]}) == 2)
    assert _until(lambda: _send(base, "Peter Novak").status_code in (200, 201))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_all_of_them_end_together(tmp_path: Path, how: signal.Signals) -> None:
    with serving(tmp_path, options=("--web-workers", "2"), vectors="false") as served:
        web = _web_processes(served.process.pid)
        assert len(web) == 2
        served.process.send_signal(how)
        assert served.process.wait(timeout=15) in (0, -signal.SIGKILL)
        assert _until(lambda: not any(Path(f"/proc/{each}/cmdline").exists() for each in web))
        assert "Traceback" not in served.said


def test_web_processes_without_anybody_who_analyses_are_refused(tmp_path: Path) -> None:
    with serving(tmp_path, options=("--web-workers", "2"), workers="0") as served:
        assert served.process.wait(timeout=60) == 1
    assert "PARALLAX_WORKERS is 0" in served.said
