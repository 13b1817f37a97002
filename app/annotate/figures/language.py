"""What the words around a number mean in a language, and the pattern of a number there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.languages import load


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language, in lower case, and the pattern of a quantity: groups `quantifier`,
    `between`, `sign`, `one`, `scale`, `two`, `scale2`, `vague`, `measure`, `rate`.

    `characters` are those that read as another (a no-break space as a space), `thousands` the marks
    within a number that say nothing, `numerals` the language that text2num reads it in. `linking`
    words stand between a number that is a noun and what it counts ('trois millions d'euros').
    `aged` words before a number make it an age, those before a linking word as well where the
    unit is one of `ages`. `hours` behind a word of `at` are a time of day.
    """

    pattern: re.Pattern[str]
    rate: re.Pattern[str]
    characters: Mapping[int, str]
    numerals: str
    thousands: tuple[str, ...]
    decimal: str
    quantifiers: Mapping[str, str]
    leading: Mapping[str, str]
    scales: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    currencies: Mapping[str, str]
    percent: Mapping[str, str]
    units: Mapping[str, str]
    durations: Mapping[str, str]
    rates: Mapping[str, str]
    linking: frozenset[str]
    old: frozenset[str]
    aged: frozenset[str]
    ages: frozenset[str]
    alone: frozenset[str]
    ordinals: Mapping[str, int]
    clock: tuple[str, ...]
    at: frozenset[str]
    hours: frozenset[str]


@cache
def words(language: str) -> Words | None:
    """The words in `data/languages/LANGUAGE/figures.json`; None for a language without them."""
    data = load(language, "figures")
    if not data:
        return None
    return Words(
        pattern=re.compile(_quantity(data)),
        rate=re.compile(rf",? (?:{_any(data['rates'])})(?!\w)"),
        characters=str.maketrans(data["characters"]),
        numerals=data["numerals"],
        thousands=tuple(data["thousands"]),
        decimal=data["decimal"],
        quantifiers=data["quantifiers"],
        leading=data["leading"],
        scales=data["scales"],
        vague={word: (low, high) for word, (low, high) in data["vague"].items()},
        currencies=data["currencies"],
        percent=data["percent"],
        units=data["units"],
        durations=data["durations"],
        rates=data["rates"],
        linking=frozenset(data["linking"]),
        old=frozenset(data["old"]),
        aged=frozenset(data["aged"]),
        ages=frozenset(data["ages"]),
        alone=frozenset(data["alone"]),
        ordinals={word: place for place, word in enumerate(data["ordinals"], 1)},
        clock=tuple(data["clock"]),
        at=frozenset(data["at"]),
        hours=frozenset(data["hours"]),
    )


def _quantity(data: Mapping[str, Any]) -> str:
    """The pattern of a quantity."""
    one = rf"(?:{_digits(data)}|{_spelled(data)})"
    scale = _any(data["scales"])
    signs = _any(sign for sign in data["currencies"] if not sign[-1].isalpha())
    measures = {
        *data["currencies"], *data["percent"], *data["units"], *data["durations"]
    }  # fmt: skip
    linked = rf"(?:{_any(data['linking'])})(?:(?<=')| )" if data["linking"] else ""
    return (
        # A word that ends in an apostrophe has no space behind it.
        rf"(?<![\w.,/:$£€-])(?:(?P<quantifier>{_any(data['quantifiers'])})(?:(?<=')| ))?"
        rf"(?:(?P<between>{_any(data['between'])}) )?"
        rf"(?:(?P<vague>{_any(data['vague'])})(?: (?:{_any(data['of'])}))?"
        rf"|(?P<sign>{signs})?(?P<one>{one})(?:[ -]?(?P<scale>{scale})\b)?"
        rf"(?: ?(?P<joint>{_any(data['ranges'])}) ?(?:{signs})?"
        rf"(?P<two>{one})(?:[ -]?(?P<scale2>{scale})\b)?)?)"
        rf"(?:[ -]?(?:{linked})?(?P<measure>{_any(measures)})(?!\w))?(?![\w:]|[.,]\d)"
    )


def _digits(data: Mapping[str, Any]) -> str:
    """The pattern of a number in digits."""
    mark, decimal = _any(data["thousands"]), re.escape(data["decimal"])
    return rf"\d{{1,3}}(?:(?:{mark})\d{{3}})+(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?"


def _spelled(data: Mapping[str, Any]) -> str:
    """The pattern of a number in words."""
    number = _any(data["numbers"])
    following = [rf"[ -](?:{number})"]
    if data["joining"]:
        following.append(rf" (?:{_any(data['joining'])}) (?:{number})")
    if data["tails"]:
        following.append(rf"[ -](?:{_any(data['tails'])})\b")
    opening = [_any(data["leading"])] if data["leading"] else []
    return rf"(?:{'|'.join([*opening, number])})\b(?:{'|'.join(following)})*"


def _any(of: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(of, key=lambda each: (-len(each), each)))
