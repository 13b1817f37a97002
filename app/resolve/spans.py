"""The model's spans mended: what is not of the name cut off, what belongs to it taken in."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from app.resolve.annotated_text import AnnotatedText
from app.resolve.cues import NameCues
from app.resolve.found import FoundName, overlay

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_POSSESSIVE_ENDS = ("'", "’", "s", "S")
_FIRST_WORD = re.compile(r"([^\W_]+)(\.?)[\s]+(?=\S)")
_LAST_WORD = re.compile(r"\S\s+([^\W_]+)\.?$")
# "Iran-backed": a name, a hyphen, a word in lower case to the end.
_BACKED = re.compile(r"[-‐‑–](?=[a-z])")
_PREFIX = re.compile(r"(?:[a-z]{2,6}[-‐‑–])(?=[A-Z])")
_OPENING = re.compile(r"[^\w]+")
_CLOSING = re.compile(r"[^\w]+$")
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|St))$")
_DIRECTION = re.compile(r"([^\W_]+) ([^\W_]+) (?=[A-Z])")
_SUFFIX = re.compile(r",? ((?:Jr|Sr)(?=\.)|Jr|Sr|I{2,3}|IV)\b\.?")
_SCORE = re.compile(r"\s+\d+\s?[-–:]\s?\d+$")
# Of a name, in characters. A model takes thousands of signs in a row for one.
_LONGEST = 300
_PHRASE = 40  # characters behind a name in which a phrase may end that opens in it
_REST_OF_NAME = re.compile(r"[-‐‑]?([^\W\d_]+)")


def mend(reading: AnnotatedText, names: Iterable[FoundName]) -> tuple[FoundName, ...]:
    """The names with their spans mended, in order, none overlapping: cut at line breaks; quotation
    marks, possessives, leading articles, a person's titles and words in lower case at the edges
    left out ("the Islamic State" is found as "Islamic State"); "Iran-backed" cut to "Iran",
    "Al-" grown to "Al-Assad". What is longer than any name is none."""
    mended = (part for name in names for part in _parts(reading, name))
    return overlay((), _without_overlap(mended))


def _without_overlap(names: Iterable[FoundName]) -> Iterator[FoundName]:
    end = 0
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if name.start >= end:
            yield name
            end = name.end


def _parts(reading: AnnotatedText, name: FoundName) -> Iterator[FoundName]:
    for start, end in _pieces(reading, name):
        if end - start > _LONGEST:
            continue
        start, end = _trim(reading, start, end, name.type)
        start, end = _grow(reading, start, end, name.type)
        if (
            start < end
            and _is_name(reading.text[start:end], reading.cues)
            and not _is_opening_noun(reading, start, end)
        ):
            yield FoundName(start, end, name.type, name.entry, name.layer)


def _pieces(reading: AnnotatedText, name: FoundName) -> Iterator[tuple[int, int]]:
    """The lines of a name, cut at what a page says of itself and where a bracket opens or closes
    that has its other half outside."""
    furniture = _furniture(reading.cues.furniture)
    for line in _LINE.finditer(reading.text, name.start, name.end):
        start, end = line.span()
        if furniture is not None:
            # The model may end a name within a phrase: "ANN LEE Continue" of "Continue reading".
            for match in furniture.finditer(reading.text, start, end + _PHRASE):
                if match.start() >= end:
                    break
                yield from _within_brackets(reading.text, start, match.start())
                start = match.end()
        if start < end:
            yield from _within_brackets(reading.text, start, end)


def _within_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    surface = text[start:end]
    opening, closing = surface.find("("), surface.find(")")
    if (opening < 0) != (closing < 0):
        cut = start + max(opening, closing)
        yield start, cut
        yield cut + 1, end
    else:
        yield start, end


@cache
def _furniture(phrases: frozenset[str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(phrases)))})\b", re.IGNORECASE)


def _is_name(surface: str, cues: NameCues) -> bool:
    """Whether a surface has a capital, or a letter of a script without capitals, and is more than a
    title."""
    if not any(each.isalpha() and not each.islower() for each in surface):
        return False
    if surface.replace(".", "") in cues.no_names:
        return False
    words = (word.strip(".,").lower() for word in surface.split())
    return not all(word in cues.titles or word in cues.person_nouns for word in words)


def _is_opening_noun(reading: AnnotatedText, start: int, end: int) -> bool:
    """Whether a common noun has its capital from opening a line or sentence: "Union says ..."."""
    cues, noun = reading.cues, reading.text[start:end].lower()
    if noun not in cues.org_nouns and noun not in cues.place_nouns:
        return False
    before = reading.text[:start].rstrip(" \t\"'“‘")[-1:]
    return before in ("", "\n", ".", "!", "?", ":")


def _trim(reading: AnnotatedText, start: int, end: int, kind: str) -> tuple[int, int]:
    text, cues = reading.text, reading.cues
    if text[start:end].isalpha():
        return start, end  # a single word without anything at its edges
    before = None
    while before != (start, end) and start < end:
        before = (start, end)
        start, end = _edges(text, start, end)
        start, end = _hyphens(reading, start, end, kind)
        start = _opening_word(text, start, end, kind, cues)
        direction = _DIRECTION.match(text, start, end)
        if (
            direction
            and direction.group(2) in cues.genitives
            and direction.group(1).lower() in cues.directions
        ):
            start = direction.end()
        end = _closing_word(text, start, end, kind, cues)
    return start, end


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    opening = _OPENING.match(text, start, end)
    if opening:
        start = opening.end()
    if text[end - 1 : end] in _POSSESSIVE_ENDS:
        possessive = _POSSESSIVE.search(text[start:end])
        if possessive and possessive.start() > 0:
            end = start + possessive.start()
    if text[end - 1 : end].isdecimal():
        score = _SCORE.search(text[start:end])
        if score and score.start() > 0:
            end = start + score.start()
    closing = _CLOSING.search(text[start:end])
    if closing:
        bare = start + closing.start()
        dotted = closing.group().startswith(".") and _ABBREVIATION.search(text[start:bare])
        end = bare + 1 if dotted else bare
    return start, max(start, end)


def _hyphens(reading: AnnotatedText, start: int, end: int, kind: str) -> tuple[int, int]:
    text, cues = reading.text, reading.cues
    prefix = _PREFIX.match(text, start, end)
    if prefix and prefix.group()[:-1] not in cues.particles:
        start = prefix.end()
    for hyphen in _BACKED.finditer(text, start, end):
        rest = text[hyphen.end() : end]
        if rest.isalpha() and rest.islower() and text[start : hyphen.start()][:1].isupper():
            *given, word = re.split(r"\W", text[start : hyphen.start()])
            named = reading.pos(hyphen.end()) == "PROPN" or rest not in cues.vocabulary
            if kind == "PERSON" and given and named:
                continue  # "Kim Sung-ho"
            if word[:1].isupper() and rest not in cues.particles:
                return start, hyphen.start()
    return start, end


def _opening_word(text: str, start: int, end: int, kind: str, cues: NameCues) -> int:
    first = _FIRST_WORD.match(text, start, end)
    if first is None:
        return start
    word = first.group(1).lower()
    drop = word in cues.articles or (kind == "PERSON" and word in cues.titles)
    if not drop and word in cues.titles:
        following = text[first.end() : end].split()
        while len(following) > 1 and following[0].lower().rstrip(".") in cues.titles:
            following = following[1:]
        drop = following[0].lower() in cues.first_names or word in cues.honorifics
    if not drop and first.group(1).islower():
        drop = word not in cues.particles
    # "By Friday Ambrose had left".
    drop = drop or (kind == "PERSON" and word in cues.closing_words)
    return first.end() if drop else start


def _closing_word(text: str, start: int, end: int, kind: str, cues: NameCues) -> int:
    last = _LAST_WORD.search(text[start:end])
    if last is None:
        return end
    word = last.group(1)
    drop = word.isalpha() and word.islower()
    if not drop and word.lower() in cues.closing_words:
        drop = True
    if not drop and kind == "PERSON" and text[start:end].count(" ") > 1:
        drop = word.lower() in cues.titles or word.lower() in cues.person_nouns
    return start + last.start() + 1 if drop else end


def _grow(reading: AnnotatedText, start: int, end: int, kind: str) -> tuple[int, int]:
    """The span with the word that a particle at its end calls for ("Al-", "bin"), or a person's
    "Jr."."""
    text = reading.text
    last = text[start:end].split()[-1:] or [""]
    particle = re.split(r"\W", last[0])[-1].lower()
    if particle in reading.cues.particles and start < end and text[end : end + 1] in "-‐‑":
        following = _REST_OF_NAME.match(text, end)
        if following and following.group(1)[0].isupper():
            return start, following.end()
    if kind == "PERSON" and start < end:
        end = end_with_suffix(reading, end)
    return start, end


def end_with_suffix(reading: AnnotatedText, end: int) -> int:
    """Where a person's name that seems to end there ends with its suffix: "Jr.", "III"."""
    suffix = _SUFFIX.match(reading.text, end)
    if suffix and suffix.group(1).lower() in reading.cues.suffixes:
        return suffix.end()
    return end
