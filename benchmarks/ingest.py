"""`parallax ingest` against a bare `nlp.pipe`: words a second, as a ratio of one run.

Both read the same texts with the same model and components, on the same cores (one core for one
process, two for two), start-up left out on both sides: the model is loaded before the clock
starts. What Parallax does beside the model (cleaning, identity, resolution, storing, indexing) is
what the ratio shows.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.text import count_words

EVALUATION = Path(__file__).parents[1] / ".." / "shared" / "eval" / "stories.jsonl"
SAMPLE = Path(__file__).parents[1] / "app" / "data" / "sample"


@dataclass(frozen=True, slots=True)
class IngestRatio:
    """Words a second with so many processes on as many cores: of the model as spaCy loads it
    (`bare`), of the model as Parallax does, with faster linear algebra (`same`), and of Parallax;
    and its ratio to the first."""

    processes: int
    texts: int
    words: int
    bare: float
    same: float
    parallax: float
    ratio: float


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


def measure(corpus: Sequence[str], processes: int, rounds: int = 2) -> IngestRatio:
    """The ratio of the best of `rounds` runs of each, taken in turns so that whatever else the
    machine does hits both."""
    cores = sorted(os.sched_getaffinity(0))[:processes]
    if len(cores) < processes:
        raise SystemExit(f"{processes} processes need as many cores; there are {len(cores)}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.ndjson"
        rows = (
            json.dumps({"text": text, "source": "bench", "external_id": number, "language": "en"})
            for number, text in enumerate(corpus)
        )
        path.write_text("\n".join(rows), encoding="utf-8")
        bare: list[float] = []
        same: list[float] = []
        ours: list[float] = []
        for number in range(rounds):
            bare.append(_bare(path, processes, cores))
            same.append(_bare(path, processes, cores, "same"))
            ours.append(_parallax(path, processes, cores, Path(folder) / f"bench-{number}.db"))
    words = sum(map(count_words, corpus))
    return IngestRatio(
        processes,
        len(corpus),
        words,
        round(words / min(bare)),
        round(words / min(same)),
        round(words / min(ours)),
        round(min(bare) / min(ours), 3),
    )


def _bare(path: Path, processes: int, cores: Sequence[int], *how: str) -> float:
    command = [sys.executable, "-m", "benchmarks.bare", str(path), str(processes), *how]
    # As many threads as processes, on as many cores: what Parallax's workers have.
    return float(_run(command, cores, {"OPENBLAS_NUM_THREADS": "1"})["seconds"])


def _parallax(path: Path, processes: int, cores: Sequence[int], database: Path) -> float:
    command = [str(Path(sys.executable).with_name("parallax")), "ingest", str(path), "--json"]
    environment = {
        "PARALLAX_DATABASE_URL": f"sqlite:///{database}",
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
