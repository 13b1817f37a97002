"""Names that the model took together with their neighbours, mostly in headlines."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from app.domain.names import name_key
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName

_WORD = re.compile(r"\S+")
_COMMON = ("NOUN", "VERB", "ADV")
_EDGE = "\"'“”‘’.,:;!?()[]-–—"


@cache
def _between(conjunctions: frozenset[str]) -> re.Pattern[str]:
    """What stands between two names of a row."""
    words = "".join(f"{re.escape(word)}|" for word in sorted(conjunctions))
    return re.compile(rf"\s+(?:{words}&|/|-|–|—)\s+|,\s+")


def part(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names, each that holds more than one name or other words taken apart: persons and places
    in a row ("Lyon, Nice"), in headlines a name with its verb ("Ada Stone Dies"), and a name with
    another that stands alone elsewhere in the text ("Acme and Porto")."""
    standing = {
        name_key(reading.text[name.start : name.end])
        for name in names
        if not reading.is_titled(name.start)
    }
    return tuple(piece for name in names for piece in _pieces(reading, name, standing))


def _pieces(reading: AnnotatedText, name: FoundName, standing: set[str]) -> Iterator[FoundName]:
    surface = reading.text[name.start : name.end]
    if " " not in surface or name.entry is not None:
        yield name
        return
    titled = reading.is_titled(name.start)
    if titled and name_key(surface) in standing:
        yield name
        return
    for start, end in _rows(reading, name, standing):
        if titled:
            start, end = _before_verb(reading, start, end)
        if titled and name.type == "ORG" and _only_holds_a_name(reading, start, end, standing):
            continue  # which is found there again
        if start < end:
            yield FoundName(start, end, name.type, None, name.layer)


def _rows(reading: AnnotatedText, name: FoundName, standing: set[str]) -> Iterator[tuple[int, int]]:
    """The parts of a row of names; the whole where nothing tells that it is one."""
    text = reading.text
    cuts = [
        match.span()
        for match in _between(reading.cues.conjunctions).finditer(text, name.start, name.end)
    ]
    bounds = list(
        zip([name.start, *(end for _, end in cuts)], [*(s for s, _ in cuts), name.end], strict=True)
    )
    if cuts and all(text[start].isupper() for start, end in bounds if start < end):
        alone = [name_key(text[start:end]) in standing for start, end in bounds]
        forms = reading.cues.suffixes | reading.cues.company_forms
        formal = any(text[start:end].rstrip(".").lower() in forms for start, end in bounds)
        if not formal and (name.type in ("PERSON", "GPE") or any(alone)):
            yield from bounds
            return
    yield name.start, name.end


def _only_holds_a_name(reading: AnnotatedText, start: int, end: int, standing: set[str]) -> bool:
    """Whether some words of a headline open or close with a name of the text while the others
    belong to none ("Acmetown Rail Workers")."""
    words = list(_WORD.finditer(reading.text, start, end))
    for size in range(len(words) - 1, 0, -1):
        for inside, around in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            first, last = inside[0].start(), inside[-1].end()
            if name_key(reading.text[first:last]) in standing and _are_no_name(reading, around):
                return True
    return False


def _are_no_name(reading: AnnotatedText, words: Sequence[re.Match[str]]) -> bool:
    """Whether some words of a headline are no part of a name: none of them can close one, and the
    tagger takes one for a common word or the text writes it in lower case elsewhere."""
    cues = reading.cues
    bare = [word.group().strip(_EDGE).lower() for word in words]
    if any(
        word in cues.org_words or word in cues.place_words or word in cues.company_forms
        for word in (bare[0], bare[-1])
    ):
        return False
    return any(
        reading.pos(word.start()) in _COMMON or (small in reading.words.texts and len(small) > 1)
        for word, small in zip(words, bare, strict=True)
        if small not in cues.inner_words
    )


def _before_verb(reading: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    """The name without headline words: those before it, and everything from the first one behind
    it. Every word has a capital there, so only the words themselves tell."""
    cues = reading.cues
    opened = False
    for word in _WORD.finditer(reading.text, start, end):
        bare = word.group().strip(_EDGE).lower()
        # A single letter is an initial, not the article.
        if bare not in cues.headline_words or bare in cues.inner_words or len(bare) == 1:
            opened = True
        elif opened:
            return start, start + len(reading.text[start : word.start()].rstrip())
        elif bare not in cues.common_words:
            start = min(end, word.end() + 1)
    return start, end
