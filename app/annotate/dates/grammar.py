"""The grammar of a language: patterns whose groups mean the same in every language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

_YEAR = r"1[6-9]\d\d|20\d\d"
# What a pattern is looked for by, the rarest first: a weekday beside a month may be left out.
_KEYS = ("season", "month", "unit", "ordinal", "weekday", "year")
_DAY = r"0?[1-9]|[12]\d|3[01]"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern with what it means: its `form`, and the fields that all its matches have. `needs`
    `key` is the kind of word that every match holds. `needs`
    "date" asks for other evidence that it is a time at all, "free" that no name holds it;
    `without` are units that it does not take."""

    form: str
    key: str
    regex: re.Pattern[str]
    needs: str | None
    direction: int | None
    number: int | None
    unit: str | None
    reason: str | None
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of a language and what its words mean, all in lower case."""

    patterns: tuple[Pattern, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, str]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    future: frozenset[str]
    inside: frozenset[str]
    keys: Mapping[str, re.Pattern[str]]


@cache
def grammar(language: str) -> Grammar | None:
    """The grammar in `data/languages/LANGUAGE/dates.json`; None for a language without one."""
    path = files("app") / "data" / "languages" / language / "dates.json"
    if not path.is_file():
        return None
    data: dict[str, Any] = orjson.loads(path.read_bytes())
    words = {
        "month": data["months"],
        "weekday": data["weekdays"],
        "season": data["seasons"],
        "unit": data["units"],
        "ordinal": data["ordinals"],
    }
    groups = {name: f"(?P<{name}>{_any(of)})" for name, of in words.items()}
    groups |= {
        "monthwords": _any(data["months"]),
        "number": rf"(?P<number>\d{{1,3}}|{_any(data['numbers'])})",
        "year": rf"(?P<year>{_YEAR})",
        "day": rf"(?P<day>{_DAY})(?:{'|'.join(data['day_endings'])})?",
        "decade": r"(?P<decade>1[6-9]\d0|20\d0)",
    }
    return Grammar(
        patterns=tuple(_pattern(each, groups) for each in data["patterns"]),
        months=data["months"],
        weekdays=data["weekdays"],
        seasons=data["seasons"],
        units=data["units"],
        numbers=data["numbers"],
        ordinals=data["ordinals"],
        future=frozenset(data["future"]),
        inside=frozenset(data["inside"]),
        keys={
            **{name: re.compile(_whole(of)) for name, of in words.items()},
            "year": re.compile(_YEAR),
            "other": re.compile(f"{_whole(data['others'])}|/"),
        },
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda each: (-len(each), each)))


def _whole(words: Iterable[str]) -> str:
    """Any of the words, standing alone. What stands before a word is looked at behind it: a pattern
    that opens with a letter is found several times faster than one that opens with a border."""
    ordered = sorted(words, key=lambda each: (-len(each), each))
    return "|".join(rf"{word}(?<!\w{word})(?!\w)" for word in map(re.escape, ordered))


def _pattern(each: Mapping[str, Any], groups: Mapping[str, str]) -> Pattern:
    source = each["pattern"]
    for name, group in groups.items():
        source = source.replace("{" + name + "}", group)
    wanted = (
        key for key in _KEYS if "{" + key in each["pattern"] or f"(?P<{key}>" in each["pattern"]
    )
    return Pattern(
        form=each["form"],
        key="year" if "{decade}" in each["pattern"] else next(wanted, "other"),
        regex=re.compile(rf"(?<![\w/.$€£-])(?:{source})(?!\w)"),
        needs=each.get("needs"),
        direction=each.get("direction"),
        number=each.get("number"),
        unit=each.get("unit"),
        reason=each.get("reason"),
        without=frozenset(each.get("without", ())),
    )
