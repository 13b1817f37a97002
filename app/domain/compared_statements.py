"""Sentences that report the same thing on several sides, and what one side alone reports."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.comparison import Spot


@dataclass(frozen=True, slots=True)
class Parts:
    """What a similarity is made of, each in 0..1; None where a sentence has none."""

    words: float
    verbs: float | None
    entities: float | None
    numbers: float | None


@dataclass(frozen=True, slots=True)
class AlignedStatement:
    """Sentences that report the same thing, one of each side that does. `similarity` (0..1) and
    its `parts` are those of the two least alike, a low one being that of sentences which stand out
    as a pair; `origins`: of how many texts they are, copies of
    one counted once."""

    similarity: float
    parts: Parts
    origins: int
    sides: Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class OwnStatement:
    """A sentence that one side alone has; `importance` in 0..1, `count` how often it stands there
    word for word."""

    importance: float
    count: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class StatementSection:
    """All sentences of all sides are in the one or the other (the same words on one side once):
    `aligned`, the most alike first, or `only`, the most important first."""

    aligned: tuple[AlignedStatement, ...]
    only: Mapping[str, tuple[OwnStatement, ...]]
