"""The grammar of a language: patterns whose groups mean the same in every language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.annotate.patterns import any_of, words_of
from app.languages import load

_YEAR = r"1[6-9]\d\d|20\d\d"
# What a pattern is looked for by, the rarest first: a weekday beside a month may be left out.
_KEYS = ("holiday", "season", "month", "unit", "ordinal", "weekday", "year")
# Keys that are no words.
_MARKS = {
    "year": re.compile(_YEAR), "slash": re.compile("/"), "apostrophe": re.compile(r"['’‘](?=\d)"),
    "ordinal": re.compile(r"the (?=\d\d?(?:st|nd|rd|th))"),
}  # fmt: skip
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
    value: str | None
    granularity: str | None
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of a language and what its words mean, all in lower case.

    `characters` are those that read as another (a no-break space as a space). What is to come is
    told by a `future` word or one of `modals` beside the verb (not with `have`), by the verb that
    has it for its infinitive (`future_heads`), by an infinitive that hangs on a word of what is
    `meant` or on one of `is_now`, by a word that something is `due` (with the prepositions that it
    takes, any where none is given), by a verb of a `timetable` in the present, or by the verb's own
    form: its stem (`future_stems`, else the infinitive without a last 'e') and one of
    `future_endings`. A word whose tag is in `counted_tags` is counted by the number before it,
    unless a year before it says when it was, as behind `determiners` and before `events`. `inside`
    are words before a month or a year, `ambiguous` the months that need them, or the model's word
    for it. The day of one of the incidents in `known_days` has its year, a feast of `holidays` its
    day. What a verb of `lasting` did until a day is past where the verb is. A modal of
    `past_denied` with a word of `denying` tells what was (with these verbs; any where none is
    given). `accounts` are what a company tells of a quarter, `people` those whose 'today' is these
    days.
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
    short_weekdays: Mapping[str, int]
    determiners: frozenset[str]
    events: frozenset[str]
    known_days: Mapping[str, int]
    future: frozenset[str]
    modals: frozenset[str]
    have: frozenset[str]
    infinitive: frozenset[str]
    is_now: frozenset[str]
    was: frozenset[str]
    meant: frozenset[str]
    due: Mapping[str, frozenset[str]]
    ahead: frozenset[str]
    until: frozenset[str]
    put_off: frozenset[str]
    lasting: frozenset[str]
    denying: frozenset[str]
    past_denied: Mapping[str, frozenset[str]]
    people: frozenset[str]
    accounts: frozenset[str]
    holidays: Mapping[str, Mapping[str, int]]
    decades: Mapping[str, int]
    timetable: frozenset[str]
    future_heads: frozenset[str]
    future_endings: tuple[str, ...]
    future_stems: Mapping[str, str]
    counted_tags: frozenset[str]
    inside: frozenset[str]
    ambiguous: frozenset[str]
    key: re.Pattern[str]
    keys: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, re.Pattern[str]]


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
        "holiday": data["holidays"],
    }
    groups = {name: f"(?P<{name}>{any_of(of)})" for name, of in words.items()}
    groups |= {
        "monthwords": any_of(data["months"]),
        "weekdaywords": any_of(data["weekdays"]),
        "number": rf"(?P<number>\d{{1,3}}|{any_of(data['numbers'])})",
        "year": rf"(?P<year>{_YEAR})",
        "day": rf"(?P<day>{_DAY})(?:{'|'.join(data['day_endings'])})?",
        "shortday": any_of(data["short_weekdays"]),
        "event": rf"(?P<event>{any_of(data['incidents'])})",
        "decade": r"(?P<decade>1[6-9]\d0|20\d0)",
        "decadeword": rf"(?P<decadeword>{any_of(data['decades'])})",
    }
    sets: dict[str, Any] = {
        name: frozenset(data[name])
        for name in (
            "determiners", "events", "future", "future_heads", "modals", "have", "infinitive",
            "is_now", "was", "meant", "ahead", "until", "put_off", "lasting", "timetable",
            "counted_tags", "inside", "ambiguous", "denying", "people", "accounts",
        )
    }  # fmt: skip
    patterns = tuple(_pattern(each, groups) for each in data["patterns"])
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for name, of in words.items():
        for word in of:
            keys[word].append(name)
    for each in data["patterns"]:
        for word in each.get("words", ()):
            if _named(each["words"]) not in keys[word]:
                keys[word].append(_named(each["words"]))
    return Grammar(
        patterns=patterns,
        characters=str.maketrans(data["characters"]),
        months=data["months"],
        months_capital=data["months_capital"],
        weekdays=data["weekdays"],
        seasons=data["seasons"],
        units=data["units"],
        numbers=data["numbers"],
        ordinals=data["ordinals"],
        short_weekdays=data["short_weekdays"],
        known_days=data["known_days"],
        past_denied={word: frozenset(verbs) for word, verbs in data["past_denied"].items()},
        holidays=data["holidays"],
        decades=data["decades"],
        due={word: frozenset(before) for word, before in data["due"].items()},
        future_endings=tuple(data["future_endings"]),
        future_stems=data["future_stems"],
        **sets,
        key=words_of(keys),
        keys={word: tuple(of) for word, of in keys.items()},
        marks=_MARKS,
    )


def _key(each: Mapping[str, Any]) -> str:
    """The kind of word that every match of a pattern holds: its own words, else the rarest that
    stands in it."""
    if "words" in each:
        return _named(each["words"])
    if "{decade}" in each["pattern"]:
        return "year"
    wanted = (
        key for key in _KEYS if "{" + key in each["pattern"] or f"(?P<{key}>" in each["pattern"]
    )
    return next(wanted, each.get("mark", "slash"))


def _named(words: Iterable[str]) -> str:
    # No kind of word and no mark has a space in its name.
    return f"words {' '.join(words)}"


def _pattern(each: Mapping[str, Any], groups: Mapping[str, str]) -> Pattern:
    source = each["pattern"]
    for name, group in groups.items():
        source = source.replace("{" + name + "}", group)
    return Pattern(
        form=each["form"],
        key=_key(each),
        regex=re.compile(rf"(?<![\w/.$€£-])(?:{source})(?!\w)"),
        needs=each.get("needs"),
        direction=each.get("direction"),
        number=each.get("number"),
        unit=each.get("unit"),
        reason=each.get("reason"),
        value=each.get("value"),
        granularity=each.get("granularity"),
        without=frozenset(each.get("without", ())),
    )
