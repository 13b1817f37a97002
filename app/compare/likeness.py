"""How alike two sentences are, and when they cannot report the same thing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import fsum, log, sqrt
from typing import Any

import orjson

from app.compare.background import background
from app.domain.compared_statements import Parts
from app.domain.comparison import Findings
from app.domain.statement import Sentence

# What the parts of a similarity weigh, where both sentences have them. Ours, tuned on paraphrases.
_WORDS, _VERBS, _ENTITIES, _NUMBERS = 0.5, 0.2, 0.2, 0.1
# What is left of a similarity where no verb is shared: the same people and things, but other news.
_OTHER_VERBS, _NEARLY_ALL = 0.7, 0.9
# The share of a word that is too rare to be counted.
_RARE = 1e-6
# A weight for words that most sentences of news have.
_LIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Senses:
    """Which lemmas of a language mean the same in news (each to the first of its group), which
    say little, and which are opposed."""

    same: Mapping[str, str]
    light: frozenset[str]
    opposed: Mapping[str, frozenset[str]]


@cache
def senses(language: str | None) -> Senses:
    """From `data/languages/LANGUAGE/statements.json`; empty for a language without them."""
    path = files("app") / "data" / "languages" / f"{language}" / "statements.json"
    data: dict[str, Any] = orjson.loads(path.read_bytes()) if path.is_file() else {}
    same: dict[str, str] = {}
    for group in data.get("same", ()):
        for lemma in group:
            same.setdefault(lemma, group[0])
    opposed: dict[str, set[str]] = {}
    for one, other in data.get("opposites", ()):
        for lemma in one:
            opposed.setdefault(lemma, set()).update(other)
        for lemma in other:
            opposed.setdefault(lemma, set()).update(one)
    return Senses(
        same,
        frozenset(data.get("light", ())),
        {lemma: frozenset(others) for lemma, others in opposed.items()},
    )


@dataclass(slots=True)
class Statement:
    """A sentence of a side with its words brought to one of each sense, and the entities that its
    names are of; `places` are all articles of the side that have it word for word."""

    article: Findings
    sentence: Sentence
    words: frozenset[str]
    plain: frozenset[str]
    verbs: frozenset[str]
    negated: frozenset[tuple[str, int]]
    entities: frozenset[int]
    subjects: frozenset[int]
    objects: frozenset[int]
    opposed: frozenset[str]
    light: frozenset[str]
    places: list[tuple[Findings, Sentence]] = field(default_factory=list)


def statement(article: Findings, sentence: Sentence) -> Statement:
    """A sentence as it is compared."""
    known = senses(article.language)

    def owners(starts: Iterable[int]) -> frozenset[int]:
        return frozenset(article.owners[each] for each in starts if each in article.owners)

    words = frozenset(known.same.get(lemma, lemma) for lemma in sentence.lemmas)
    return Statement(
        article=article,
        sentence=sentence,
        words=words,
        plain=frozenset(sentence.lemmas),
        verbs=frozenset(
            known.same.get(verb, verb) for verb in sentence.verbs if verb not in known.light
        ),
        negated=frozenset(
            Counter(known.same.get(lemma, lemma) for lemma in sentence.negated).items()
        ),
        entities=owners(sentence.mentions),
        subjects=owners(sentence.subjects),
        objects=owners(sentence.objects),
        opposed=frozenset[str]().union(
            *(known.opposed[lemma] for lemma in sentence.lemmas if lemma in known.opposed)
        ),
        light=known.light & words,
        places=[(article, sentence)],
    )


class Weights:
    """How much a word says: its inverse document frequency among the compared sentences (Spaerck
    Jones 1972), less where every text has it."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        counts = Counter(word for each in statements for word in each.words)
        named = Counter(entity for each in statements for entity in each.entities)
        total = len(statements)
        common = background(statements[0].article.language) if statements else {}
        self._of = {
            word: log(1 + total / count) * min(1.0, log(common.get(word, _RARE)) / log(_RARE))
            for word, count in counts.items()
        }
        self._entities = {entity: log(1 + total / count) for entity, count in named.items()}

    def word(self, word: str, light: frozenset[str]) -> float:
        """The weight of a word, above 0."""
        return self._of[word] * (_LIGHT if word in light else 1.0)

    def entity(self, entity: int) -> float:
        """The weight of an entity, above 0: more for one that few sentences name."""
        return self._entities[entity]

    def total(self, of: Statement, words: Iterable[str]) -> float:
        """The summed weight of some words of a statement."""
        return sum(self.word(word, of.light) for word in sorted(words))


def contradict(one: Statement, other: Statement) -> bool:
    """Whether two sentences cannot report the same thing: one denies what the other says, they
    say opposite things, or who acts and who suffers have changed places."""
    # What is denied twice is said again.
    denied = frozenset(lemma for lemma, _ in one.negated ^ other.negated)
    # What is denied is a word of both, or no content word at all ('is not').
    if denied & one.words & other.words or denied - one.words - other.words:
        return True
    if denied and one.words == other.words:
        return True
    # Each says what is opposed to a word of the other that it does not say itself.
    if (one.opposed & other.plain) - one.plain and (other.opposed & one.plain) - other.plain:
        return True
    # Somebody in both who only acts in the one and only suffers in the other, and the other way
    # round for somebody else.
    done = (one.subjects - one.objects) & (other.objects - other.subjects)
    suffered = (one.objects - one.subjects) & (other.subjects - other.objects)
    return bool(done and suffered)


def similarity(one: Statement, other: Statement, weights: Weights) -> tuple[float, Parts]:
    """How alike two sentences are, 0..1, and the parts of it: the cosine of their weighted
    words and of their entities, and what they share of their verbs and of their numbers."""
    light = one.light | other.light
    words = _cosine(one.words, other.words, lambda word: weights.word(word, light))
    if words is None:
        # 'That's it.' has no word to be compared by, and is the same where it is word for word.
        alike = one.words == other.words and one.sentence.digest == other.sentence.digest
        words = 1.0 if alike else 0.0
    verbs = _verbs(one, other)
    entities = _cosine(one.entities, other.entities, weights.entity)
    numbers = _dice(frozenset(one.sentence.numbers), frozenset(other.sentence.numbers))
    parts = [(_WORDS, words), (_VERBS, verbs), (_ENTITIES, entities), (_NUMBERS, numbers)]
    known = [(weight, part) for weight, part in parts if part is not None]
    score = sum(weight * part for weight, part in known) / sum(weight for weight, _ in known)
    if verbs == 0.0 and words < _NEARLY_ALL:
        score *= _OTHER_VERBS
    return score, Parts(round(words, 6), _rounded(verbs), _rounded(entities), _rounded(numbers))


def _verbs(one: Statement, other: Statement) -> float | None:
    """The share of the verbs of both that the other has too, be it as a noun; None without any."""
    number = len(one.verbs) + len(other.verbs)
    if not one.verbs or not other.verbs:
        return None
    return (len(one.verbs & other.words) + len(other.verbs & one.words)) / number


def _cosine[Item](
    one: frozenset[Item], other: frozenset[Item], weight: Callable[[Item], float]
) -> float | None:
    """The cosine of two sets of weighted items (Salton & McGill 1983); None where one is empty."""
    if not one or not other:
        return None
    squares = {item: weight(item) ** 2 for item in one | other}
    common = fsum(squares[item] for item in one & other)
    return common / sqrt(fsum(squares[i] for i in one) * fsum(squares[i] for i in other))


def _dice[Item](one: frozenset[Item], other: frozenset[Item]) -> float | None:
    if not one or not other:
        return None
    return 2 * len(one & other) / (len(one) + len(other))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
