"""What the words around a number mean in a language, and the patterns of numbers there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.annotate.figures.measures import Measures, measures
from app.annotate.patterns import any_of, words_of
from app.languages import load

# Words of a number behind its first; the longest that stands in a text has a third of them.
_MOST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language, in lower case, and the patterns that are made of them.

    `anchor` says whether a number may begin at a place; `first_digits` and `first_words` find all
    such places of a text. `belongs` is at the word behind a number that may belong to it (a scale,
    a measure, the second number of a range); any other leaves it a plain number. `characters` are
    those that read as another (a no-break space as a space), `thousands` the marks within a number
    that say nothing, `numerals` the language that text2num reads it in. `linking` words stand
    between a number that is a noun and what it counts ('trois millions d'euros'). `aged` words
    before a number make it an age, those before a linking word as well where the unit is one of
    `ages`; `people` are words for persons. `hours` behind a word of `at` are a time of day.
    """

    anchor: re.Pattern[str]
    first_digits: re.Pattern[str]
    first_words: re.Pattern[str]
    belongs: re.Pattern[str]
    digits: re.Pattern[str]
    spelled: re.Pattern[str]
    vague_words: re.Pattern[str]
    of_words: re.Pattern[str]
    scale_words: re.Pattern[str]
    halves_words: re.Pattern[str]
    parts_words: re.Pattern[str] | None
    part_link: re.Pattern[str] | None
    share_of: re.Pattern[str]
    shares: re.Pattern[str]
    point: re.Pattern[str] | None
    joints: re.Pattern[str]
    after: re.Pattern[str]
    linked: re.Pattern[str]
    rate: re.Pattern[str]
    beside: re.Pattern[str]
    clock: re.Pattern[str]
    several_ages: re.Pattern[str]
    word: re.Pattern[str]
    measures: Measures
    characters: Mapping[str, str]
    numerals: str
    thousands: tuple[str, ...]
    decimal: str
    quantifiers: Mapping[str, str]
    quantifier_lengths: tuple[int, ...]
    quantifier_ends: frozenset[str]
    between: frozenset[str]
    both: frozenset[str]
    inside: frozenset[str]
    afterwards: Mapping[str, str]
    phrasal: Mapping[str, frozenset[str]]
    lasting: frozenset[str]
    leading: Mapping[str, str]
    scales: Mapping[str, float]
    letters: Mapping[str, float]
    capitals: frozenset[str]
    races: frozenset[str]
    distances: frozenset[int]
    vague: Mapping[str, tuple[float, float]]
    halves: Mapping[str, float]
    numerators: Mapping[str, int]
    denominators: Mapping[str, int]
    halved: frozenset[str]
    not_shared: frozenset[str]
    minus: tuple[str, ...]
    below: tuple[str, ...]
    named: Mapping[str, str]
    naming: tuple[str, ...]
    rates: Mapping[str, str]
    linking: frozenset[str]
    old: frozenset[str]
    aged: frozenset[str]
    ages: frozenset[str]
    people: frozenset[str]
    reached: frozenset[str]
    states: frozenset[str]
    being: frozenset[str]
    alone: frozenset[str]
    not_one: frozenset[str]
    partitive: frozenset[str]
    labels: frozenset[str]
    models: frozenset[str]
    modelled: frozenset[str]
    votes: frozenset[str]
    ballot: str | None
    quakes: frozenset[str]
    weighing: frozenset[str]
    paid_for: frozenset[str]
    paying: frozenset[str]
    negated: frozenset[str]
    ordinals: Mapping[str, int]
    at: frozenset[str]
    hours: frozenset[str]
    plural: frozenset[str]


# Lists of the data file that are read as sets of words, and those that are read as they are.
_SETS = (
    *("both", "inside", "capitals", "races", "halved", "not_shared", "linking", "old", "aged"),
    *("ages", "people", "partitive", "reached", "alone", "not_one", "labels", "models"),
    *("modelled", "votes", "quakes", "weighing", "paid_for", "paying", "negated", "at", "hours"),
    *("plural", "distances", "lasting", "states", "being"),
)
_PLAIN = (
    *("numerals", "decimal", "quantifiers", "leading", "scales", "letters", "halves"),
    *("numerators", "denominators", "named", "rates", "ballot"),
)


# The digit is read before what stands before it: a set of characters alone is found fastest.
_FIRST_DIGIT = r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞](?<![0-9].)"


