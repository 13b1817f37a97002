"""Figures of several sides about the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.figure import FigureKind

type Verdict = Literal["conflict", "compatible", "agree", "single"]


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure at its place in one revision of an article."""

    article: int
    revision: int
    start: int
    end: int
    text: str
    kind: FigureKind
    value: float
    upper: float | None
    quantifier: str | None
    unit: str | None
    per: str | None
    noun: str | None
    attribution: str | None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures about the same thing, on each side that has any; `counts` are all places of them.
    `reason` says why they agree, are compatible, conflict, or stand alone; `origins` of how many
    texts they are, copies of one counted once."""

    verdict: Verdict
    kind: FigureKind
    unit: str | None
    noun: str | None
    reason: str
    origins: int
    counts: Mapping[str, int]
    sides: Mapping[str, tuple[ComparedFigure, ...]]


@dataclass(frozen=True, slots=True)
class FigureSection:
    """Groups: conflicts first, then what is compatible, agrees, stands alone; `more` cut off;
    `note` says where the evidence does not suffice, or how far it reaches."""

    items: tuple[FigureGroup, ...]
    more: int
    note: str | None
