"""A sentence as it is compared: its words with their weights and meanings, whole and by clauses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import fsum, log, sqrt, sumprod
from typing import Any

import orjson

from app.compare.background import background
from app.domain.comparison import Findings
from app.domain.statement import Sentence

# The share of a word's square that its meaning has, the rest being its form's.
MEANING = 0.8
# The weights of words are those among so many sentences at least.
_FEW = 60
# The share of a word that is too rare to be counted.
_RARE = 1e-6
# A weight for words that most sentences of news have.
_LIGHT = 0.2

# A word by its form, a meaning by its number.
type Feature = str | int


@dataclass(frozen=True, slots=True)
class Senses:
    """What the lemmas of a language mean in news: the numbers of the meanings of each, which
    meanings are of something that happens, which lemmas say little, and which are opposed."""

    meanings: Mapping[str, tuple[int, ...]]
    acts: frozenset[str]
    light: frozenset[str]
    opposed: Mapping[str, frozenset[str]]

    def related(self, one: str, other: str) -> bool:
        """Whether two lemmas have a meaning in common."""
        return not set(self.meanings.get(one, ())).isdisjoint(self.meanings.get(other, ()))


@cache
def senses(language: str | None) -> Senses:
    """From `data/languages/LANGUAGE/statements.json`; empty for a language without them."""
    path = files("app") / "data" / "languages" / f"{language}" / "statements.json"
    data: dict[str, Any] = orjson.loads(path.read_bytes()) if path.is_file() else {}
    meanings: dict[str, list[int]] = {}
    acts = data.get("acts", [])
    for number, group in enumerate([*acts, *data.get("things", ())]):
        for lemma in group:
            meanings.setdefault(lemma, []).append(number)
    opposed: dict[str, set[str]] = {}
    for one, other in data.get("opposites", ()):
        for lemma in one:
            opposed.setdefault(lemma, set()).update(other)
        for lemma in other:
            opposed.setdefault(lemma, set()).update(one)
    return Senses(
        {lemma: tuple(found) for lemma, found in meanings.items()},
        frozenset(lemma for group in acts for lemma in group),
        frozenset(data.get("light", ())),
        {lemma: frozenset(others) for lemma, others in opposed.items()},
    )


@dataclass(slots=True)
class Statement:
    """A sentence of a side with the entities that its names are of; `places` are all articles of
    the side that have it word for word."""

    article: Findings
    sentence: Sentence
    words: frozenset[str]
    entities: frozenset[int]
    subjects: frozenset[int]
    objects: frozenset[int]
    opposed: frozenset[str]
    negated: frozenset[tuple[str, int]]
    senses: Senses
    places: list[tuple[Findings, Sentence]] = field(default_factory=list)


def statement(article: Findings, sentence: Sentence) -> Statement:
    """A sentence as it is compared."""
    known = senses(article.language)
    opposed, owners = known.opposed, article.owners

    def named(starts: Iterable[int]) -> frozenset[int]:
        return frozenset(owners[each] for each in starts if each in owners)

    return Statement(
        article=article,
        sentence=sentence,
        words=frozenset(sentence.lemmas),
        entities=named(sentence.mentions),
        subjects=named(sentence.subjects),
        objects=named(sentence.objects),
        opposed=frozenset[str]().union(
            *(opposed[lemma] for lemma in sentence.lemmas if lemma in opposed)
        ),
        negated=frozenset(Counter(sentence.negated).items()),
        senses=known,
        places=[(article, sentence)],
    )


def _joined(lemmas: Sequence[str]) -> Iterator[int]:
    """The places of words that a hyphen makes of the two beside them ('cease-fire')."""
    for place in range(1, len(lemmas) - 1):
        if lemmas[place] == lemmas[place - 1] + lemmas[place + 1]:
            yield place


class Weights:
    """How much a word says: its inverse document frequency among the compared sentences (Spaerck
    Jones 1972), less where every text has it. A meaning counts as the words that have it."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        # Counted as in an article of its own where there are few: one occurrence proves nothing.
        self._total = max(len(statements), _FEW)
        self._common = background(statements[0].article.language) if statements else {}
        self._senses = senses(statements[0].article.language if statements else None)
        lemmas = Counter(lemma for each in statements for lemma in each.sentence.lemmas)
        named = Counter(entity for each in statements for entity in each.entities)
        meant: Counter[int] = Counter()
        for lemma, count in lemmas.items():
            for meaning in self._senses.meanings.get(lemma, ()):
                meant[meaning] += count
        self._of = {
            lemma: log(1 + self._total / count)
            * min(1.0, log(self._common.get(lemma, _RARE)) / log(_RARE))
            * (_LIGHT if lemma in self._senses.light else 1.0)
            for lemma, count in lemmas.items()
        }
        self._entities = {entity: log(1 + self._total / count) for entity, count in named.items()}
        self._meant = {meaning: log(1 + self._total / count) for meaning, count in meant.items()}
        joined = Counter(
            each.sentence.lemmas[place]
            for each in statements
            for place in _joined(each.sentence.lemmas)
        )
        # Words that a hyphen makes, where some text has them without it.
        self._whole = frozenset(lemma for lemma, count in joined.items() if lemmas[lemma] > count)
        self._vectors = {lemma: tuple(self._vector(lemma)) for lemma in lemmas}

    def word(self, lemma: str) -> float:
        """The weight of a word, above 0."""
        return self._of[lemma]

    def spelt(self, lemmas: Sequence[str]) -> frozenset[int]:
        """The places of words that are no more than the spelling of another: the 'cease' and the
        'fire' of 'cease-fire', where 'ceasefire' is a word of any text or of the language."""
        return frozenset(
            part
            for place in _joined(lemmas)
            if lemmas[place] in self._whole or lemmas[place] in self._common
            for part in (place - 1, place + 1)
        )

    def entity(self, entity: int) -> float:
        """The weight of an entity, above 0: more for one that few sentences name."""
        return self._entities[entity]

    def total(self, of: Statement) -> float:
        """The summed weight of the words of a statement."""
        return fsum(self._of[lemma] for lemma in of.sentence.lemmas)

    def vector(self, lemma: str) -> tuple[tuple[Feature, float], ...]:
        """A word as its form and its meanings, with the weight of each: the squares of these add
        up to that of the word."""
        return self._vectors[lemma]

    def _vector(self, lemma: str) -> Iterator[tuple[Feature, float]]:
        weight = self._of[lemma]
        meanings = self._senses.meanings.get(lemma, ())
        if not meanings:
            yield lemma, weight
            return
        yield lemma, weight * sqrt(1 - MEANING)
        for meaning in meanings:
            yield meaning, min(weight, self._meant[meaning]) * sqrt(MEANING / len(meanings))


