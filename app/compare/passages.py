"""The passages that two texts share, word for word but for case and punctuation."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from app.domain.names import fold
from app.domain.text import Span

_WORD = re.compile(r"\w+")
# Words in a row that two texts rarely share by accident; by reading.
LEAST = 8
# A run of words that occurs more often in the other text starts no passage: the time would grow
# with the square. Ours.
_OFTEN = 50


class WordAt(NamedTuple):
    """A word: where it stands, and its folded form, by which words are compared."""

    span: Span
    key: str


class SharedPassage(NamedTuple):
    """Words in a row that both texts have, and where."""

    words: int
    first: Span
    second: Span


def words(text: str, start: int = 0) -> list[WordAt]:
    """The words of a text from the offset `start` on."""
    return [WordAt(Span(*m.span()), fold(m.group())) for m in _WORD.finditer(text, start)]


def containment(one: Sequence[WordAt], other: Sequence[WordAt], size: int) -> float:
    """The share (0..1) of the n-grams of the text with fewer of them that the other has too."""
    first, second = set(grams(one, size)), set(grams(other, size))
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest else 0.0


def grams(of: Sequence[WordAt], size: int) -> list[tuple[str, ...]]:
    """The word n-grams of a text, in its order; `size` is n."""
    keys = [word.key for word in of]
    return [tuple(keys[start : start + size]) for start in range(len(keys) - size + 1)]


def shared(
    one: Sequence[WordAt], other: Sequence[WordAt], *, seed: int, least: int
) -> list[SharedPassage]:
    """The passages of `least` words or more, the longest first, none overlapping another in
    either text. `seed` words in a row make two places worth a look."""
    keys, others = [word.key for word in one], [word.key for word in other]
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for start in range(len(others) - seed + 1):
        places[tuple(others[start : start + seed])].append(start)
    found: list[tuple[int, int, int]] = []
    reached: dict[int, int] = {}  # by diagonal, the end of the passage that was grown there
    for start in range(len(keys) - seed + 1):
        near = places.get(tuple(keys[start : start + seed]), ())
        for begin in near if len(near) <= _OFTEN else ():
            if reached.get(begin - start, -1) > start:
                continue
            size = seed
            while (
                start + size < len(keys)
                and begin + size < len(others)
                and keys[start + size] == others[begin + size]
            ):
                size += 1
            reached[begin - start] = start + size
            if size >= least:
                found.append((size, start, begin))
    found.sort(key=lambda each: (-each[0], each[1], each[2]))
    kept: list[SharedPassage] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for size, start, begin in found:
        first, second = range(start, start + size), range(begin, begin + size)
        if taken[0].isdisjoint(first) and taken[1].isdisjoint(second):
            taken[0].update(first)
            taken[1].update(second)
            kept.append(
                SharedPassage(
                    size,
                    Span(one[start].span.start, one[start + size - 1].span.end),
                    Span(other[begin].span.start, other[begin + size - 1].span.end),
                )
            )
    return kept
