"""The sentences in which words stand that another side has too, verbatim or as a quote: what
`reuse` and `quotes` show as shared is nobody's alone."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from app.compare import passages
from app.compare.statements.sentences import Statement
from app.domain.comparison import Side, Spot
from app.domain.names import fold
from app.domain.sections.quotes import SameQuote
from app.domain.text import Span

type Numbers = NDArray[np.int64]

_WORD = re.compile(r"\w+")


def taken(
    sides: Sequence[Side],
    statements: Sequence[Statement],
    places: Iterable[int],
    texts: Mapping[int, str],
    same: Iterable[SameQuote],
) -> set[int]:
    """Those of the statements at these places of which another side has half of the words or more,
    or as many in a row as make a passage: in its own text, or in a quote that both sides give."""
    spans = _shared_words(sides, texts)
    for quote in same:
        for spot, wording in zip(quote.sides.values(), _wordings(quote), strict=True):
            spans[spot.article] += _kept(spot, wording)
    return {place for place in places if _taken(statements[place], spans)}


def _taken(statement: Statement, spans: Mapping[int, Sequence[Span]]) -> bool:
    at = statement.sentence
    near = [
        each
        for each in spans.get(statement.article.article, ())
        if each.start < at.end and at.start < each.end
    ]
    if not near:
        return False
    words = [at.start + each.start() for each in _WORD.finditer(statement.text)]
    shared = sum(any(each.start <= word < each.end for each in near) for word in words)
    return shared >= min(passages.LEAST, len(words) / 2)


def _wordings(quote: SameQuote) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The words of either wording, each with whether the other one has it too."""
    first: list[tuple[str, bool]] = []
    second: list[tuple[str, bool]] = []
    for part in quote.diff:
        for words, wording in ((part.before, first), (part.after, second)):
            wording += [(word, part.step == "equal") for word in _WORD.findall(words)]
    return first, second


def _kept(spot: Spot, wording: Iterable[tuple[str, bool]]) -> Iterator[Span]:
    """Where the words stand that both wordings have, in the place of one of them in its text; that
    may have other words between the parts of the quote."""
    waiting = deque(wording)
    for found in _WORD.finditer(spot.text):
        if waiting and found.group() == waiting[0][0]:
            _, kept = waiting.popleft()
            if kept:
                yield Span(spot.start + found.start(), spot.start + found.end())


def _shared_words(sides: Sequence[Side], texts: Mapping[int, str]) -> defaultdict[int, list[Span]]:
    """Where the words stand, by article, that are as many in a row in an article of another
    side."""
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    articles = [(number, each) for number, side in enumerate(sides) for each in side.articles]
    words = [_WORD.findall(texts[each.article], each.body_start) for _, each in articles]
    sizes = [len(each) for each in words]
    side = np.repeat(np.array([number for number, _ in articles], np.int64), sizes)
    article = np.repeat(np.arange(len(articles)), sizes)
    runs = _runs(_keys(list(chain.from_iterable(words))), passages.LEAST)
    last = passages.LEAST - 1
    # A run that goes on into the next article is none.
    (whole,) = np.nonzero(article[: len(runs)] == article[last:])
    held = np.unique(runs[whole] * len(sides) + side[whole]) // len(sides)
    shared = np.bincount(held, minlength=len(runs)) > 1
    found = whole[shared[runs[whole]]]
    before = np.concatenate([[0], np.cumsum(sizes)])
    for number in np.unique(article[found]).tolist():
        each = articles[number][1]
        at = [match.span() for match in _WORD.finditer(texts[each.article], each.body_start)]
        for start in (found[article[found] == number] - before[number]).tolist():
            spans[each.article].append(Span(at[start][0], at[start + last][1]))
    return spans


def _keys(words: Sequence[str]) -> Numbers:
    """Words as numbers, equal for those that are the same but for case and accents."""
    keys: dict[str, int] = {}
    numbers = {word: keys.setdefault(fold(word), len(keys)) for word in dict.fromkeys(words)}
    return np.fromiter(map(numbers.__getitem__, words), np.int64, len(words))


def _runs(keys: Numbers, size: int) -> Numbers:
    """For each place the number of the run of so many keys that starts there, equal for equal
    runs: by doubling (Karp, Miller & Rosenberg 1972), in n log n whatever the size."""
    runs, length = keys, 1
    while length < size:
        step = min(length, size - length)
        pairs = runs[:-step] * (runs.max(initial=0) + 1) + runs[step:]
        _, runs = np.unique(pairs, return_inverse=True)
        length += step
    return runs
