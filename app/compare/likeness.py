"""How alike two sentences are, and when they cannot report the same thing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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

# What the parts of a similarity weigh, where both have them. Ours, tuned on paraphrases.
_WORDS, _VERBS, _ENTITIES, _NUMBERS = 0.45, 0.25, 0.2, 0.1
# What is left of a similarity where no verb is shared: the same people and things, but other news.
_OTHER_VERBS, _NEARLY_ALL = 0.7, 0.9
# What is left where the one counts other numbers of the same than the other.
_CLASH = 0.6
# What is left where others act.
_OTHER_ACTORS = 0.75
# The share of a word's square that its meaning has, the rest being its form's.
_MEANING = 0.8
# What the whole sentences weigh beside their most alike clauses.
_CONTEXT = 0.3
# Two clauses that share less than this weight may do so by chance.
_ENOUGH = 20.0
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
        self._vectors = {lemma: tuple(self._vector(lemma)) for lemma in lemmas}

    def word(self, lemma: str) -> float:
        """The weight of a word, above 0."""
        return self._of[lemma]

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
        yield lemma, weight * sqrt(1 - _MEANING)
        for meaning in meanings:
            yield meaning, min(weight, self._meant[meaning]) * sqrt(_MEANING / len(meanings))


type Vector = dict[str, float]


class Unit:
    """A sentence or a clause of it: the weights of its words but for names, of those that say what
    happens, and of its names."""

    __slots__ = ("acts", "lengths", "names", "words")

    def __init__(self, words: Vector, acts: Vector, names: Vector) -> None:
        self.words, self.acts, self.names = words, acts, names
        self.lengths = tuple(
            sqrt(fsum(weight * weight for weight in each.values())) for each in (words, acts, names)
        )


class Reading:
    """A statement as it is compared: its whole and its clauses."""

    __slots__ = ("clauses", "statement", "told", "whole")

    def __init__(self, of: Statement, weights: Weights) -> None:
        self.statement = of
        sentence = of.sentence
        named = frozenset(sentence.named)
        owners = of.article.owners
        owned = [owners.get(start) for start in sentence.mentions]
        self.whole = _unit(range(len(sentence.lemmas)), owned, of, named, weights)
        self.clauses = [
            _unit(places, [owned[name] for name in names], of, named, weights)
            for places, names in zip(sentence.clauses, sentence.clause_names, strict=True)
        ]
        self.told = frozenset(sentence.told)


def _unit(
    places: Iterable[int],
    owned: Iterable[int | None],
    of: Statement,
    named: frozenset[int],
    weights: Weights,
) -> Unit:
    lemmas, verbs, known = of.sentence.lemmas, of.sentence.verbs, of.senses
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
    return Unit(words, acts, names)


def contradict(one: Statement, other: Statement) -> bool:
    """Whether two sentences cannot report the same thing: one denies what the other says, they
    say opposite things, or who acts and who suffers have changed places."""
    # What is denied twice is said again.
    denied = frozenset(lemma for lemma, _ in one.negated ^ other.negated)
    if denied:
        # What is denied is a word of both, or no content word at all ('is not').
        if denied & one.words & other.words or denied - one.words - other.words:
            return True
        # Or the one denies it by the very word, and the other says it by another.
        for lemma in denied:
            for there in (one, other):
                if lemma not in there.words and any(
                    one.senses.related(lemma, word) for word in there.words
                ):
                    return True
        if one.words == other.words:
            return True
    # Each says what is opposed to a word of the other that it does not say itself.
    if (one.opposed & other.words) - one.words and (other.opposed & one.words) - other.words:
        return True
    # Somebody in both who only acts in the one and only suffers in the other, and the other way
    # round for somebody else.
    return _turned(one.subjects, one.objects, other.subjects, other.objects) or _turned(
        *(
            frozenset(each.sentence.lemmas[place] for place in places)
            for each in (one, other)
            for places in (each.sentence.acting, each.sentence.suffering)
        )
    )


def _turned[Item](
    acting: frozenset[Item],
    suffering: frozenset[Item],
    other_acting: frozenset[Item],
    other_suffering: frozenset[Item],
) -> bool:
    done = (acting - suffering) & (other_suffering - other_acting)
    suffered = (suffering - acting) & (other_acting - other_suffering)
    return bool(done and suffered)


def similarity(one: Reading, other: Reading) -> tuple[float, Parts]:
    """How alike two sentences are, 0..1, and the parts of it: those of the whole sentences, or of
    the two clauses that are most alike, where these say more."""
    meanings = one.statement.senses.meanings
    numbers = _numbers(one.statement.sentence, other.statement.sentence)
    whole, parts = _alike(one.whole, other.whole, numbers, meanings)
    if not one.whole.words and not other.whole.words:
        # 'That's it.' has no word to be compared by, and is the same where it is word for word.
        alike = one.statement.sentence.digest == other.statement.sentence.digest
        whole = 1.0 if alike else 0.0
        parts = Parts(whole, None, None, None)
    best, best_parts = 0.0, parts
    for index, clause in enumerate(one.clauses):
        for number, there in enumerate(other.clauses):
            # What both only add to something else is no news of either.
            if clause.acts and there.acts and (index in one.told or number in other.told):
                found, of = _alike(clause, there, None, meanings)
                if found > best:
                    best, best_parts = found, of
    best = (1 - _CONTEXT) * best + _CONTEXT * whole
    score, parts = (best, best_parts) if best > whole else (whole, parts)
    if _clash(one.statement, other.statement):
        score *= _CLASH
    return score, parts


def _alike(
    one: Unit, other: Unit, numbers: float | None, meanings: Mapping[str, tuple[int, ...]]
) -> tuple[float, Parts]:
    shared = _dot(one.words, other.words, meanings)
    words = shared / (one.lengths[0] * other.lengths[0]) if shared else 0.0
    verbs = entities = None
    if one.acts and other.acts:
        verbs = _dot(one.acts, other.acts, meanings) / (one.lengths[1] * other.lengths[1])
    same = 0.0
    if one.names and other.names:
        same = _dot(one.names, other.names, {})
        entities = same / (one.lengths[2] * other.lengths[2])
    parts = [(_WORDS, words), (_VERBS, verbs), (_ENTITIES, entities), (_NUMBERS, numbers)]
    known = [(weight, part) for weight, part in parts if part is not None]
    score = sum(weight * part for weight, part in known) / sum(weight for weight, _ in known)
    if words < _NEARLY_ALL:
        if not verbs:
            score *= _OTHER_VERBS
        score *= min(1.0, (shared + same / 2) / _ENOUGH)
    return score, Parts(
        round(min(1.0, words), 6), _rounded(verbs), _rounded(entities), _rounded(numbers)
    )


def _numbers(one: Sentence, other: Sentence) -> float | None:
    if not one.numbers or not other.numbers:
        return None
    common = len(frozenset(one.numbers) & frozenset(other.numbers))
    return 2 * common / (len(one.numbers) + len(other.numbers))


def _clash(one: Statement, other: Statement) -> bool:
    """Whether both count the same with other numbers, and no number is in both."""
    here, there = one.sentence, other.sentence
    if not here.numbers or not there.numbers or frozenset(here.numbers) & frozenset(there.numbers):
        return False
    return any(
        counted == noun or one.senses.related(counted, noun)
        for counted in here.counted
        for noun in there.counted
        if counted and noun
    )


def _dot(one: Vector, other: Vector, meanings: Mapping[str, tuple[int, ...]]) -> float:
    """The inner product of two vectors of words, in which two words that mean the same count as
    nearly the same word, each once."""
    equal = one.keys() & other.keys()
    near = _near(one, other, equal, meanings) if meanings else ()
    return fsum([*(one[lemma] * other[lemma] for lemma in equal), *near])


def _near(
    one: Vector, other: Vector, equal: Set[str], meanings: Mapping[str, tuple[int, ...]]
) -> Iterator[float]:
    """The products of words that mean the same, the largest first, each word once."""
    of: dict[int, list[str]] = {}
    for lemma in other.keys() - equal:
        for meaning in meanings.get(lemma, ()):
            of.setdefault(meaning, []).append(lemma)
    if not of:
        return
    pairs = {
        (-one[lemma] * other[there], min(lemma, there), max(lemma, there), lemma, there)
        for lemma in one.keys() - equal
        for meaning in meanings.get(lemma, ())
        for there in of.get(meaning, ())
    }
    taken: set[str] = set()
    for weight, _, _, lemma, there in sorted(pairs):
        # No word is of both vectors: those are equal.
        if lemma not in taken and there not in taken:
            taken |= {lemma, there}
            yield -weight * _MEANING


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(min(1.0, value), 6)
