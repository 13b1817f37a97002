"""How alike two sentences are: whole, or by their most alike clauses."""

from collections.abc import Iterator, Set
from math import fsum
from typing import NamedTuple

from app.compare.reading import MEANING, Bag, Reading, Statement, Unit
from app.domain.statement import Sentence

# What the parts of a similarity weigh, where both have them. Ours, tuned on paraphrases.
_WORDS, _VERBS, _ENTITIES, _NUMBERS = 0.45, 0.25, 0.2, 0.1
# What is left of a similarity where no verb is shared: the same people and things, but other news.
_OTHER_VERBS, _NEARLY_ALL = 0.7, 0.9
# What is left where the one counts other numbers of the same than the other.
_CLASH = 0.6
# What the whole sentences weigh beside their most alike clauses.
_CONTEXT = 0.3
# Sums of floats are trusted to so much.
_ROUNDING = 1e-9
# Two clauses that share less than this weight may do so by chance.
_ENOUGH = 20.0


class Alike(NamedTuple):
    """How alike two sentences or clauses are, 0..1, and the parts of that; `plain` is the same
    without the discount for what they may share by chance."""

    score: float
    plain: float
    words: float
    verbs: float | None = None
    entities: float | None = None
    numbers: float | None = None


def similarity(one: Reading, other: Reading, least: float = 0.0) -> Alike:
    """How alike two sentences are, 0..1, with the parts of the whole sentences, or of the two
    clauses that are most alike, where these say more. Below `least` it is not looked at any closer,
    and may be less than that."""
    numbers = _numbers(one.statement.sentence, other.statement.sentence)
    found = _alike(one.whole, other.whole, numbers)
    if not one.whole.words and not other.whole.words:
        # 'That's it.' has no word to be compared by, and is the same where it is word for word.
        same = float(one.statement.sentence.digest == other.statement.sentence.digest)
        found = Alike(same, same, same)
    if not found.words:
        return found
    whole = found
    # What a clause has to reach so that it says more than the whole, and enough.
    best = (max(least, whole.score) - _CONTEXT * whole.score) / (1 - _CONTEXT) - _ROUNDING
    mine, theirs = one.whole.words.common(other.whole.words)
    near = list(other.happenings(theirs))
    for index, clause in one.happenings(mine) if near else ():
        for number, there in near:
            # What both only add to something else is no news of either.
            if index in one.told or number in other.told:
                alike = _alike(clause, there, None, best)
                score = (1 - _CONTEXT) * alike.score + _CONTEXT * whole.score
                if alike.score > best and score > whole.score:
                    best = alike.score
                    plain = (1 - _CONTEXT) * alike.plain + _CONTEXT * whole.plain
                    found = alike._replace(score=score, plain=plain)
    if found.score >= least and _clash(one.statement, other.statement):
        found = found._replace(score=found.score * _CLASH, plain=found.plain * _CLASH)
    return found


def _alike(one: Unit, other: Unit, numbers: float | None, least: float = 0.0) -> Alike:
    """How alike two units are; only their words where that cannot be more than `least`."""
    shared = _dot(one.words, other.words)
    words = shared / (one.words.length * other.words.length) if shared else 0.0
    acts, names = bool(one.acts and other.acts), bool(one.names and other.names)
    known = _WORDS + _VERBS * acts + _ENTITIES * names + _NUMBERS * (numbers is not None)
    if known - _WORDS * (1 - words) <= least * known:
        return Alike(0.0, 0.0, words)
    if least and words < _NEARLY_ALL:
        most = shared + one.names.length * other.names.length / 2
        if most <= least * _ENOUGH:
            return Alike(0.0, 0.0, words)
    score = _WORDS * words
    verbs = entities = None
    if acts:
        verbs = _dot(one.acts, other.acts) / (one.acts.length * other.acts.length)
        score += _VERBS * verbs
    same = 0.0
    if names:
        same = _dot(one.names, other.names)
        entities = same / (one.names.length * other.names.length)
        score += _ENTITIES * entities
    if numbers is not None:
        score += _NUMBERS * numbers
    score /= known
    if words < _NEARLY_ALL and not verbs:
        score *= _OTHER_VERBS
    plain = score
    if words < _NEARLY_ALL:
        score *= min(1.0, (shared + same / 2) / _ENOUGH)
    return Alike(score, plain, words, verbs, entities, numbers)


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


def _dot(one: Bag, other: Bag) -> float:
    """The inner product of two bags of words, in which two words that mean the same count as nearly
    the same word, each once."""
    if len(one.weights) > len(other.weights):
        one, other = other, one
    there = other.weights
    products = [weight * there[lemma] for lemma, weight in one.weights.items() if lemma in there]
    meanings = one.meant.keys() & other.meant.keys()
    if meanings:
        products += _near(one, other, meanings)
    return fsum(products)


def _near(one: Bag, other: Bag, meanings: Set[int]) -> Iterator[float]:
    """The products of words that mean the same, the largest first, each word once."""
    here, there = one.weights, other.weights
    pairs = {
        (-here[lemma] * there[word], min(lemma, word), max(lemma, word), lemma, word)
        for meaning in meanings
        for lemma in one.meant[meaning]
        if lemma not in there
        for word in other.meant[meaning]
        if word not in here
    }
    taken: set[str] = set()
    for weight, _, _, lemma, word in sorted(pairs):
        # No word is of both bags: those are equal.
        if lemma not in taken and word not in taken:
            taken |= {lemma, word}
            yield -weight * MEANING
