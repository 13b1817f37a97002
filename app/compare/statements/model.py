"""How probable it is that two sentences report the same thing: a logistic regression.

Its weights are data (`data/compare/alignment.json`), fitted by `evaluation/fit_alignment.py` on
pairs of real articles that people read. There are three sets of them: for sentences of one language
with and without vectors, and for sentences of two languages, whose words say nothing.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import numpy as np
import orjson

from app.compare.statements.features import FEATURES, Floats

type Setting = Literal["words and vectors", "words", "vectors"]

# A pair reports one fact from this probability on, or from the lower one where each sentence is
# the most probable partner of the other. Both by cross-validation: see `evaluation.alignment`.
SURE, EVEN = 0.75, 0.5


class Weights(NamedTuple):
    """What the log-odds are made of: what all pairs have, and the weight of each feature."""

    base: float
    of: Floats


@cache
def weights(setting: Setting) -> Weights:
    """The fitted weights, 0 for a feature that the setting does without."""
    data = fitted()["weights"][setting]
    return Weights(data["base"], np.array([data.get(name, 0.0) for name in FEATURES]))


@cache
def fitted() -> Mapping[str, Any]:
    """The data file: the weights of each setting and the hash of the gold they were fitted on."""
    path = files("app") / "data" / "compare" / "alignment.json"
    data: dict[str, Any] = orjson.loads(path.read_bytes())
    return data


def probabilities(values: Floats, setting: Setting) -> Floats:
    """The probability (0..1) of each row of a table of features."""
    base, of = weights(setting)
    # Not by a matrix product, which may add up equal rows in different orders.
    found: Floats = 1 / (1 + np.exp(-((values * of).sum(axis=1) + base)))
    return found


class Model(NamedTuple):
    """What decides; as it is, what is shipped. An evaluation brings weights that have not seen what
    they are measured on: `probable` says how probable each row of a table of features is to be of
    one thing, `alone` has the weights of what speaks for standing alone (None: the fitted ones)."""

    probable: Callable[[Floats, Setting], Floats] = probabilities
    alone: Mapping[str, float] | None = None
    sure: float = SURE
    even: float = EVEN


MODEL = Model()


def contributions(row: Floats, setting: Setting) -> dict[str, float]:
    """What each feature adds to the log-odds of a pair, with what all pairs have ("base"): their
    sum is the logarithm of p / (1 - p)."""
    base, of = weights(setting)
    added = {
        name: round(float(value), 6)
        for name, value, weight in zip(FEATURES, row * of, of, strict=True)
        if weight
    }
    return {"base": round(base, 6), **added}
