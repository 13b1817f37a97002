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
# By what share a conversion may be rounded at most, and how exact a number of digits is.
_ROUNDED, _EXACT = 0.05, 1e-9
_OPEN = frozenset({"at least", "more than", "at most", "less than"})


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


def _is_rounded(one: Figure, first: Interval, other: Figure, second: Interval) -> bool:
    """Whether two plain amounts in different units are the same but for rounding: each told to
    half of its last digit, or to 5 % at most."""
    if one.upper is not None or other.upper is not None:
        return False
    if one.quantifier in _OPEN or other.quantifier in _OPEN:
        return False
    room = _rounding(one) * abs(first.high) + _rounding(other) * abs(second.high)
    return max(first.low, second.low) - min(first.high, second.high) <= room


def _rounding(figure: Figure) -> float:
    """By what share of its value a figure may have been rounded."""
    if not figure.value:
        return 0.0
    whole = round(abs(figure.value), 6)
    step = 0.001
    while step < whole and abs(whole / (step * 10) - round(whole / (step * 10))) < _EXACT:
        step *= 10
    return min(step / 2 / whole, _ROUNDED)


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
        # 'at least 40' may be 40, 'more than 40' may not.
        if one.quantifier != other.quantifier and inf in (first.high, -first.low):
            return Judged("compatible", f"'{one.text}' leaves room for '{other.text}'")
        return Judged("agree", "the same number")
    if one.unit != other.unit and _is_rounded(one, first, other, second):
        return Judged("agree", f"'{one.text}' and '{other.text}' are one amount, rounded")
    if first.low <= second.high and second.low <= first.high:
        return Judged("compatible", f"'{one.text}' leaves room for '{other.text}'")
    return Judged("conflict", f"'{one.text}' and '{other.text}' cannot both be right")
