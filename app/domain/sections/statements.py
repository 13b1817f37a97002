"""Sentences that report the same thing on several sides, and what one side alone reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.comparison import Spot

type StatementKind = Literal["same", "differs"]
type Difference = Literal["number", "negation", "attribution", "state", "date", "other"]

# In what two sentences differ, as a sentence says it.
DIFFERS_IN: Mapping[Difference, str] = {
    "number": "the number",
    "negation": "what is denied",
    "attribution": "who says so",
    "state": "how far things have come",
    "date": "the time",
    "other": "the wording",
}


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing in which the sides disagree about a fact: what kind of thing it is, and the words
    that differ on each side."""

    what: Difference
    sides: Mapping[str, tuple[Spot, ...]]


@dataclass(frozen=True, slots=True)
class SharedStatement:
    """A fact that several sides report, in one sentence or more of each that does.

    `kind` is "differs" where they tell it differently: `differs` then says in what, the weightiest
    first. `confidence` (0..1) is the probability that the two sentences least sure to report the
    same thing do so, and `features` what spoke for it, by name. `lead` says of each side whether
    the fact stands in its headline or lead. `origins`: of how many texts the sentences are, copies
    of one counted once.
    """

    kind: StatementKind
    differs: tuple[Differing, ...]
    confidence: float
    features: Mapping[str, float]
    lead: Mapping[str, bool]
    origins: int
    sides: Mapping[str, tuple[Spot, ...]]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The sentence of another side that comes nearest, and how near (0..1)."""

    likeness: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class OwnStatement:
    """A sentence that one side alone has. `importance` in 0..1; `confidence` (0..1) is the
    probability that no sentence of the others reports it; `nearest` has for each other side what
    comes nearest there, None where nothing shares a word with it."""

    importance: float
    confidence: float
    spot: Spot
    nearest: Mapping[str, Nearest | None]


@dataclass(frozen=True, slots=True)
class StatementSection:
    """`shared`: facts that several sides report, those in the lead of every side first; `only`: by
    side what it alone reports, the most important first. `unclear` counts the sentences of which
    neither can be said; `unclear_items` lists them by side, None where that was not asked for.
    `more` items in all were cut off; `note` says how far the section reaches."""

    shared: tuple[SharedStatement, ...]
    only: Mapping[str, tuple[OwnStatement, ...]]
    unclear: int
    unclear_items: Mapping[str, tuple[OwnStatement, ...]] | None
    more: int
    note: str | None
