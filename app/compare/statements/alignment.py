"""Which sentences of the sides report the same thing, which tell it differently, and what each is
nearest to."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import NamedTuple

import numpy as np

from app.compare.statements.denials import denials
from app.compare.statements.differences import Found, differences, incompatible
from app.compare.statements.facts import Pair
from app.compare.statements.features import Floats, Ints, Table, Weigher
from app.compare.statements.model import MODEL, Model, Setting
from app.compare.statements.reading import Readings
from app.compare.statements.sentences import Statement
from app.domain import deadline

# From this probability on a pair that is not sure to report one thing is asked whether it tells one
# thing differently.
_MAYBE = 0.35
# What is left of the odds for two sentences whose words stand in one article.
_ELSEWHERE = 0.1


class Near(NamedTuple):
    """A sentence of another side, and the probability that it reports the same."""

    probability: float
    statement: int


@dataclass(slots=True)
class Alignment:
    """What is known of the sentences of a comparison, by their places in `statements`.

    `same` are the pairs that report one thing, with their probability; `differing` those that are
    about one thing and tell it differently. `nearest` has for each sentence what comes nearest on
    each other side, `expected` how many sentences there are to be expected to report the same;
    `explained` the features of each pair that is in `same` or `differing`."""

    statements: Sequence[Statement]
    same: dict[Pair, float] = field(default_factory=dict)
    differing: dict[Pair, tuple[float, list[Found]]] = field(default_factory=dict)
    nearest: list[dict[int, Near]] = field(default_factory=list)
    expected: list[dict[int, float]] = field(default_factory=list)
    explained: dict[Pair, tuple[Floats, Setting]] = field(default_factory=dict)

    def probability(self, pair: Pair) -> float:
        """The probability that a pair of `same` or `differing` reports one thing."""
        if pair in self.same:
            return self.same[pair]
        probability, _ = self.differing[pair]
        return probability


class _Scored(NamedTuple):
    """Pairs of a table with their probabilities."""

    rows: Ints
    columns: Ints
    values: Floats
    likeness: Floats
    chances: Floats


def align(statements: Sequence[Statement], model: Model = MODEL) -> Alignment:
    """The sentences of all sides, in the order of the sides, set against each other."""
    found = Alignment(
        statements, nearest=[{} for _ in statements], expected=[{} for _ in statements]
    )
    readings = Readings(statements)
    weigher = Weigher(statements)
    chances = _Chances(statements, weigher, model)
    for one, other in combinations(_sides(statements), 2):
        telling = []
        expected = np.zeros(len(statements))
        for table in weigher.tables(one, other):
            deadline.check()
            scored = _Scored(*table, chances.of(table))
            for places in (table.rows, table.columns):
                expected += np.bincount(places, scored.chances, len(statements))
            telling.append(_telling(scored, len(statements)))
        pairs = _Scored(*map(np.concatenate, zip(*telling, strict=True)))
        _note_partners(found, pairs, expected)
        _judge(found, readings, pairs, chances, model)
    _deny(found, readings, weigher)
    return found


def _telling(pairs: _Scored, statements: int) -> _Scored:
    """The pairs that may be of one thing, and the best of each sentence."""
    chosen = pairs.chances >= _MAYBE
    for of in (pairs.rows, pairs.columns):
        chosen[_best(of, pairs, statements)] = True
    return _Scored(
        pairs.rows[chosen],
        pairs.columns[chosen],
        pairs.values[chosen],
        pairs.likeness[chosen],
        pairs.chances[chosen],
    )


def _best(of: Ints, pairs: _Scored, statements: int) -> Ints:
    """Where among the pairs the most probable of each sentence stands, of equally probable ones
    the most alike, and of those the first. `of` names the sentence of each pair."""
    places = np.arange(len(of))
    for column in (pairs.chances, pairs.likeness):
        most = np.full(statements, -1.0)
        np.maximum.at(most, of[places], column[places])
        places = places[column[places] == most[of[places]]]
    _, first = np.unique(of[places], return_index=True)
    return places[first]


class _Chances:
    """How probable pairs of sentences are to report one thing."""

    def __init__(self, statements: Sequence[Statement], weigher: Weigher, model: Model) -> None:
        self._probable = model.probable
        self._with_vectors = weigher.has_vectors
        self._language = _numbered(each.article.language for each in statements)
        self._article = weigher.article
        self._words = _numbered(each.sentence.digest for each in statements)
        self._kinds = int(self._words.max(initial=0)) + 1
        # Which words stand in which article.
        self._held = np.unique(self._article * self._kinds + self._words)
        self._repeated = np.bincount(self._words)[self._words] > 1

    def of(self, table: Table) -> Floats:
        """The probabilities (0..1): 1 for the same words, and less for a sentence whose words the
        article of the other one has at another place, for two sentences of one article rarely tell
        one thing; 0 for two languages where there are no vectors."""
        chances = np.zeros(len(table.rows))
        together = self._language[table.rows] == self._language[table.columns]
        for setting, of in (
            (self._setting(together=True), together),
            (self._setting(together=False), ~together),
        ):
            if setting is not None and of.any():
                chances[of] = self._probable(table.values[of], setting)
        elsewhere = self._elsewhere(table.rows, table.columns)
        odds = chances[elsewhere] / np.maximum(1e-12, 1 - chances[elsewhere]) * _ELSEWHERE
        chances[elsewhere] = odds / (1 + odds)
        chances[self._words[table.rows] == self._words[table.columns]] = 1.0
        return chances

    def setting(self, row: int, column: int) -> Setting:
        """With which weights a pair is weighed."""
        together = bool(self._language[row] == self._language[column])
        return self._setting(together=together) or "words"

    def _setting(self, *, together: bool) -> Setting | None:
        if self._with_vectors:
            return "words and vectors" if together else "vectors"
        return "words" if together else None

    def _elsewhere(self, rows: Ints, columns: Ints) -> Ints:
        """Which pairs have a sentence whose words the article of the other one has too."""
        (pairs,) = np.nonzero(self._repeated[rows] | self._repeated[columns])
        held = np.zeros(len(pairs), bool)
        for one, other in ((rows[pairs], columns[pairs]), (columns[pairs], rows[pairs])):
            held |= np.isin(self._article[one] * self._kinds + self._words[other], self._held)
        return pairs[held]


def _numbered(values: Iterable[Hashable]) -> Ints:
    """Equal values as equal numbers, from 0 in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(each, len(numbers)) for each in values], np.int64)


