"""A sentence with all in it that another one may tell differently, and the words of a language that
tell so."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from app.compare.statements.sentences import Statement
from app.domain.figure import Figure
from app.domain.names import fold
from app.domain.stems import stem
from app.domain.text import Span
from app.domain.timex import resolve
from app.languages import load

# "didn't" is two words: the second one denies.
_WORD = re.compile(r"n['’]t\b|\w+?(?=n['’]t\b)|\w+", re.IGNORECASE)


class Word(NamedTuple):
    """A word of a sentence at its place in the text."""

    span: Span
    key: str
    stem: str


@dataclass(frozen=True, slots=True)
class Lists:
    """What words of a language say of what is reported: for each lemma on which side of which
    opposites it stands, and which step it is of which course of things, by names that all languages
    share; and the words by which something is still to come (`to_come`: in a row), unsure, negated
    or denied, or somebody is accused of it. `joining` words make one list of their neighbours,
    `telling` verbs only say who tells it."""

    opposites: Mapping[str, Mapping[str, int]]
    steps: Mapping[str, Mapping[str, int]]
    to_come: frozenset[tuple[str, ...]]
    pending: frozenset[str]
    hedges: frozenset[str]
    negation: frozenset[str]
    denial: frozenset[str]
    accusing: frozenset[str]
    articles: frozenset[str]
    joining: frozenset[str]
    telling: frozenset[str]


@cache
def lists(language: str | None) -> Lists:
    """Those of a language; empty where it has none."""
    data = load(language, "compared")
    words = (
        "pending",
        "hedges",
        "negation",
        "denial",
        "accusing",
        "articles",
        "joining",
        "telling",
    )
    return Lists(
        _by_lemma(data.get("opposites", {})),
        _by_lemma(data.get("steps", {})),
        frozenset(tuple(each.split()) for each in data.get("to come", ())),
        *(frozenset(data.get(name, ())) for name in words),
    )


def _by_lemma(courses: Mapping[str, Sequence[Sequence[str]]]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name, steps in courses.items():
        for place, lemmas in enumerate(steps):
            for lemma in lemmas:
                found.setdefault(lemma, {})[name] = place
    return found


class Reading:
    """A sentence with what may differ in it, each part read once it is asked for: of most pairs the
    first parts tell enough."""

    def __init__(self, of: Statement) -> None:
        self.of = of
        self.lists = lists(of.article.language)

    @cached_property
    def words(self) -> Sequence[Word]:
        """All its words, in their order."""
        start, language = self.of.sentence.start, self.of.article.language
        return [
            Word(Span(start + m.start(), start + m.end()), key, stem(key, language))
            for m in _WORD.finditer(self.of.text)
            for key in [fold(m.group().replace("’", "'"))]
        ]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Its words as they are compared."""
        return frozenset(_WORD.findall(fold(self.of.text.replace("’", "'"))))

    @cached_property
    def told(self) -> Sequence[str]:
        """All its words as they are compared, in their order, without articles and the like."""
        return [word.key for word in self.words if word.key not in self.lists.articles]

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """Its figures, but for ordinals."""
        return [each for each in self._figures if each.kind != "ordinal"]

    @cached_property
    def _figures(self) -> Sequence[Figure]:
        start, end = self.of.sentence.start, self.of.sentence.end
        return [each for each in self.of.article.figures if start <= each.start < end]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words that say something, numbers apart."""
        return frozenset(each for each in self.of.stems if not each[0].isdigit())

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers that are no figures: of a room, a law, a year."""
        return frozenset(
            word.key
            for word in self.words
            if word.key[0].isdigit()
            and not any(f.start <= word.span.start < f.end for f in self._figures)
        )

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of its words that say something."""
        return frozenset(self.of.sentence.lemmas)

    @cached_property
    def opposites(self) -> Mapping[str, Mapping[int, Sequence[str]]]:
        """Its lemmas that stand on a side of opposites, by their names and the side."""
        return _grouped(self.lemmas, self.lists.opposites)

    @cached_property
    def steps(self) -> Mapping[str, Mapping[int, Sequence[str]]]:
        """Its lemmas that are a step of a course of things, by its name and their place there."""
        return _grouped(self.lemmas, self.lists.steps)

    @cached_property
    def names(self) -> frozenset[int]:
        """The entities that it names."""
        return self.of.names

    @cached_property
    def subjects(self) -> frozenset[int]:
        """Those that act."""
        return _owners(self.of.sentence.subjects, self.of.article.owners)

    @cached_property
    def objects(self) -> frozenset[int]:
        """Those that something is done to."""
        return _owners(self.of.sentence.objects, self.of.article.owners)

    @property
    def negations(self) -> int:
        """How many of its words negate."""
        return sum(word.key in self.lists.negation for word in self.words)

    def days(self) -> dict[str, Span]:
        """The days that it names, each with its place."""
        start, end = self.of.sentence.start, self.of.sentence.end
        found = {}
        for each in self.of.article.dates:
            if start <= each.start < end and each.granularity == "day":
                dated = resolve(each, self.of.article.published)
                if dated.value is not None:
                    found[dated.value] = Span(each.start, each.end)
        return found

    def having(self, keys: Iterable[str]) -> tuple[Span, ...]:
        """Where these words stand."""
        wanted = frozenset(keys)
        return tuple(word.span for word in self.words if word.key in wanted)

    def lemma(self, lemmas: Iterable[str]) -> tuple[Span, ...]:
        """Where words of these lemmas stand, of two words the first."""
        wanted = {stem(fold(lemma.split()[0]), self.of.article.language) for lemma in lemmas}
        return tuple(word.span for word in self.words if word.stem in wanted)

    @property
    def whole(self) -> tuple[Span, ...]:
        """The sentence itself."""
        return (Span(self.of.sentence.start, self.of.sentence.end),)


class Readings:
    """Readings of the sentences, each made once it is asked for."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._made: dict[int, Reading] = {}

    def __getitem__(self, place: int) -> Reading:
        """The sentence at a place."""
        if place not in self._made:
            self._made[place] = Reading(self._statements[place])
        return self._made[place]


def _grouped(
    lemmas: Iterable[str], known: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[int, list[str]]]:
    """The lemmas that stand on a side of opposites or are a step of a course, by its name and
    theirs."""
    found: dict[str, dict[int, list[str]]] = {}
    for lemma in sorted(lemmas):
        for name, place in known.get(lemma, {}).items():
            found.setdefault(name, {}).setdefault(place, []).append(lemma)
    return found


def _owners(starts: Sequence[int], owners: Mapping[int, int]) -> frozenset[int]:
    return frozenset(owners[start] for start in starts if start in owners)
