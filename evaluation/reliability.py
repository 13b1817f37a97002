"""Whether a probability means what it says: of pairs that are 70 % probable, seven in ten right."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.compare.statements.features import Floats

# Pairs less probable than that are the great mass, and right to say nothing of.
LEAST = 0.05
BINS = 10
_WIDTH = 40


class Bin(NamedTuple):
    """Pairs of much the same probability: their mean one, the share of them that is right, and how
    many there are."""

    probability: float
    right: float
    pairs: int


def bins(chances: Floats, right: NDArray[np.bool_]) -> list[Bin]:
    """The pairs above `LEAST` in ten bins of equal width (0 to 0.1, and so on); no empty ones."""
    numbers = np.minimum(BINS - 1, np.floor(chances * BINS))
    found = []
    for number in range(BINS):
        within = (numbers == number) & (chances > LEAST)
        if within.any():
            mean, share = float(chances[within].mean()), float(right[within].mean())
            found.append(Bin(mean, share, int(within.sum())))
    return found


def calibration_error(found: list[Bin]) -> float:
    """The expected calibration error (Naeini et al. 2015): how far probability and share are apart
    on average, each bin weighed by its pairs."""
    total = sum(each.pairs for each in found)
    return sum(each.pairs * abs(each.probability - each.right) for each in found) / max(1, total)


def plot(found: list[Bin]) -> Iterator[str]:
    """A line for each bin: `=` up to the share that is right, `|` where the probability stands."""
    for each in found:
        bar = list("=" * round(each.right * _WIDTH) + " " * _WIDTH)[: _WIDTH + 1]
        bar[round(each.probability * _WIDTH)] = "|"
        yield f"{each.probability:.2f} {each.right:.2f} {each.pairs:5d} {''.join(bar).rstrip()}"
