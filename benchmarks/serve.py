"""Requests a second of `parallax serve` beside Datasette, on the same SQLite file, under wrk.

Each runs in one web process with the log of requests that it writes by default; Parallax analyses
nothing meanwhile. They are asked in turns, question by question and round by round, so that
whatever else the machine does hits them alike; a ratio is the median of those of the rounds. The
questions are one record of a table, and a page of fifty of it; what each of the two says of a
record is its own affair: Datasette the columns of the row, Parallax also the text, the names and
the outlets.
"""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from benchmarks.corpus import made_store
from benchmarks.service import COMMAND, service

_ROUNDS, _QUICK_ROUNDS = 5, 3
_SECONDS, _QUICK_SECONDS = 4, 2
_CONNECTIONS = 8
_ARTICLES, _QUICK_ARTICLES = 10_000, 1_000
_PER_SECOND = re.compile(r"^Requests/sec:\s+([\d.]+)$", re.MULTILINE)
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of Parallax, and the same of Datasette, as paths."""

    name: str
    parallax: str
    datasette: str


@dataclass(frozen=True, slots=True)
class ServeFigures:
    """Requests a second of one question as one command of Parallax answers it and as Datasette
    does, each a median of the rounds, and the median of the rounds' ratios."""

    name: str
    command: str
    parallax: float
    datasette: float
    ratio: float


def measure(
    datasette: str, stores: Path | None, beside: Path | None = None, *, quick: bool
) -> list[ServeFigures]:
    """The figures of each question, over a made-up collection that is kept in the folder `stores`
    where there is one; of this version and, where its command is given, of another one `beside`
    it."""
    rounds = _QUICK_ROUNDS if quick else _ROUNDS
    seconds = _QUICK_SECONDS if quick else _SECONDS
    commands = {"this": COMMAND, **({"beside": beside.absolute()} if beside else {})}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        url = made_store(stores or Path(folder), _QUICK_ARTICLES if quick else _ARTICLES)
        file = Path(url.removeprefix("sqlite:///"))
        theirs = running.enter_context(_datasette(datasette, file))
        ours = {
            name: running.enter_context(service(url, each, workers="0", log_level="info"))
            for name, each in commands.items()
        }
        questions = _questions(file)
        found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for nth in range(rounds + 1):
            for each in questions:
                lasting = seconds if nth else 1  # the first warms caches
                yardstick = _per_second(theirs + each.datasette, lasting)
                for name, base in ours.items():
                    pair = _per_second(base + each.parallax, lasting), yardstick
                    found[each.name, name] += [pair] if nth else []
    return [_figures(*key, pairs) for key, pairs in found.items()]


def missing(datasette: str) -> str | None:
    """What of the two commands that are needed beside Parallax's is not there, and how to get it;
    None where both are."""
    if shutil.which("wrk") is None:
        return "serve needs wrk, which is a package of Debian and of Homebrew"
    if shutil.which(datasette) is None:
        return (
            f"serve needs Datasette, and {datasette!r} is no command: `python -m venv ds && "
            "ds/bin/pip install datasette`, then --datasette ds/bin/datasette"
        )
    return None


def _questions(file: Path) -> list[Question]:
    """A record is one of many of its table: an article in the middle, and the entity with the
    hundredth most mentions."""
    with closing(sqlite3.connect(file)) as connection:
        (article,) = connection.execute("SELECT max(id) / 2 FROM article").fetchone()
        (entity,) = connection.execute(
            "SELECT id FROM entity ORDER BY mentions DESC, id DESC LIMIT 1 OFFSET 99"
        ).fetchone()
    base = f"/{file.stem}"
    return [
        Question("article", f"/v1/articles/{article}", f"{base}/article/{article}.json"),
        Question("entity", f"/v1/entities/{entity}", f"{base}/entity/{entity}.json"),
        Question("50 articles", "/v1/articles?limit=50", f"{base}/article.json?_size=50"),
        Question("50 entities", "/v1/entities?limit=50", f"{base}/entity.json?_size=50"),
    ]


def _figures(name: str, command: str, pairs: Sequence[tuple[float, float]]) -> ServeFigures:
    ours, theirs = zip(*pairs, strict=True)
    ratio = median(one / other for one, other in pairs)
    return ServeFigures(
        name, command, round(median(ours), 1), round(median(theirs), 1), round(ratio, 2)
    )


def _per_second(url: str, seconds: int) -> float:
    done = subprocess.run(
        ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{seconds}s", url],
        capture_output=True,
        text=True,
        check=True,
    )
    found = _PER_SECOND.search(done.stdout)
    if found is None or "Non-2xx or 3xx responses" in done.stdout:
        raise SystemExit(f"serve: {url} was not answered:\n{done.stdout}")
    return float(found[1])


@contextmanager
def _datasette(datasette: str, file: Path) -> Iterator[str]:
    """The address of a Datasette on this file, up for the time of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [datasette, "serve", str(file), "--port", str(port)],
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _await(f"{base}/-/versions.json", process)
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _await(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("serve: datasette did not come up")
