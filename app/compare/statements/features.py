"""What speaks for it that two sentences report the same thing: a table, one row a pair.

Similarities are in 0..1. Words are weighed by their inverse document frequency among the compared
sentences (Spaerck Jones 1972). Vectors are sums of small whole numbers until the very end, so
that no order of adding changes a bit of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.compare.statements.sentences import Statement

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

# What each feature says. Their order is that of the table's columns.
FEATURES: Mapping[str, str] = {
    "containment": "share of the shorter one's weighted words that the other has",
    "rare": "words in common that few others of the two articles have: a word that only these two "
    "sentences have counts 1, one that two have here and three there 1/6; four at most",
    "meaning": "cosine of the sentence vectors, times the logarithm of the shorter one's length",
    "best": "of how many of the two sentences the other is the most alike in its article",
    "echo": "likeness by way of a third sentence, beside one of them, that repeats it",
    "lead": "how near both stand to the start of their articles",
    "distance": "how far apart their places in the two articles are",
    "title": "how alike both are to one of the two titles",
}
VECTOR_FEATURES = frozenset({"meaning"})
WORD_FEATURES = frozenset({"containment", "rare"})

_SIZE = 512  # bytes of a vector
_VECTORS = 0.5  # of a likeness, beside the words
# Pairs less alike than that are not weighed: of such pairs none in a hundred report one thing.
LEAST = 0.12
# The weights of words are those among so many sentences at least.
_FEW = 60
# A sentence of less weight than this is contained in another by chance.
_LIGHT = 12.0
_RARE = 4.0


class Table(NamedTuple):
    """The weighed pairs of two sides: `rows` and `columns` are places in the list of statements,
    `values` has a column for each of `FEATURES`, `likeness` (0..1.5) is what ranks them."""

    rows: Ints
    columns: Ints
    values: Floats
    likeness: Floats


class Weigher:
    """Weighs the sentences of the sides of one comparison; without `words` by their vectors and
    places alone."""

    def __init__(self, statements: Sequence[Statement], *, words: bool = True) -> None:
        # scipy takes a while to load, and most processes never compare.
        from scipy.sparse import csr_array

        self._sparse = csr_array
        self.statements = statements
        count = len(statements)
        self._article, self._first = _articles(statements)
        counted = Counter(stem for each in statements for stem in set(each.stems))
        total = max(count, _FEW)
        stems = {stem: number for number, stem in enumerate(counted)}
        occurring = np.fromiter(counted.values(), float, len(counted))
        weights = _at_least_one(np.log1p(total / occurring) * words)
        places = [[stems[stem] for stem in dict.fromkeys(each.stems)] for each in statements]
        self._have = self._incidence(places, len(stems))
        self._weights = weights
        self._mass = self._have @ weights
        self._rare = self._shares(len(stems))
        norm = np.sqrt(self._have @ weights**2)
        scale = np.divide(1.0, norm, out=np.zeros(count), where=norm > 0)
        self._words = self._have.multiply(weights[None, :]).multiply(scale[:, None]).tocsr()
        self._vectors, self._norms = _vectors(statements)
        self.has_vectors = bool(self._norms.all()) and count > 0
        self._length = np.log1p(np.fromiter((len(p) for p in places), float, count))
        self._place = np.fromiter((each.place for each in statements), float, count)
        last = np.zeros(len(self._first))
        np.maximum.at(last, self._article, self._place)
        self._depth = self._place / np.maximum(1.0, last[self._article])

    def table(self, one: slice, other: slice) -> Table:
        """The pairs of the statements in two ranges, each of one side, that are alike at all."""
        words = (self._words[one] @ self._words[other].T).toarray()
        meaning = self._meaning(one, other)
        likeness = words + _VECTORS * np.maximum(meaning, 0.0)
        near_rows, near_columns = np.nonzero(likeness >= LEAST)
        rows, columns = near_rows + one.start, near_columns + other.start
        near = likeness[near_rows, near_columns]
        shared = (self._have[one].multiply(self._weights[None, :]) @ self._have[other].T).toarray()
        length = np.minimum(self._length[rows], self._length[columns])
        rare = (self._rare[one] @ self._rare[other].T).toarray()[near_rows, near_columns]
        lighter = np.minimum(self._mass[rows], self._mass[columns])
        values = {
            "containment": shared[near_rows, near_columns] / np.maximum(_LIGHT, lighter),
            "rare": np.minimum(rare, _RARE),
            "meaning": meaning[near_rows, near_columns] * length,
            "best": self._best(likeness, one, other)[near_rows, near_columns],
            "echo": self._echo(likeness, one, other, rows, columns),
            "lead": 1 / np.sqrt((1 + self._place[rows]) * (1 + self._place[columns])),
            "distance": np.abs(self._depth[rows] - self._depth[columns]),
            "title": self._title(rows, columns),
        }
        return Table(rows, columns, np.stack([values[name] for name in FEATURES], axis=1), near)

    def _incidence(self, places: Sequence[Sequence[int]], width: int) -> Any:
        """A row a sentence, a column a word: 1 where the sentence has it."""
        ends = np.cumsum([0, *map(len, places)])
        columns = np.fromiter((place for each in places for place in each), np.int64, ends[-1])
        shape = (len(places), max(1, width))
        return self._sparse((np.ones(ends[-1]), columns, ends), shape=shape)

    def _shares(self, width: int) -> Any:
        """For each word of a sentence its share of all sentences of the article that have it."""
        shares = self._have.tocoo()
        key = self._article[shares.coords[0]] * max(1, width) + shares.coords[1]
        _, where, counts = np.unique(key, return_inverse=True, return_counts=True)
        return self._sparse((1.0 / counts[where], shares.coords), shape=shares.shape)

    def _meaning(self, one: slice, other: slice) -> Floats:
        # Products of whole numbers below 2**24: float32 holds each sum of them exactly.
        products = (self._vectors[one] @ self._vectors[other].T).astype(np.float64)
        norms = self._norms[one][:, None] * self._norms[other][None, :]
        return np.divide(products, norms, out=np.zeros_like(products), where=norms > 0)

    def _best(self, likeness: Floats, one: slice, other: slice) -> Floats:
        """Of how many of its two sentences each pair is the best within their articles."""
        of_rows = likeness >= _most(likeness, self._article[other])
        of_columns = (_most(likeness.T, self._article[one]) <= likeness.T).T
        return of_rows.astype(float) + of_columns

    def _echo(
        self, likeness: Floats, one: slice, other: slice, rows: Ints, columns: Ints
    ) -> Floats:
        """For each pair the likeness by way of a sentence that stands beside one of the two in its
        article: the lesser of the two likenesses, at its best."""
        echo = np.zeros(len(rows))
        for table, own, theirs, first in (
            (likeness, rows - one.start, columns, other.start),
            (likeness.T, columns - other.start, rows, one.start),
        ):
            for article in np.unique(self._article[theirs]):
                start, end = self._range(article)
                within = self.within(slice(start, end))
                (pairs,) = np.nonzero(self._article[theirs] == article)
                across = table[own[pairs], start - first : end - first]
                beside = within[:, theirs[pairs] - start].T
                by_way = np.minimum(across, beside).max(axis=1, initial=0.0)
                echo[pairs] = np.maximum(echo[pairs], by_way)
        return echo

    @property
    def articles(self) -> list[slice]:
        """The range of the sentences of each article."""
        return [slice(*self._range(article)) for article in range(len(self._first))]

    def _range(self, article: int) -> tuple[int, int]:
        start = int(self._first[article])
        after = article + 1 < len(self._first)
        return start, int(self._first[article + 1]) if after else len(self.statements)

    def within(self, own: slice) -> Floats:
        """How alike the sentences of one article are to each other, and none to itself."""
        found: Floats = (self._words[own] @ self._words[own].T).toarray()
        found = found + _VECTORS * np.maximum(self._meaning(own, own), 0.0)
        np.fill_diagonal(found, 0.0)
        return found

    def _title(self, rows: Ints, columns: Ints) -> Floats:
        """How alike both sentences of a pair are to one of the titles of their articles (the first
        sentence, where there is none)."""
        firsts = self._first
        if self.has_vectors:
            products = (self._vectors @ self._vectors[firsts].T).astype(np.float64)
            alike = products / (self._norms[:, None] * self._norms[firsts][None, :])
        else:
            alike = (self._words @ self._words[firsts].T).toarray()
        here, there = self._article[rows], self._article[columns]
        return np.minimum(
            np.maximum(alike[rows, here], alike[rows, there]),
            np.maximum(alike[columns, here], alike[columns, there]),
        )


def _at_least_one(weights: Floats) -> Floats:
    """The weights, or a 0 where there are none: a table has one column at least."""
    return weights if len(weights) else np.zeros(1)


def _articles(statements: Sequence[Statement]) -> tuple[Ints, Ints]:
    """The number of each statement's article, and where each article starts among them."""
    numbers: list[int] = []
    starts: list[int] = []
    for place, each in enumerate(statements):
        if not place or each.article is not statements[place - 1].article:
            starts.append(place)
        numbers.append(len(starts) - 1)
    return np.array(numbers, np.int64), np.array(starts, np.int64)


def _vectors(statements: Sequence[Statement]) -> tuple[NDArray[np.float32], Floats]:
    """The vectors as rows of whole numbers, and their lengths; zeros where there are none."""
    vectors = np.zeros((len(statements), _SIZE), np.float32)
    for row, each in enumerate(statements):
        if each.article.vectors:
            at = each.place * _SIZE
            vectors[row] = np.frombuffer(each.article.vectors, np.int8, _SIZE, at)
    return vectors, np.sqrt((vectors.astype(np.float64) ** 2).sum(axis=1))


def _most(table: Floats, articles: Ints) -> Floats:
    """For each value of a table the largest in its row among the columns of its article."""
    if not table.size:
        return table
    starts = np.flatnonzero(np.diff(articles, prepend=articles[0] - 1))
    widths = np.diff(np.append(starts, len(articles)))
    return np.repeat(np.maximum.reduceat(table, starts, axis=1), widths, axis=1)