def _sides(statements: Sequence[Statement]) -> list[slice]:
    ranges, start = [], 0
    for _, of_side in groupby(statements, key=lambda each: each.side):
        end = start + sum(1 for _ in of_side)
        ranges.append(slice(start, end))
        start = end
    return ranges


def _note_partners(found: Alignment, pairs: _Scored, expected: Floats) -> None:
    """Notes for each sentence the most probable partner on the other side, and how many partners
    are to be expected there."""
    sides = [each.side for each in found.statements]
    for of, partners in ((pairs.rows, pairs.columns), (pairs.columns, pairs.rows)):
        for best in _best(of, pairs, len(sides)):
            place, partner = int(of[best]), int(partners[best])
            found.nearest[place][sides[partner]] = Near(float(pairs.chances[best]), partner)
            found.expected[place][sides[partner]] = float(expected[place])


def _judge(
    found: Alignment, readings: Readings, pairs: _Scored, chances: _Chances, model: Model
) -> None:
    """Sorts pairs into those that report the same, those that tell it differently, and others."""
    sides = [each.side for each in found.statements]
    for place in map(int, np.flatnonzero(pairs.chances >= _MAYBE)):
        deadline.check()
        pair = row, column = int(pairs.rows[place]), int(pairs.columns[place])
        chance = float(pairs.chances[place])
        mutual = (
            found.nearest[row][sides[column]].statement == column
            and found.nearest[column][sides[row]].statement == row
        )
        sure = chance >= model.sure or (mutual and chance >= model.even)
        what: list[Found] = []
        if chance < 1.0:
            one, other = readings[row], readings[column]
            what = differences(one, other, sure=sure)
            if not (sure or what) or incompatible(one, other):
                continue
        if what:
            found.differing[pair] = chance, what
        else:
            found.same[pair] = chance
        found.explained[pair] = (pairs.values[place], chances.setting(row, column))


def _deny(found: Alignment, readings: Readings, weigher: Weigher) -> None:
    """Adds the denials of what other sides report to what is told differently, but for those that
    the other side tells in the same words."""
    sides = [each.side for each in found.statements]
    told = {
        (one, sides[other])
        for pair, chance in found.same.items()
        if chance == 1.0
        for one, other in (pair, pair[::-1])
    }
    denied: set[Pair] = set()
    for each in denials(readings, weigher.articles, weigher.within, found.same):
        (denying,), (claim,) = set(each.pair) - set(each.by), set(each.pair) & set(each.by)
        if each.pair not in found.differing and (denying, sides[claim]) not in told:
            denied.add(each.pair)
            found.differing[each.pair] = found.same[each.by], [each.found]
            found.explained[each.pair] = found.explained[each.by]
    for pair in denied:
        found.same.pop(pair, None)
