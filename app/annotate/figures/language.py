"""What the words around a number mean in a language, and the pattern of a number there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language, in lower case, and the pattern of a quantity: groups `quantifier`,
    `between`, `sign`, `one`, `scale`, `two`, `scale2`, `vague`, `measure`, `rate`."""

    pattern: re.Pattern[str]
    rate: re.Pattern[str]
    quantifiers: Mapping[str, str]
    leading: Mapping[str, str]
    scales: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    currencies: Mapping[str, str]
    percent: Mapping[str, str]
    units: Mapping[str, str]
    durations: Mapping[str, str]
    rates: Mapping[str, str]
    old: frozenset[str]
    aged: frozenset[str]
    alone: frozenset[str]
    ordinals: Mapping[str, int]
    clock: tuple[str, ...]
    at: frozenset[str]


@cache
def words(language: str) -> Words | None:
    """The words in `data/languages/LANGUAGE/figures.json`; None for a language without them."""
    path = files("app") / "data" / "languages" / language / "figures.json"
    if not path.is_file():
        return None
    data: dict[str, Any] = orjson.loads(path.read_bytes())
    number = _any(data["numbers"])
    joining = _any(data["joining"])
    more = rf"(?:(?:[ -]| {joining} )(?:{number}))*"
    one = rf"(?:{_DIGITS}|(?:{_any(data['leading'])}|{number})\b{more})"
    scale = _any(data["scales"])
    signs = _any(sign for sign in data["currencies"] if not sign[-1].isalpha())
    measures = {
        *data["currencies"], *data["percent"], *data["units"], *data["durations"]
    }  # fmt: skip
    pattern = (
        rf"(?<![\w.,/:$£€-])(?:(?P<quantifier>{_any(data['quantifiers'])}) )?"
        rf"(?:(?P<between>{_any(data['between'])}) )?"
        rf"(?:(?P<vague>{_any(data['vague'])})(?: (?:{_any(data['of'])}))?"
        rf"|(?P<sign>{signs})?(?P<one>{one})(?:[ -]?(?P<scale>{scale})\b)?"
        rf"(?: ?(?P<joint>{_any(data['ranges'])}) ?(?:{signs})?"
        rf"(?P<two>{one})(?:[ -]?(?P<scale2>{scale})\b)?)?)"
        rf"(?:[ -]?(?P<measure>{_any(measures)})(?!\w))?(?![\w:]|[.,]\d)"
    )
    return Words(
        pattern=re.compile(pattern),
        rate=re.compile(rf",? (?:{_any(data['rates'])})(?!\w)"),
        quantifiers=data["quantifiers"],
        leading=data["leading"],
        scales=data["scales"],
        vague={word: (low, high) for word, (low, high) in data["vague"].items()},
        currencies=data["currencies"],
        percent=data["percent"],
        units=data["units"],
        durations=data["durations"],
        rates=data["rates"],
        old=frozenset(data["old"]),
        aged=frozenset(data["aged"]),
        alone=frozenset(data["alone"]),
        ordinals={word: place for place, word in enumerate(data["ordinals"], 1)},
        clock=tuple(data["clock"]),
        at=frozenset(data["at"]),
    )


def _any(of: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(of, key=lambda each: (-len(each), each)))