@cache
def words(language: str) -> Words | None:
    """The words in `data/languages/LANGUAGE/figures.json`, `units.json` and `currencies.json`;
    None for a language without the first."""
    data = load(language, "figures")
    if not data:
        return None
    numerators, denominators = data["numerators"], data["denominators"]
    openings = {
        *data["vague"], *data["numbers"], *data["leading"], *_parts(numerators, denominators)
    }  # fmt: skip
    sets: dict[str, Any] = {name: frozenset(data[name]) for name in _SETS}
    plain: dict[str, Any] = {name: data[name] for name in _PLAIN}
    lengths = {len(each) for each in data["quantifiers"]}
    return Words(
        anchor=re.compile(rf"{_FIRST_DIGIT}|\b(?:{any_of(openings)})\b"),
        first_digits=re.compile(_FIRST_DIGIT),
        first_words=words_of(openings),
        belongs=re.compile(_belonging(data, measures(language))),
        digits=re.compile(_digits(data)),
        spelled=re.compile(_spelled(data)),
        vague_words=re.compile(rf"(?:{any_of(data['vague'])})(?!\w)"),
        of_words=re.compile(rf" (?:{any_of(data['of'])})(?= |(?<='))"),
        scale_words=re.compile(rf" ?({any_of(data['scales'])})(?!\w)"),
        halves_words=re.compile(rf" ({any_of(data['halves'])})(?!\w)"),
        parts_words=_parted(numerators, denominators),
        part_link=re.compile(data["part_link"]) if data["part_link"] else None,
        share_of=re.compile(rf" (?:{any_of(data['share_of'])})(?!\w)(?! \d)"),
        shares=re.compile(rf" (?:{any_of(data['shares'])}) "),
        point=re.compile(data["point"]) if data["point"] else None,
        joints=re.compile(rf"(?:(?:-? |-)({any_of(data['ranges'])})[ -]| ?(-|–|—) ?)"),
        after=re.compile(any_of(data["after"])),
        linked=re.compile(
            rf"(?:{any_of(data['linking'])})(?:(?<=')| )" if data["linking"] else "(?!)"
        ),
        rate=re.compile(rf",? (?:{any_of(data['rates'])})(?!\w)"),
        beside=re.compile(rf" (?:{any_of(data['both'])}) [^\W\d_]+"),
        clock=re.compile(rf" ?(?:{any_of(data['clock'])})(?!\w)"),
        several_ages=re.compile(
            rf"(?P<opens>, |\b(?:{any_of(data['aged'])}) )"
            rf"\d{{1,3}}(?:, \d{{1,3}})*,? (?:{any_of(data['both'])}) \d{{1,3}}(?![\w%]|\.\d)"
        ),
        word=re.compile(r"\w+"),
        measures=measures(language),
        characters=data["characters"],
        thousands=tuple(data["thousands"]),
        quantifier_lengths=tuple(sorted(lengths, reverse=True)),
        quantifier_ends=frozenset(each.rsplit(" ", 1)[-1] for each in data["quantifiers"]),
        between=frozenset(data["between"]),
        afterwards=data["after"],
        phrasal={word: frozenset(of) for word, of in data["phrasal"].items()},
        vague={word: (low, high) for word, (low, high) in data["vague"].items()},
        minus=tuple(f"{word} " for word in data["minus"]),
        below=tuple(data["below"]),
        ordinals={word: place for place, word in enumerate(data["ordinals"], 1)},
        naming=tuple(f"{name} " for name in data["named"]),
        **plain,
        **sets,
    )


def _belonging(data: Mapping[str, Any], of: Measures) -> str:
    """The pattern of how a word begins that may belong to the number before it. A hyphen reads as
    a space there."""
    letters = [
        *data["scales"], *data["letters"], *data["ranges"], *data["clock"], *data["linking"],
        *(each.split()[0] for each in (*data["halves"], *data["shares"], *data["below"])),
        *(each.strip(" -") for each in data["after"]),
        *(surface for found in of.behind.values() for surface, _ in found),
        *(f"{scale}{code}".lower() for scale in ("", *of.scales) for code in of.codes),
        *(["point"] if data["point"] else []),
    ]  # fmt: skip
    return rf"(?:{any_of(each.split()[0] for each in letters)}|[^a-z])(?!(?<=[a-z])[a-z])"


def _digits(data: Mapping[str, Any]) -> str:
    """The pattern of a number in digits: with marks between thousands, the same throughout, and
    in the Indian way ('12,34,000')."""
    decimal = re.escape(data["decimal"])
    marked = [rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+" for mark in data["thousands"]]
    if "," in data["thousands"]:
        marked.append(r"\d{1,2}(?:,\d{2})+,\d{3}")
    marked.append(rf"\d{{1,3}}(?:{decimal}\d{{3}}){{2,}}")
    return rf"(?:{'|'.join(rf'{each}(?!\d)' for each in marked)}|\d+)(?:{decimal}\d+)?"


def _spelled(data: Mapping[str, Any]) -> str:
    """The pattern of a number in words."""
    number = any_of(data["numbers"])
    following = [rf"[ -](?:{number})"]
    if data["joining"]:
        following.append(rf" (?:{any_of(data['joining'])}) (?:{number})")
    if data["tails"]:
        following.append(rf"[ -](?:{any_of(data['tails'])})\b")
    opening = [any_of(data["leading"])] if data["leading"] else []
    more = rf"(?:(?:{'|'.join(following)})\b){{0,{_MOST_WORDS}}}"
    return rf"(?:{'|'.join([*opening, number])})\b{more}"


def _parts(numerators: Iterable[str], denominators: Iterable[str]) -> list[str]:
    return [*(f"{above} {below}" for above in numerators for below in denominators), *denominators]


def _parted(
    numerators: Mapping[str, int], denominators: Mapping[str, int]
) -> re.Pattern[str] | None:
    """The pattern of a fraction in words."""
    if not denominators:
        return None
    above = f"(?:(?P<above>{any_of(numerators)}) )?" if numerators else "(?P<above>(?!))?"
    return re.compile(rf"{above}(?P<below>{any_of(denominators)})(?!\w)")
