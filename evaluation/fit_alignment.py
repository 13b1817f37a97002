"""`python -m evaluation.fit_alignment`: fits the weights of the alignment and writes them.

The weights are a logistic regression for each setting (`app.compare.statements.model`), and one of
what speaks for a sentence standing alone, fitted on the partners that cross-validation by story
gives. `app/data/compare/alignment.json` has them with the hash of the gold; no text of it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.compare.statements import omission
from app.compare.statements.alignment import Alignment, align
from app.compare.statements.features import FEATURES, VECTOR_FEATURES, WORD_FEATURES, Floats
from app.compare.statements.model import Model, Setting
from app.services.pipeline import Analyser
from evaluation.aligned import ReadPair, fitted, gold_hash, read_pairs
from evaluation.annotated import MODELS

PATH = Path(__file__).parents[1] / "app" / "data" / "compare" / "alignment.json"
USED: Mapping[Setting, Sequence[str]] = {
    "words and vectors": list(FEATURES),
    "words": [name for name in FEATURES if name not in VECTOR_FEATURES],
    "vectors": [name for name in FEATURES if name not in WORD_FEATURES],
}


class Fit(NamedTuple):
    """The base and the weights by feature of one regression."""

    base: float
    of: Mapping[str, float]

    def probable(self, values: Floats, setting: Setting) -> Floats:
        """The probability of each row of a table; what a `Model` asks for."""
        weights = np.array([self.of.get(name, 0.0) for name in FEATURES])
        found: Floats = 1 / (1 + np.exp(-(values @ weights + self.base)))
        return found


def fit(pairs: Sequence[ReadPair], names: Sequence[str], *, words: bool = True) -> Fit:
    """The weights of these features on these pairs of articles."""
    columns = [list(FEATURES).index(name) for name in names]
    values, right = zip(*(read(pair, words=words) for pair in pairs), strict=True)
    base, of = fitted(np.concatenate(values)[:, columns], np.concatenate(right))
    return Fit(base, dict(zip(names, map(float, of), strict=True)))


@cache
def read(pair: ReadPair, *, words: bool = True) -> tuple[Floats, NDArray[np.bool_]]:
    """The features of all weighed pairs of sentences, and whether the gold pairs them at all."""
    table = pair.table(words=words)
    return table.values, pair.grades(table) > 0


def folds(pairs: Sequence[ReadPair]) -> list[tuple[list[ReadPair], list[ReadPair]]]:
    """For each story its pairs, and all pairs of other stories."""
    return [
        ([p for p in pairs if p.story == story], [p for p in pairs if p.story != story])
        for story in sorted({pair.story for pair in pairs})
    ]


def cross_validated(
    pairs: Sequence[ReadPair], make: Callable[[Sequence[ReadPair]], Fit]
) -> dict[str, Alignment]:
    """The alignment of each pair of articles with the weights of all other stories."""
    return {
        pair.gold["pair"]: align(pair.statements, Model(made.probable))
        for own, others in folds(pairs)
        for made in [make(others)]
        for pair in own
    }


def candidates(pair: ReadPair, alignment: Alignment) -> list[tuple[int, dict[str, float]]]:
    """The sentences that may stand alone, with what speaks for it."""
    words = omission.words_of(pair.statements, 2)
    paired = {place for two in (*alignment.same, *alignment.differing) for place in two}
    return [
        (place, omission.features(alignment, place, 1 - each.side, words[1 - each.side]))
        for place, each in enumerate(pair.statements)
        if place not in paired and omission.tells(each)
    ]


def fit_alone(pairs: Sequence[ReadPair], alignments: Mapping[str, Alignment]) -> Fit:
    """The weights of what speaks for a sentence standing alone."""
    rows, right = [], []
    for pair in pairs:
        for place, found in candidates(pair, alignments[pair.gold["pair"]]):
            rows.append([found[name] for name in omission.FEATURES])
            right.append(not pair.partnered(place))
    base, of = fitted(np.array(rows), np.array(right), 0.3)
    return Fit(base, dict(zip(omission.FEATURES, map(float, of), strict=True)))


def held_out(
    pairs: Sequence[ReadPair], make: Callable[[Sequence[ReadPair]], Fit]
) -> dict[str, Model]:
    """For each pair of articles what decides, fitted on all other stories: also the weights of
    what stands alone, on partners that no weights have seen."""
    found: dict[str, Model] = {}
    for own, others in folds(pairs):
        alone = fit_alone(others, cross_validated(others, make))
        model = Model(make(others).probable, {"base": alone.base, **alone.of})
        found.update((pair.gold["pair"], model) for pair in own)
    return found


def main() -> int:
    """The exit code; writes the data file."""
    analyser = Analyser(MODELS, "en")
    pairs, plain = read_pairs(analyser), read_pairs(analyser, vectors=False)
    sets = {
        "words and vectors": fit(pairs, USED["words and vectors"]),
        "words": fit(plain, USED["words"]),
        "vectors": fit(pairs, USED["vectors"], words=False),
    }
    held_out = cross_validated(pairs, lambda others: fit(others, USED["words and vectors"]))
    data = {
        "gold": gold_hash(),
        "weights": {name: _rounded(each) for name, each in sets.items()},
        "alone": _rounded(fit_alone(pairs, held_out)),
    }
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(PATH.read_text(encoding="utf-8"))
    return 0


def _rounded(each: Fit) -> dict[str, float]:
    return {"base": round(each.base, 6), **{k: round(v, 6) for k, v in each.of.items()}}


if __name__ == "__main__":
    raise SystemExit(main())
