"""What speaks for it that two sentences report the same thing: a table, one row a pair.

Similarities are in 0..1. Words are weighed by their inverse document frequency among the compared
sentences (Spaerck Jones 1972). Vectors are sums of small whole numbers until the very end, so
that no order of adding changes a bit of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
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
    "sentences have counts 1, one that two have here and three there 1/6, one of a name a quarter "
    "of that; four at most",
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
# What the share of a word of a name counts in each of the two sentences.
_OF_NAMES = 0.5
# Pairs of sentences that are looked at together: 8 MB a table.
_CELLS = 1_000_000


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
        self.articles = _articles(statements)
        sizes = [each.stop - each.start for each in self.articles]
        # Of each sentence the number of its article, and of each article its first sentence.
        self.article: Ints = np.repeat(np.arange(len(sizes)), sizes)
        self._first: Ints = np.array([each.start for each in self.articles], np.int64)
        # Each once and in order, so that all sums are made in one order whatever the process.
        stems_of = [list(dict.fromkeys(each.stems)) for each in statements]
        counted = Counter(chain.from_iterable(stems_of))
        total = max(len(statements), _FEW)
        stems = {stem: number for number, stem in enumerate(counted)}
        occurring = np.fromiter(counted.values(), float, len(counted))
        weights = _at_least_one(np.log1p(total / occurring) * words)
        places = [[stems[stem] for stem in each] for each in stems_of]
        self._have = self._incidence(places, len(stems))
        self._weighted = self._have.multiply(weights[None, :]).tocsr()
        self._mass = self._have @ weights
        of_names = [
            stem in named
            for each, own in zip(statements, stems_of, strict=True)
            for named in [each.named]
            for stem in own
        ]
        self._rare = self._shares(len(stems), np.array(of_names, bool))
        norm = np.sqrt(self._have @ weights**2)
        scale = np.divide(1.0, norm, out=np.zeros(len(statements)), where=norm > 0)
        self._words = self._weighted.multiply(scale[:, None]).tocsr()
        self._vectors, self._norms = _vectors(statements)
        self.has_vectors = bool(self._norms.all()) and bool(statements)
        self._length = np.log1p(np.fromiter(map(len, places), float))
        self._place = np.fromiter((each.place for each in statements), float)
        last = np.array([self._place[each.stop - 1] for each in self.articles], float)
        self._depth = self._place / np.maximum(1.0, last[self.article])
        self._to_own = self._to_own_title()
        self._beside: dict[int, Floats] = {}

    def tables(self, one: slice, other: slice, cells: int = _CELLS) -> Iterator[Table]:
        """The pairs of two sides, some whole articles of the first at a time, `cells` pairs or one
        article: so what is held at once grows with the sentences, not with their pairs."""
        most = cells // max(1, other.stop - other.start)
        start = end = one.start
        for each in self._of(one):
            if each.stop - start > most and end > start:
                yield self.table(slice(start, end), other)
                start = end
            end = each.stop
        if end > start:
            yield self.table(slice(start, end), other)

    def table(self, one: slice, other: slice) -> Table:
        """The pairs that are alike at all of the sentences in two ranges: of whole articles, each
        of one side."""
        words = (self._words[one] @ self._words[other].T).toarray()
        meaning = self._meaning(one, other)
        likeness = words + _VECTORS * np.maximum(meaning, 0.0)
        near_rows, near_columns = np.nonzero(likeness >= LEAST)
        rows, columns = near_rows + one.start, near_columns + other.start
        near = likeness[near_rows, near_columns]
        shared = (self._weighted[one] @ self._have[other].T).toarray()[near_rows, near_columns]
        rare = (self._rare[one] @ self._rare[other].T).toarray()[near_rows, near_columns]
        lighter = np.minimum(self._mass[rows], self._mass[columns])
        length = np.minimum(self._length[rows], self._length[columns])
        values = {
            "containment": shared / np.maximum(_LIGHT, lighter),
            "rare": np.minimum(rare, _RARE),
            "meaning": meaning[near_rows, near_columns] * length,
            "best": self._best(likeness, one, other)[near_rows, near_columns],
            "echo": np.maximum(
                self._echo(likeness, near_rows, columns, other),
                self._echo(likeness.T, near_columns, rows, one),
            ),
            "lead": 1 / np.sqrt((1 + self._place[rows]) * (1 + self._place[columns])),
            "distance": np.abs(self._depth[rows] - self._depth[columns]),
            "title": self._title(one, other, rows, columns),
        }
        return Table(rows, columns, np.stack([values[name] for name in FEATURES], axis=1), near)

    def within(self, own: slice) -> Floats:
        """How alike the sentences of one article are to each other, and none to itself."""
        found: Floats = (self._words[own] @ self._words[own].T).toarray()
        found = found + _VECTORS * np.maximum(self._meaning(own, own), 0.0)
        np.fill_diagonal(found, 0.0)
        return found

    def _of(self, range_: slice) -> Sequence[slice]:
        """The articles in a range of sentences."""
        if range_.stop <= range_.start:
            return []
        return self.articles[self.article[range_.start] : self.article[range_.stop - 1] + 1]

    def _incidence(self, places: Sequence[Sequence[int]], width: int) -> Any:
        """A row a sentence, a column a word: 1 where the sentence has it."""
        ends = np.cumsum([0, *map(len, places)])
        columns = np.fromiter((place for each in places for place in each), np.int64, ends[-1])
        shape = (len(places), max(1, width))
        return self._sparse((np.ones(ends[-1]), columns, ends), shape=shape)

    def _shares(self, width: int, of_names: NDArray[np.bool_]) -> Any:
        """For each word of a sentence its share of all sentences of the article that have it, half
        of that for one of a name: whom both name they need not tell the same of."""
        shares = self._have.tocoo()
        key = self.article[shares.coords[0]] * max(1, width) + shares.coords[1]
        _, where, counts = np.unique(key, return_inverse=True, return_counts=True)
        weight = np.where(of_names, _OF_NAMES, 1.0)
        return self._sparse((weight / counts[where], shares.coords), shape=shares.shape)

    def _meaning(self, one: slice | Ints, other: slice | Ints) -> Floats:
        # Products of whole numbers below 2**24: float32 holds each sum of them exactly.
        products = (self._vectors[one] @ self._vectors[other].T).astype(np.float64)
        norms = self._norms[one][:, None] * self._norms[other][None, :]
        return np.divide(products, norms, out=np.zeros_like(products), where=norms > 0)

    def _best(self, likeness: Floats, one: slice, other: slice) -> Floats:
        """Of how many of its two sentences each pair is the best within their articles."""
        of_rows = likeness >= _most(likeness, self.article[other])
        of_columns = (_most(likeness.T, self.article[one]) <= likeness.T).T
        return of_rows.astype(float) + of_columns

    def _echo(self, likeness: Floats, own: Ints, theirs: Ints, side: slice) -> Floats:
        """For each pair (a row of the likenesses, and a sentence of the other side, whose range is
        that of the columns) the likeness by way of a third sentence, of the article of the second:
        the lesser of the two likenesses, at its best."""
        echo = np.zeros(len(own))
        of = self.article[theirs]
        order = np.argsort(of, kind="stable")
        numbers, starts = np.unique(of[order], return_index=True)
        for number, pairs in zip(numbers.tolist(), np.split(order, starts[1:]), strict=False):
            article = self.articles[number]
            if number not in self._beside:
                self._beside[number] = np.ascontiguousarray(self.within(article).T)
            across = likeness[own[pairs], article.start - side.start : article.stop - side.start]
            beside = self._beside[number][theirs[pairs] - article.start]
            echo[pairs] = np.minimum(across, beside).max(axis=1, initial=0.0)
        return echo

    def _title(self, one: slice, other: slice, rows: Ints, columns: Ints) -> Floats:
        """How alike both sentences of a pair are to one of the titles of their articles (the first
        sentence, where there is none)."""
        here, there = self.article[rows], self.article[columns]
        of_rows = self._to_titles(one, other)[rows - one.start, there - self.article[other.start]]
        of_columns = self._to_titles(other, one)[
            columns - other.start, here - self.article[one.start]
        ]
        of_rows = np.maximum(of_rows, self._to_own[rows])
        of_columns = np.maximum(of_columns, self._to_own[columns])
        least: Floats = np.minimum(of_rows, of_columns)
        return least

    def _to_titles(self, of: slice, other: slice) -> Floats:
        """How alike sentences are to the titles of the articles in another range."""
        firsts = np.unique(self._first[self.article[other]])
        if self.has_vectors:
            return self._meaning(of, firsts)
        found: Floats = (self._words[of] @ self._words[firsts].T).toarray()
        return found

    def _to_own_title(self) -> Floats:
        """How alike each sentence is to the title of its article."""
        firsts = self._first[self.article]
        if self.has_vectors:
            products = (self._vectors * self._vectors[firsts]).sum(axis=1, dtype=np.float64)
            found: Floats = products / (self._norms * self._norms[firsts])
        else:
            found = self._words.multiply(self._words[firsts]).sum(axis=1)
        return found


def _at_least_one(weights: Floats) -> Floats:
    """The weights, or a 0 where there are none: a table has one column at least."""
    return weights if len(weights) else np.zeros(1)


def _articles(statements: Sequence[Statement]) -> list[slice]:
    """The range of the sentences of each article."""
    starts = [
        place
        for place, each in enumerate(statements)
        if not place or each.article is not statements[place - 1].article
    ]
    return [slice(*ends) for ends in pairwise([*starts, len(statements)])]


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
