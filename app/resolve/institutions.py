"""Institutions named by their country: "Syrian army", "French parliament"."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay


def institutions(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names, a country's adjective and the institution behind it made one organisation where
    the noun alone says which ("Syrian army", "Iraqi security forces")."""
    return overlay(names, _institutions(reading, names))


def _institutions(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words, wanted = reading.words, reading.cues.institutions
    for name in names:
        if name.type != "NORP":
            continue
        if reading.cues.heads == "first":
            yield from _behind(reading, name)
            continue
        index = bisect_left(words.starts, name.end)
        following = [text.lower() for text in words.texts[index : index + 2]]
        for length in (2, 1):
            if " ".join(following[:length]) not in wanted or len(following) < length:
                continue
            end = words.ends[index + length - 1]
            between = reading.text[name.end : end]
            # "Russian military activity" is no institution: there the noun is an adjective.
            noun = reading.pos(words.starts[index + length - 1])
            if noun != "ADJ" and between.count(" ") == length and "\n" not in between:
                yield FoundName(name.start, end, "ORG", None, "institutions")
            break


def _behind(reading: AnnotatedText, name: FoundName) -> Iterator[FoundName]:
    """The institution whose noun stands before the country's adjective: "armée syrienne"."""
    words, wanted = reading.words, reading.cues.institutions
    last = bisect_left(words.starts, name.start)
    for length in (2, 1):
        if last < length:
            continue
        start = words.starts[last - length]
        noun = reading.text[start : name.start]
        if noun.lower().rstrip() in wanted and noun.endswith(" "):
            yield FoundName(start, name.end, "ORG", None, "institutions")
            return