type Vector = dict[str, float]


class Bag:
    """Words with their weights: the length of the vector that they make, and those of them that
    have each meaning."""

    __slots__ = ("length", "meant", "weights")

    def __init__(self, weights: Vector, meanings: Mapping[str, tuple[int, ...]]) -> None:
        self.weights = weights
        values = [*weights.values()]
        self.length = sqrt(sumprod(values, values))
        self.meant: dict[int, list[str]] = {}
        for lemma in meanings.keys() & weights.keys():
            for meaning in meanings[lemma]:
                self.meant.setdefault(meaning, []).append(lemma)

    def __bool__(self) -> bool:
        return bool(self.weights)

    def common(self, other: "Bag") -> tuple[set[str], set[str]]:
        """The words of either bag that are in the other, or mean the same as one there."""
        words = self.weights.keys() & other.weights.keys()
        meanings = self.meant.keys() & other.meant.keys()
        mine, theirs = (
            words.union(*(bag.meant[meaning] for meaning in meanings)) for bag in (self, other)
        )
        return mine, theirs


class Unit:
    """A sentence or a clause of it: the weights of its words but for names, of those that say what
    happens, and of its names."""

    __slots__ = ("acts", "names", "words")

    def __init__(self, words: Bag, acts: Bag, names: Bag) -> None:
        self.words, self.acts, self.names = words, acts, names


class Reading:
    """A statement as it is compared: its whole and its clauses, made when first asked for: most
    statements of large sides are near to no other."""

    __slots__ = (
        "_clauses",
        "_owned",
        "_spelt",
        "_weights",
        "_within",
        "statement",
        "told",
        "whole",
    )

    def __init__(self, of: Statement, weights: Weights) -> None:
        self.statement = of
        owners = of.article.owners
        self._weights = weights
        self._owned = [owners.get(start) for start in of.sentence.mentions]
        self._clauses: dict[int, Unit] = {}
        self._within: dict[str, list[int]] = {}
        self._spelt = weights.spelt(of.sentence.lemmas)
        said = (place for place in range(len(of.sentence.lemmas)) if place not in self._spelt)
        self.whole = _unit(said, self._owned, of, weights)
        self.told = frozenset(of.sentence.told)

    def happenings(self, words: Iterable[str]) -> Iterator[tuple[int, Unit]]:
        """The clauses that say that something happens, and hold one of these words of the
        sentence, by number: without one, what two clauses share is less than counts."""
        if not self._within:
            sentence = self.statement.sentence
            for number, places in enumerate(sentence.clauses):
                for place in places:
                    self._within.setdefault(sentence.lemmas[place], []).append(number)
        held = {number for word in words for number in self._within.get(word, ())}
        for number in sorted(held):
            clause = self._clause(number)
            if clause.acts:
                yield number, clause

    def _clause(self, number: int) -> Unit:
        if number not in self._clauses:
            sentence = self.statement.sentence
            self._clauses[number] = _unit(
                [place for place in sentence.clauses[number] if place not in self._spelt],
                [self._owned[n] for n in sentence.clause_names[number]],
                self.statement,
                self._weights,
            )
        return self._clauses[number]


def _unit(
    places: Iterable[int],
    owned: Iterable[int | None],
    of: Statement,
    weights: Weights,
) -> Unit:
    lemmas, verbs, known = of.sentence.lemmas, of.sentence.verbs, of.senses
    named = of.sentence.named
    words: Vector = {}
    acts: Vector = {}
    names: Vector = {}
    for place in places:
        lemma = lemmas[place]
        weight = weights.word(lemma)
        if place in named:
            names[lemma] = weight
            continue
        words[lemma] = weight
        if lemma not in known.light and (lemma in verbs or lemma in known.acts):
            acts[lemma] = weight
    for entity in owned:
        if entity is not None:
            names[f"#{entity}"] = weights.entity(entity)
    return Unit(Bag(words, known.meanings), Bag(acts, known.meanings), Bag(names, {}))
