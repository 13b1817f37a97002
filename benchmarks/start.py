"""How long a start takes, as ratios of one run: `parallax --version` against a bare `python -c 0`,
and `parallax serve`, on a new collection, to its first 200 of /readyz against a fresh process that
loads the model and nothing else.

All are taken in turns, round by round, so that whatever else the machine does hits them alike; the
figures are the medians of the rounds.
"""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.annotate import models
from app.settings import Settings
from benchmarks.service import COMMAND, service


@dataclass(frozen=True, slots=True)
class StartRatio:
    """Seconds of `--version` or `serve` as one command does it, of the yardstick, and their
    ratio."""

    what: str
    command: str
    seconds: float
    yardstick: float
    ratio: float


def measure(rounds: int, beside: Path | None = None) -> list[StartRatio]:
    """The ratios of this version and, where its command is given, of another one `beside` it."""
    commands = {"this": COMMAND, **({"beside": beside.absolute()} if beside else {})}
    language = Settings().default_language
    pipeline = str(models.folder(language, Settings().models[language]))
    bare: list[float] = []
    model: list[float] = []
    versions: dict[str, list[float]] = {name: [] for name in commands}
    serves: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        bare.append(_run(sys.executable, "-c", "0"))
        for name, command in commands.items():
            versions[name].append(_run(str(command), "--version"))
        model.append(_run(sys.executable, "-c", f"import spacy; spacy.load({pipeline!r})"))
        for name, command in commands.items():
            serves[name].append(_serve(command))
    return [
        *(_ratio("version", name, versions[name], bare) for name in commands),
        *(_ratio("serve", name, serves[name], model) for name in commands),
    ]


def _ratio(what: str, name: str, taken: list[float], yardstick: list[float]) -> StartRatio:
    ratio = median(one / other for one, other in zip(taken, yardstick, strict=True))
    return StartRatio(
        what, name, round(median(taken), 3), round(median(yardstick), 3), round(ratio, 2)
    )


def _run(*command: str) -> float:
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def _serve(command: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        with service(f"sqlite:///{folder}/start.db", command):
            return time.perf_counter() - begin
