"""The sentences in which words stand that another side has too, verbatim or as a quote: what
`reuse` and `quotes` show as shared is nobody's alone."""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from app.compare import passages
from app.compare.statements.sentences import Statement
from app.domain.comparison import Side, Spot
from app.domain.names import fold
from app.domain.sections.quotes import SameQuote

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
    shared = _shared_words(sides, texts)
    for quote in same:
        for spot, wording in zip(quote.sides.values(), _wordings(quote), strict=True):
            shared[spot.article].update(_kept(spot, wording))
    return {place for place in places if _taken(statements[place], shared)}


def _taken(statement: Statement, shared: Mapping[int, Collection[int]]) -> bool:
    start, in_text = statement.sentence.start, shared.get(statement.article.article, ())
    words = [start + word.start() for word in _WORD.finditer(statement.text)]
    common = sum(word in in_text for word in words)
    return common > 0 and common >= min(passages.LEAST, len(words) / 2)


def _wordings(quote: SameQuote) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The words of either wording, each with whether the other one has it too."""
    first: list[tuple[str, bool]] = []
    second: list[tuple[str, bool]] = []
    for part in quote.diff:
        for words, wording in ((part.before, first), (part.after, second)):
            wording += [(word, part.step == "equal") for word in _WORD.findall(words)]
    return first, second


def _kept(spot: Spot, wording: Iterable[tuple[str, bool]]) -> Iterator[int]:
    """Where the words begin that both wordings have, in the place of one of them in its text; that
    may have other words between the parts of the quote."""
    waiting = deque(wording)
    for found in _WORD.finditer(spot.text):
        if waiting and found.group() == waiting[0][0]:
            _, kept = waiting.popleft()
            if kept:
                yield spot.start + found.start()


def _shared_words(sides: Sequence[Side], texts: Mapping[int, str]) -> defaultdict[int, set[int]]:
    """Where the words begin, by article, that stand as many in a row in an article of another side
    as make a passage."""
    starts: defaultdict[int, set[int]] = defaultdict(set)
    articles = [(number, each) for number, side in enumerate(sides) for each in side.articles]
    words = [_WORD.findall(texts[each.article], each.body_start) for _, each in articles]
    sizes = [len(each) for each in words]
    side = np.repeat(np.array([number for number, _ in articles], np.int64), sizes)
    article = np.repeat(np.arange(len(articles)), sizes)
    runs = _runs(_keys(list(chain.from_iterable(words))), passages.LEAST)
    # A run that goes on into the next article is none.
    (whole,) = np.nonzero(article[: len(runs)] == article[passages.LEAST - 1 :])
    held = np.unique(runs[whole] * len(sides) + side[whole]) // len(sides)
    common = np.bincount(held, minlength=len(runs)) > 1
    within = np.zeros(len(article), bool)
    for word in range(passages.LEAST):
        within[whole[common[runs[whole]]] + word] = True
    before = np.concatenate([[0], np.cumsum(sizes)])
    for number in np.unique(article[within]).tolist():
        each = articles[number][1]
        found = _WORD.finditer(texts[each.article], each.body_start)
        starts[each.article].update(
            match.start() for match in compress(found, within[before[number] : before[number + 1]])
        )
    return starts


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
