"""Words that tell the sides of a comparison apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.comparison import Spot


@dataclass(frozen=True, slots=True)
class TermItem:
    """A word that tells a side apart: `z` of the log-odds ratio, the side it leans `towards`."""

    term: str
    z: float
    towards: str
    counts: Mapping[str, int]
    evidence: Mapping[str, tuple[Spot, ...]]


@dataclass(frozen=True, slots=True)
class TermSection:
    """Terms, the strongest first, `more` cut off; `note` says where the evidence does not suffice,
    or how far it reaches."""

    items: tuple[TermItem, ...]
    more: int
    note: str | None
