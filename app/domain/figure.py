"""Quantities in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as a text gives it, `text` at `[start, end)`: its number with what belongs to it.

    `upper` ends a range; `quantifier` is what blurs the number ('at least'); `unit` its unit or
    currency, `per` the time or thing of a rate; `noun` the lemma of what is counted; `attribution`
    who is given for it, as it stands.
    """

    start: int
    end: int
    text: str
    kind: str
    value: float
    upper: float | None = None
    quantifier: str | None = None
    unit: str | None = None
    per: str | None = None
    noun: str | None = None
    attribution: str | None = None
