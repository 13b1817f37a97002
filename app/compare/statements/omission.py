"""What one side alone reports: claimed only where nothing near stands on the other sides."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log, log1p
from typing import NamedTuple

from app.compare.statements.alignment import Alignment
from app.compare.statements.model import fitted
from app.compare.statements.sentences import Statement
from app.domain.names import fold
from app.languages import load

# From this probability on that no sentence of another side reports it, a sentence is one side's.
ALONE = 0.5
# From this probability of a partner on a sentence is not one side's, whatever else speaks for it.
_NEAR = 0.4
# Words below which a sentence is a fragment.
_FRAGMENT = 4
# A sentence of so many content words or more says as much as one can.
_FULL = 40
_LEAST = 1e-3

# What speaks for it that a sentence stands alone; the weights of a logistic regression, data like
# those of the alignment.
FEATURES: Mapping[str, str] = {
    "nearest": "log-odds of the most probable partner",
    "all": "logarithm of the number of partners to be expected",
    "covered": "share of its words that stand anywhere on the other side",
    "new names": "how many of its names (three at most) do not stand on the other side",
    "length": "logarithm of the number of its words",
}


class Words(NamedTuple):
    """What stands anywhere on a side."""

    stems: frozenset[str]
    names: frozenset[int]


def words_of(statements: Sequence[Statement], sides: int) -> list[Words]:
    """The words and names of each side."""
    return [
        Words(
            frozenset(stem for each in statements if each.side == side for stem in each.stems),
            frozenset(name for each in statements if each.side == side for name in each.names),
        )
        for side in range(sides)
    ]


def features(alignment: Alignment, place: int, other: int, words: Words) -> dict[str, float]:
    """What speaks for it that no sentence of another side reports what this one does."""
    statement = alignment.statements[place]
    near = alignment.nearest[place].get(other)
    chance = near.probability if near else 0.0
    stems = frozenset(statement.stems)
    return {
        "nearest": log((chance + _LEAST) / (1 - chance + _LEAST)),
        "all": log(alignment.expected[place].get(other, 0.0) + 10 * _LEAST),
        "covered": len(stems & words.stems) / len(stems) if stems else 1.0,
        "new names": float(min(3, len(statement.names - words.names))),
        "length": log1p(len(stems)),
    }


def alone(
    alignment: Alignment,
    place: int,
    words: Sequence[Words],
    weights: Mapping[str, float] | None = None,
) -> float:
    """The probability (0..1) that no sentence of any other side reports what this one does: the
    least of those for each side. `weights` are those of the data file if not given."""
    weights = weights or fitted()["alone"]
    own = alignment.statements[place].side
    return min(
        (
            _chance(weights, features(alignment, place, other, words[other]))
            for other in range(len(words))
            if other != own
        ),
        default=0.0,
    )


def near(alignment: Alignment, place: int) -> bool:
    """Whether a sentence of another side comes near to reporting the same."""
    return any(each.probability >= _NEAR for each in alignment.nearest[place].values())


def tells(statement: Statement) -> bool:
    """Whether it may stand alone at all: a whole sentence of the body. Headlines, captions,
    datelines, teasers, notices of copyright and fragments tell nothing that others leave out."""
    return (
        not statement.headline
        and statement.closed
        and len(statement.text.split()) >= _FRAGMENT
        and bool(statement.stems)
        and not _furniture(statement.article.language).search(fold(statement.text))
    )


@cache
def _furniture(language: str | None) -> re.Pattern[str]:
    """What a sentence about the page itself has at its start, or (after "...") anywhere."""
    phrases = load(language, "compared").get("furniture", ())
    parts = [
        (r"\b" if each.startswith("...") else r"^[^\w©]*") + re.escape(each.removeprefix("..."))
        for each in phrases
    ]
    return re.compile(rf"(?:{'|'.join(parts)})(?![^\W\d])" if parts else r"(?!)")


def importance(statement: Statement, alone: float) -> float:
    """How much it matters that one side alone has a sentence (0..1): the surer that is and the
    more it says, the more."""
    said = min(1.0, log1p(len(set(statement.stems))) / log1p(_FULL))
    return round(alone * said, 6)


def _chance(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    odds = weights["base"] + sum(weights[name] * value for name, value in values.items())
    return 1 / (1 + exp(-odds))
