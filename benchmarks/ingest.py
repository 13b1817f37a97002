"""`parallax ingest` against a bare `nlp.pipe`: words a second, as a ratio of one run.

Both read the same texts with the same model and components, on the same cores (one core for one
process, two for two), start-up left out on both sides: the model is loaded before the clock
starts. What Parallax does beside the model (cleaning, identity, resolution, storing, indexing) is
what the ratio shows: the median of five pairs of runs, one after the other, on either engine.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from app.domain.text import count_words
from benchmarks import postgresql

EVALUATION = Path(__file__).parents[1] / ".." / "shared" / "eval" / "stories.jsonl"
SAMPLE = Path(__file__).parents[1] / "app" / "data" / "sample"


ROUNDS = 5


@dataclass(frozen=True, slots=True)
class IngestRatio:
    """Words a second with so many processes on as many cores, each the median of its runs: of the
    model as spaCy loads it (`bare`), of the model with Parallax's linear algebra (`same`), and of
    Parallax on an engine. `of_bare` and `of_same` are the medians of Parallax's share of the run
    beside it."""

    engine: str
    processes: int
    texts: int
    words: int
    bare: float
    same: float
    parallax: float
    of_bare: float
    of_same: float


def texts(limit: int) -> list[str]:
    """Up to `limit` news texts: of the evaluation data where it is there, else of the sample,
    repeated with a number each so that no two are one article."""
    if EVALUATION.exists():
        lines = EVALUATION.read_text(encoding="utf-8").splitlines()[:limit]
        return [json.loads(line)["text"] for line in lines]
    files = sorted(SAMPLE.glob("*.txt"))
    return [
        f"{files[n % len(files)].read_text(encoding='utf-8')}\n\nReport number {n}."
        for n in range(limit)
    ]


def measure(corpus: Sequence[str], processes: int, rounds: int = ROUNDS) -> list[IngestRatio]:
    """The ratios on SQLite and on PostgreSQL, of `rounds` runs of each in turns, so that whatever
    else the machine does hits all."""
    cores = sorted(os.sched_getaffinity(0))[:processes]
    if len(cores) < processes:
        raise SystemExit(f"{processes} processes need as many cores; there are {len(cores)}")
    bare: list[float] = []
    same: list[float] = []
    ours: dict[str, list[float]] = {"SQLite": [], "PostgreSQL": []}
    with tempfile.TemporaryDirectory() as folder, postgresql.server() as server:
        path = Path(folder) / "texts.ndjson"
        rows = (
            json.dumps({"text": text, "source": "bench", "external_id": number, "language": "en"})
            for number, text in enumerate(corpus)
        )
        path.write_text("\n".join(rows), encoding="utf-8")
        for number in range(rounds):
            bare.append(_bare(path, processes, cores))
            same.append(_bare(path, processes, cores, "same"))
            urls = (
                f"sqlite:///{folder}/bench-{number}.db",
                postgresql.database(server, f"bench_{number}"),
            )
            for runs, url in zip(ours.values(), urls, strict=True):
                runs.append(_parallax(path, processes, cores, url))
    words = sum(map(count_words, corpus))
    return [
        IngestRatio(
            engine,
            processes,
            len(corpus),
            words,
            *(round(words / median(runs)) for runs in (bare, same, found)),
            *(round(_ratio(yardstick, found), 3) for yardstick in (bare, same)),
        )
        for engine, found in ours.items()
    ]


def _ratio(yardstick: Sequence[float], ours: Sequence[float]) -> float:
    return median(least / found for least, found in zip(yardstick, ours, strict=True))


def _bare(path: Path, processes: int, cores: Sequence[int], *how: str) -> float:
    command = [sys.executable, "-m", "benchmarks.bare", str(path), str(processes), *how]
    # As many threads as processes, on as many cores: what Parallax's workers have.
    return float(_run(command, cores, {"OPENBLAS_NUM_THREADS": "1"})["seconds"])


def _parallax(path: Path, processes: int, cores: Sequence[int], url: str) -> float:
    command = [str(Path(sys.executable).with_name("parallax")), "ingest", str(path), "--json"]
    environment = {
        "PARALLAX_DATABASE_URL": url,
        "PARALLAX_WORKERS": str(processes),
    }
    answer = _run(command, cores, environment)
    assert not answer["failures"], answer["failures"][:3]
    return float(answer["seconds"])


def _run(command: list[str], cores: Sequence[int], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        command,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
