"""Floors that quality may not fall below, with the data that they were measured on."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

PATH = Path(__file__).parent / "floors.json"


def breaches(
    figures: Mapping[str, float],
    corpora: Mapping[str, str],
    *,
    rising: Mapping[str, bool],
    path: Path = PATH,
) -> Iterator[str]:
    """A sentence for each figure that is worse than its floor by more than the noise band, and for
    each corpus that is not the one the floors were measured on. `rising` says which figures are
    better the higher they are."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    for name, sha256 in kept["corpora"].items():
        if corpora.get(name) != sha256:
            yield f"{name} is not the corpus that the floors were measured on"
    band = kept["noise"]
    for name, floor in kept["floors"].items():
        value = figures[name]
        worse = floor - value if rising[name] else value - floor
        if worse > band:
            yield f"{name} is {value:.4f}, its floor {floor:.4f} (noise band {band})"


def write(figures: Mapping[str, float], corpora: Mapping[str, str], *, path: Path = PATH) -> None:
    """Make these figures the floors. Lowering one is a decision that a commit explains."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["corpora"] = dict(corpora)
    kept["floors"] = {name: round(value, 4) for name, value in figures.items()}
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
