"""The grammar of a language: patterns whose groups mean the same in every language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.languages import load

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
    """The patterns of a language and what its words mean, all in lower case.

    `characters` are those that read as another (a no-break space as a space). What is to come is
    told by a `future` word beside the verb, by the verb that has it for its infinitive
    (`future_heads`), or by the verb's own form: its stem (`future_stems`, else the infinitive
    without a last 'e') and one of `future_endings`. A word whose tag is in `counted_tags` is
    counted by the number before it. `inside` are words before a month or a year.
    """

    patterns: tuple[Pattern, ...]
    characters: Mapping[int, str]
    months: Mapping[str, int]
    months_capital: bool
    weekdays: Mapping[str, int]
    seasons: Mapping[str, str]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    future: frozenset[str]
    future_heads: frozenset[str]
    future_endings: tuple[str, ...]
    future_stems: Mapping[str, str]
    counted_tags: frozenset[str]
    inside: frozenset[str]
    keys: Mapping[str, re.Pattern[str]]


@cache
def grammar(language: str) -> Grammar | None:
    """The grammar in `data/languages/LANGUAGE/dates.json`; None for a language without one."""
    data = load(language, "dates")
    if not data:
        return None
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
        characters=str.maketrans(data["characters"]),
        months=data["months"],
        months_capital=data["months_capital"],
        weekdays=data["weekdays"],
        seasons=data["seasons"],
        units=data["units"],
        numbers=data["numbers"],
        ordinals=data["ordinals"],
        future=frozenset(data["future"]),
        future_heads=frozenset(data["future_heads"]),
        future_endings=tuple(data["future_endings"]),
        future_stems=data["future_stems"],
        counted_tags=frozenset(data["counted_tags"]),
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
