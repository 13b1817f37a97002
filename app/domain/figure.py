"""Quantities in a text."""

from dataclasses import dataclass
from typing import Literal

type FigureKind = Literal["count", "money", "percent", "measure", "duration", "age", "ordinal"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as a text gives it, `text` at `[start, end)`: its number with what belongs to it.

    `upper` ends a range; `quantifier` is what blurs the number: "at least", "more than", "less
    than", "at most", "about", "nearly", "exactly". `unit` is its unit or currency, `per` the time
    or thing of a rate, `noun` the lemma of what is counted, `attribution` who is given for it, as
    it stands. `verb` is the lemma of the verb that it belongs to, `lemmas` the content words of
    its sentence, `mentions` where the names in that sentence start: what figures are matched by.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    value: float
    upper: float | None = None
    quantifier: str | None = None
    unit: str | None = None
    per: str | None = None
    noun: str | None = None
    attribution: str | None = None
    verb: str | None = None
    lemmas: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
