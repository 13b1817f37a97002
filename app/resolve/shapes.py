"""Names that only their shape gives away: written like names, more than once, and missed."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from app.resolve.admission import is_part_of_longer
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay
from app.resolve.words import NameMatch, word_indices

_LEAST, _MOST = 2, 6
_TIMES = 2
_LONGEST_COMPANY = 4
_CALL_SIGN = re.compile(r"\d{1,2}[A-Z]{2,3}")
_BEFORE = ("-", "$", "#", "@", "/")


def by_shape(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with those added that the text writes twice or more outside headlines as only
    names are written: short forms in capitals ("QZX"), and letters with digits ("7HQ"); and those
    of several words that a company's closes ("Acme Rail Works"). Organisations, until more is
    known of them."""
    names = overlay(names, _companies(reading, names))
    missed = list(_missed(reading, names))
    counts = Counter(reading.text[name.start : name.end] for name in missed)
    again = [n for n in missed if counts[reading.text[n.start : n.end]] >= _TIMES]
    return overlay(names, again)


def _companies(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    """Runs of words that the tagger takes for names and no layer has found, the last of them a
    company's ("Works")."""
    words, cues = reading.words, reading.cues
    if cues.heads == "first":
        return
    closing = (cues.company_words & cues.org_words) | cues.newspaper_words
    taken = frozenset(word_indices(words, names))
    for last, word in enumerate(words.texts):
        if not word[0].isupper() or word.lower() not in closing:
            continue
        if not _is_named(reading, last, taken):
            continue
        if (
            last + 1 < len(words.texts)
            and _follow(reading, last)
            and _is_named(reading, last + 1, ())
        ):
            continue
        first = last
        while first and _follow(reading, first - 1) and _is_named(reading, first - 1, taken):
            first -= 1
        if first and _follow(reading, first - 1) and first - 1 in taken:
            continue
        if 2 <= last - first + 1 <= _LONGEST_COMPANY:
            yield FoundName(words.starts[first], words.ends[last], "ORG", None, "shapes")


def _is_named(reading: AnnotatedText, index: int, taken: Collection[int]) -> bool:
    start = reading.words.starts[index]
    return (
        index not in taken
        and reading.words.texts[index][0].isupper()
        and reading.pos(start) == "PROPN"
        and not reading.is_titled(start)
    )


def _follow(reading: AnnotatedText, index: int) -> bool:
    """Whether one blank parts a word from the next."""
    return reading.text[reading.words.ends[index] : reading.words.starts[index + 1]] == " "


def _missed(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words, cues = reading.words, reading.cues
    taken = frozenset(word_indices(words, names))
    for index, word in enumerate(words.texts):
        if index in taken or not word.isupper() or not _LEAST <= len(word) <= _MOST:
            continue
        start, end = words.starts[index], words.ends[index]
        if word.lower() in cues.common_words or word in cues.no_names or reading.is_titled(start):
            continue
        if reading.pos(start) != "PROPN" and not _CALL_SIGN.fullmatch(word):
            continue
        if reading.text[max(0, start - 1) : start] in _BEFORE or reading.text[end : end + 1] == "-":
            continue
        if not is_part_of_longer(reading, NameMatch(index, index, None, False), taken):
            yield FoundName(start, end, "ORG", None, "shapes")
