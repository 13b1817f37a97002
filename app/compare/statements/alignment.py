"""Which sentences of the sides report the same thing, which tell it differently, and what each is
nearest to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import NamedTuple

import numpy as np

from app.compare.statements.denials import denials
from app.compare.statements.differences import (
    Found,
    Reading,
    differences,
    incompatible,
)
from app.compare.statements.facts import Pair
from app.compare.statements.features import Floats, Ints, Table, Weigher
from app.compare.statements.model import MODEL, Model, Setting
from app.compare.statements.sentences import Statement

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


def align(statements: Sequence[Statement], model: Model = MODEL) -> Alignment:
    """The sentences of all sides, in the order of the sides, set against each other."""
    found = Alignment(
        statements, nearest=[{} for _ in statements], expected=[{} for _ in statements]
    )
    readings = _Readings(statements)
    weigher = Weigher(statements)
    ranges = _sides(statements)
    for one, other in combinations(ranges, 2):
        table = weigher.table(one, other)
        settings = _settings(statements, table, with_vectors=weigher.has_vectors)
        chances = np.zeros(len(table.rows))
        for setting, rows in settings.items():
            chances[rows] = model.probable(table.values[rows], setting)
        chances = _identical(statements, one, other, table, chances)
        _nearest(found, table, chances)
        _judge(found, readings, table, chances, settings, model)
    _deny(found, readings, weigher)
    return found


class _Readings:
    """Readings of the sentences, each made once it is asked for."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._made: dict[int, Reading] = {}

    def __getitem__(self, place: int) -> Reading:
        if place not in self._made:
            self._made[place] = Reading(self._statements[place])
        return self._made[place]


def _sides(statements: Sequence[Statement]) -> list[slice]:
    ranges, start = [], 0
    for _, of_side in groupby(statements, key=lambda each: each.side):
        end = start + sum(1 for _ in of_side)
        ranges.append(slice(start, end))
        start = end
    return ranges


def _settings(
    statements: Sequence[Statement], table: Table, *, with_vectors: bool
) -> Mapping[Setting, Ints]:
    """Which rows of a table are to be weighed with which weights; those of two languages not at
    all where there are no vectors."""
    languages = [each.article.language for each in statements]
    together = np.array(
        [
            languages[row] == languages[column]
            for row, column in zip(table.rows, table.columns, strict=True)
        ],
        bool,
    )
    if with_vectors:
        return {"words and vectors": np.flatnonzero(together), "vectors": np.flatnonzero(~together)}
    return {"words": np.flatnonzero(together)}


def _identical(
    statements: Sequence[Statement], one: slice, other: slice, table: Table, chances: Floats
) -> Floats:
    """The probabilities, 1 for the same words, and less for a sentence whose words the article of
    the other one has at another place: two sentences of one article rarely tell one thing."""
    digests = [each.sentence.digest for each in statements]
    held = {(each.article.article, each.sentence.digest) for each in statements}
    same = np.zeros(len(chances), bool)
    elsewhere = np.zeros(len(chances), bool)
    for place, (row, column) in enumerate(zip(table.rows, table.columns, strict=True)):
        same[place] = digests[row] == digests[column]
        here, there = statements[row].article.article, statements[column].article.article
        elsewhere[place] = (here, digests[column]) in held or (there, digests[row]) in held
    odds = chances / np.maximum(1e-12, 1 - chances)
    unlikely = odds * _ELSEWHERE / (1 + odds * _ELSEWHERE)
    found: Floats = np.where(same, 1.0, np.where(elsewhere, unlikely, chances))
    return found


def _nearest(found: Alignment, table: Table, chances: Floats) -> None:
    """Notes for each sentence the most probable partner on the other side, and how many partners
    are to be expected there."""
    sides = [each.side for each in found.statements]
    # The first of equals wins, so the largest come last.
    for place in np.lexsort((-table.columns, -table.rows, table.likeness, chances)):
        row, column = int(table.rows[place]), int(table.columns[place])
        chance = float(chances[place])
        found.nearest[row][sides[column]] = Near(chance, column)
        found.nearest[column][sides[row]] = Near(chance, row)
        for here, there in ((row, sides[column]), (column, sides[row])):
            expected = found.expected[here]
            expected[there] = expected.get(there, 0.0) + chance


def _judge(
    found: Alignment,
    readings: _Readings,
    table: Table,
    chances: Floats,
    settings: Mapping[Setting, Ints],
    model: Model,
) -> None:
    """Sorts the pairs of a table into those that report the same, those that tell it differently,
    and all others."""
    setting_of = {int(row): setting for setting, rows in settings.items() for row in rows}
    sides = [each.side for each in found.statements]
    for place in map(int, np.flatnonzero(chances >= _MAYBE)):
        pair = row, column = int(table.rows[place]), int(table.columns[place])
        chance = float(chances[place])
        mutual = (
            found.nearest[row][sides[column]].statement == column
            and found.nearest[column][sides[row]].statement == row
        )
        sure = chance >= model.sure or (mutual and chance >= model.even)
        one, other = readings[row], readings[column]
        if chance == 1.0:
            found.same[pair] = chance
        elif incompatible(one, other):
            continue
        elif what := differences(one, other, sure=sure):
            found.differing[pair] = chance, what
        elif sure:
            found.same[pair] = chance
        else:
            continue
        found.explained[pair] = (table.values[place], setting_of[place])


def _deny(found: Alignment, readings: _Readings, weigher: Weigher) -> None:
    """Adds the denials of what other sides report to what is told differently."""
    for each in denials(readings, weigher.articles, weigher.within, found.same):
        if each.pair not in found.same and each.pair not in found.differing:
            found.differing[each.pair] = found.same[each.by], [each.found]
            found.explained[each.pair] = found.explained[each.by]
