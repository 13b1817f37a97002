"""One quote in two wordings: found again, and set against each other word by word."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from app.domain import deadline
from app.domain.comparison import Spot, rounded
from app.domain.names import fold
from app.domain.sections.quotes import DiffPart, QuoteChange
from app.domain.text import Span

_WORD = re.compile(r"\w+(?:['’-]\w+)*")

# Words in a row (a shingle) that two quotes must share to be compared.
_SHINGLE = 3
# Share of words in common (2 * common / all, Ratcliff & Metzener 1988) from which two wordings are
# one quote that was altered; less is asked where the same speaker says both.
_ALIKE, _ALIKE_OF_ONE_SPEAKER = 0.6, 0.5
# Words that a trimmed quote has in a row, at least, where it leaves something out.
_BLOCK = 2
# Fewer words in common are chance, unless one speaker says both.
_FEWEST = 3
_LETTERS = 4  # of a word that quotes of one speaker must share to be compared


class QuotedWord(NamedTuple):
    """A word as it is written, and its folded form, by which words are compared."""

    surface: str
    key: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A quote of a side: its speaker (None where uncertain), its words, their keys (folded forms),
    and where it stands."""

    speaker: Hashable
    words: Sequence[QuotedWord]
    keys: tuple[str, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class WordingMatch:
    """Two wordings of one quote; `similarity` in 0..1 is the share of words in common, of a
    trimmed quote the share that is left."""

    first: Wording
    second: Wording
    change: QuoteChange
    similarity: float


def words(text: str, spans: Iterable[Span]) -> list[QuotedWord]:
    """The words in these places of a text, compared without case, accents and punctuation."""
    return [
        QuotedWord(found.group(), fold(found.group().replace("’", "'")))
        for span in spans
        for found in _WORD.finditer(text, span.start, span.end)
    ]


def matches(first: Sequence[Wording], second: Sequence[Wording]) -> list[WordingMatch]:
    """The quotes that both sides give, each wording in one match at most: the closest first."""
    found = []
    for one, two in _candidates(first, second):
        deadline.check()
        if (match := compare(first[one], second[two])) is not None:
            found.append(match)
    order = {"same": 0, "trimmed": 1, "altered": 2}
    found.sort(
        key=lambda each: (
            order[each.change],
            -each.similarity,
            _place(each.first.spot),
            _place(each.second.spot),
        )
    )
    taken: set[tuple[int, tuple[int, int, int]]] = set()
    kept = []
    for match in found:
        places = {(0, _place(match.first.spot)), (1, _place(match.second.spot))}
        if not places & taken:
            taken |= places
            kept.append(match)
    return kept


def compare(first: Wording, second: Wording) -> WordingMatch | None:
    """The match of two wordings, with how one became the other; None where they are two quotes."""
    one, two = first.keys, second.keys
    together = first.speaker is not None and first.speaker == second.speaker
    if min(len(one), len(two)) < (1 if together else _FEWEST):
        return None
    if one == two:
        return WordingMatch(first, second, "same", 1.0)
    floor = _ALIKE_OF_ONE_SPEAKER if together else _ALIKE
    # An upper bound of what they can have in common: most pairs are dropped here.
    most = (Counter(one) & Counter(two)).total()
    if most < min(len(one), len(two)) and 2 * most < floor * (len(one) + len(two)):
        return None
    blocks = [
        block.size
        for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
        if block.size
    ]
    common, shorter, longer = sum(blocks), min(len(one), len(two)), max(len(one), len(two))
    if common == shorter and shorter < longer and min(blocks) >= min(_BLOCK, shorter):
        # A few words that most quotes hold ('he said that') do not make a trimmed quote.
        if shorter >= _FEWEST or together:
            return WordingMatch(first, second, "trimmed", rounded(shorter / longer))
        return None
    similarity = 2 * common / (shorter + longer)
    if similarity >= floor:
        return WordingMatch(first, second, "altered", rounded(similarity))
    return None


def diff(first: Wording, second: Wording) -> tuple[DiffPart, ...]:
    """The steps, word by word, from the first wording to the second."""
    steps = SequenceMatcher(None, first.keys, second.keys, autojunk=False).get_opcodes()
    return tuple(
        DiffPart(step, _surface(first.words[a:b]), _surface(second.words[c:d]))
        for step, a, b, c, d in steps
    )


def _surface(part: Sequence[QuotedWord]) -> str:
    return " ".join(word.surface for word in part)


def _place(spot: Spot) -> tuple[int, int, int]:
    return spot.article, spot.start, spot.end


def _candidates(first: Sequence[Wording], second: Sequence[Wording]) -> Iterator[tuple[int, int]]:
    """Pairs that share three words in a row, or a speaker and a word of four letters or more."""
    index: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, wording in enumerate(second):
        for key in _keys(wording):
            index[key].append(number)
    for number, wording in enumerate(first):
        near = {other for key in _keys(wording) for other in index.get(key, ())}
        yield from ((number, other) for other in sorted(near))


def _keys(wording: Wording) -> set[Hashable]:
    keys = wording.keys
    found: set[Hashable] = {
        keys[start : start + _SHINGLE] for start in range(len(keys) - _SHINGLE + 1)
    }
    if wording.speaker is not None:
        found |= {(wording.speaker, key) for key in keys if len(key) >= _LETTERS}
    return found
