"""Passages that articles of several sides share, and texts that have one origin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.comparison import Spot

type Derived = Literal["wholly", "partly", "not"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that both articles have in a row."""

    words: int
    sides: Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class ReusePair:
    """Two articles of two sides: the share (0..1) of the shorter one's word n-grams that the other
    has too, and the passages that they share, the longest first."""

    sides: tuple[str, str]
    articles: tuple[int, int]
    containment: float
    verdict: Derived
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that carry one text: as witnesses of what it says they count once."""

    articles: tuple[int, ...]
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReuseSection:
    """Pairs, the most alike first, `more` cut off, and the texts that several articles carry;
    `note` says where the evidence does not suffice, or how far it reaches."""

    pairs: tuple[ReusePair, ...]
    origins: tuple[Origin, ...]
    more: int
    note: str | None
