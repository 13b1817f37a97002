"""The public data to measure with, and the scripts that score it: they lie beside the project."""

import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).parents[2] / "shared"
EVAL = SHARED / "eval"

# Our types as the gold has them; all others are OTHER.
LABELS = {
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "PERSON": "PERSON",
    "ORG": "ORG",
    "NORP": "NORP",
}


@dataclass(frozen=True, slots=True)
class Corpus:
    """One file of gold rows; `sha256` tells whether figures can be compared."""

    path: Path
    sha256: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def read(cls, name: str) -> "Corpus":
        """The corpus in a file of `../shared/eval`."""
        return cls.at(EVAL / name)

    @classmethod
    def at(cls, path: Path) -> "Corpus":
        """The corpus in a file, its rows in the order of their ids."""
        rows = sorted(rows_of(path), key=lambda row: row["id"])
        return cls(
            path,
            hashlib.sha256(path.read_bytes()).hexdigest(),
            tuple(row["id"] for row in rows),
            tuple(row["text"] for row in rows),
        )


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def scorer(script: str) -> ModuleType:
    """A scoring script as a module, for figures that its last line does not have."""
    spec = importlib.util.spec_from_file_location(Path(script).stem, EVAL / script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(
    script: str, corpus: Corpus, rows: Iterable[Mapping[str, object]], *options: str
) -> dict[str, Any]:
    """The figures that a scoring script prints in its last line."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pred:
        for row in rows:
            pred.write(json.dumps(row) + "\n")
        pred.flush()
        done = subprocess.run(
            [
                *(sys.executable, str(EVAL / script)),
                *("--gold", str(corpus.path), "--pred", pred.name),
                *options,
            ],
            check=True,
            capture_output=True,
            text=True,
        )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures
