"""What two figures say of one another: intervals, units, and how alike their sentences are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import NamedTuple

from app.domain.figure import Figure
from app.domain.sections.figures import Verdict
from app.languages import load
from app.units import units

# How far off 'about 400' may be to either side, and 'nearly 400' below, as a share; set by hand.
_ABOUT, _NEARLY = 0.1, 0.1


class Interval(NamedTuple):
    """The values that a figure allows, both ends included, in the base unit."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns of a language: `same` maps each to the one that stands for all of its meaning, and
    `generic` ones say too little to match figures by ('person', 'thing')."""

    same: Mapping[str, str]
    generic: frozenset[str]


@cache
def nouns(language: str | None) -> Nouns:
    """From `data/languages/LANGUAGE/figures.json`; empty for a language without them."""
    data = load(language, "figures")
    same = {noun: group[0] for group in data.get("same", ()) for noun in group}
    return Nouns(same, frozenset(data.get("generic", ())))


def dimension(unit: str | None) -> str | None:
    """What a unit measures: two units of one dimension can be set against each other."""
    return unit if unit is None or unit not in units() else units()[unit][0]


def interval(figure: Figure) -> Interval:
    """What a figure says the number may be, in the base unit of its dimension."""
    _, factor = units().get(figure.unit or "", ("", 1.0))
    low = figure.value * factor
    high = low if figure.upper is None else figure.upper * factor
    match figure.quantifier:
        case "at least" | "more than":
            return Interval(low, inf)
        case "at most" | "less than":
            return Interval(-inf, high)
        case "about" if figure.upper is None:
            return Interval(low - _ABOUT * abs(low), high + _ABOUT * abs(high))
        case "nearly":
            return Interval(low - _NEARLY * abs(low), high)
        case _:
            return Interval(low, high)


class Judged(NamedTuple):
    """What two figures about the same thing are to each other, and why."""

    verdict: Verdict
    reason: str


def judge(one: Figure, other: Figure) -> Judged:
    """Whether two figures about the same thing agree, are compatible, or conflict."""
    if one.per != other.per:
        if one.per is None or other.per is None:
            return Judged("compatible", "a rate and a total cannot contradict each other")
        return Judged("compatible", f"rates by {one.per} and by {other.per} are not compared")
    first, second = interval(one), interval(other)
    if first == second:
        return Judged("agree", "the same number")
    if first.low <= second.high and second.low <= first.high:
        return Judged("compatible", f"'{one.text}' leaves room for '{other.text}'")
    return Judged("conflict", f"'{one.text}' and '{other.text}' cannot both be right")
