"""The words of a text, and names looked up among them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.spans import Spanned

_WORD = re.compile(r"[^\W_]+")
_QUOTES_AND_DASHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})
# Dots belong to initials and short forms ("U.S.", "St. Lucia"); after longer words they end a
# sentence.
_DOTTED = 3
_GAP = 3  # characters between two words of one name: ". &", " - "


@dataclass(frozen=True, slots=True)
class TextWords:
    """Runs of letters and digits, as columns: what each reads, where it starts and ends."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "TextWords":
        """The words of a text, in order."""
        spans = [match.span() for match in _WORD.finditer(text)]
        starts, ends = zip(*spans, strict=True) if spans else ((), ())
        return cls(tuple(_WORD.findall(text)), starts, ends)


def word_indices(words: TextWords, spans: Iterable[Spanned]) -> Iterator[int]:
    """The indices of the words that lie in each span."""
    for span in spans:
        index = bisect_right(words.ends, span.start)
        while index < len(words.starts) and words.starts[index] < span.end:
            yield index
            index += 1


@dataclass(frozen=True, slots=True)
class NameMatch[T]:
    """Words `first` to `last` (inclusive) read as a name; `capitals` where it stands in capitals
    throughout though the name itself does not."""

    first: int
    last: int
    value: T
    capitals: bool


class NameIndex[T]:
    """Names to find in texts, at word borders, in their own case or in capitals throughout."""

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], T]]] = {}
        self._capitals: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], T]]] = {}

    def add(self, name: str, value: T) -> None:
        """Adds a name to look for. A name without a letter or digit is never found."""
        texts, gaps = _taken_apart(name)
        if not texts:
            return
        _insert(self._names, texts, gaps, value)
        opening = texts[0]
        if opening[0].islower():
            _insert(self._names, (opening.capitalize(), *texts[1:]), gaps, value)
        capitals = tuple(word.upper() for word in texts)
        if capitals != texts:
            _insert(self._capitals, capitals, gaps, value)

    def find(self, text: str, words: TextWords) -> Iterator[NameMatch[T]]:
        """The longest name at each place, left to right, none overlapping another."""
        names, capitals = self._names, self._capitals
        free = 0
        # Few words of a text open a name.
        opening = [
            (index, word)
            for index, word in enumerate(words.texts)
            if word in names or word in capitals
        ]
        for index, word in opening:
            if index < free:
                continue
            loud = False
            options = names.get(word)
            found = _longest(options, text, words, index) if options else None
            if found is None and word.isupper():
                loud = True
                options = capitals.get(word)
                found = _longest(options, text, words, index) if options else None
            if found is not None:
                yield NameMatch(index, found[0], found[1], loud)
                free = found[0] + 1


# News names the same few thousand over and over.
@lru_cache(maxsize=32_768)
def _taken_apart(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name, and what stands between them."""
    words = TextWords.of(name)
    gaps = tuple(_gap(name[e:s]) for e, s in zip(words.ends, words.starts[1:], strict=False))
    return words.texts, gaps


def _insert[T](
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], T]]],
    words: tuple[str, ...],
    gaps: tuple[str, ...],
    value: T,
) -> None:
    options = table.setdefault(words[0], [])
    if not any(known[:2] == (words, gaps) for known in options):
        options.append((words, gaps, value))
        if len(options) > 1:
            options.sort(key=lambda option: -len(option[0]))


def _longest[T](
    options: Sequence[tuple[tuple[str, ...], tuple[str, ...], T]],
    text: str,
    words: TextWords,
    first: int,
) -> tuple[int, T] | None:
    for wanted, gaps, value in options:
        last = first + len(wanted) - 1
        if words.texts[first : last + 1] == wanted and _gaps_fit(text, words, first, gaps):
            return last, value
    return None


def _gaps_fit(text: str, words: TextWords, first: int, gaps: Iterable[str]) -> bool:
    for index, wanted in enumerate(gaps, start=first):
        end, start = words.ends[index], words.starts[index + 1]
        raw = text[end:start]
        if start - end > _GAP or "\n" in raw:
            return False
        if "." in raw and end - words.starts[index] > _DOTTED:
            return False
        if _gap(raw) != wanted:
            return False
    return True


def _gap(raw: str) -> str:
    """What stands between two words of a name; blanks, dots and hyphens count as the same."""
    return raw.translate(_QUOTES_AND_DASHES).replace(".", "").replace("-", " ").strip()
