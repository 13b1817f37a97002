"""What stands behind a name and a comma: a state in short, a party with its state, a degree."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay

_DEGREE = re.compile(r",? ((?:[A-Z][A-Za-z]{0,2}\.){2,}|[A-Z][A-Za-z]{1,4}\b\.?)(?=[,;)\s]|$)")
_DOTTED = re.compile(r"(?:[A-Z][A-Za-z]{0,2}\.){2,}")


def behind_commas(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names without the degrees ("X, M.S., R.D.,") and parties ("X, R-Texas,") behind
    people's, and with states in short ("Tampa, Fla.,") as those that they stand for."""
    tags = list(_tags(reading))
    told = [name for name in names if not _meets(name, tags)]
    return overlay(_without_degrees(reading, told), _states(reading, tags))


def _meets(name: FoundName, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a name shares a character with one of some spans, which stand in order."""
    at = bisect_left(spans, (name.end, 0)) - 1
    return at >= 0 and spans[at][1] > name.start


@cache
def _party(marks: frozenset[str]) -> re.Pattern[str]:
    either = "|".join(sorted(map(re.escape, marks), key=len, reverse=True))
    # A state is a word, two, or letters with dots: "Texas", "New Mexico", "N.Y.", "Calif.".
    state = r"(?:[A-Z]\.){2}|W\.Va\.|[A-Z][a-z]+(?: (?!Jr)[A-Z][a-z]+)?\.?"
    return re.compile(rf"(?:, |\()((?:{either})[-‐‑–])({state})(?=[,;)\s]|$)")


@cache
def _short(states: frozenset[str]) -> re.Pattern[str]:
    either = "|".join(sorted(map(re.escape, states), key=len, reverse=True))
    return re.compile(rf"(?<=[^\W\d_], )({either})\.(?=[,;)\s]|$)")


def _tags(reading: AnnotatedText) -> Iterator[tuple[int, int]]:
    marks = reading.cues.party_marks
    if marks:
        for match in _party(marks).finditer(reading.text):
            yield match.start(1), match.end(2)


def _states(reading: AnnotatedText, tags: Sequence[tuple[int, int]]) -> Iterator[FoundName]:
    short = reading.cues.state_names
    if not short:
        return
    places = [match.span() for match in _short(frozenset(short)).finditer(reading.text)]
    places += [(start + _mark(reading.text[start:end]), end) for start, end in tags]
    for start, end in places:
        entry = _state(reading, short, reading.text[start:end])
        if entry is not None:
            yield FoundName(start, end, "GPE", entry, "states")


def _mark(tag: str) -> int:
    """How many characters of a tag stand before its state."""
    return min(tag.index(each) for each in "-‐‑–" if each in tag) + 1


def _state(reading: AnnotatedText, short: Mapping[str, str], surface: str) -> str | None:
    title = short.get(surface.rstrip("."), surface)
    known = [e.id for e in reading.knowledge.named(title) if e.type == "GPE"]
    return known[0] if len(known) == 1 else None


def _without_degrees(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    text, degrees = reading.text, reading.cues.degrees
    end = -1  # of the degrees behind a person's name
    for name in names:
        if name.end <= end and name.entry is None:
            continue
        yield name
        if name.type != "PERSON" or not degrees:
            continue
        end = name.end
        while match := _DEGREE.match(text, end):
            degree = match.group(1)
            # What stands in capitals behind one degree is another ("MD, FACS").
            listed = end > name.end and degree.isupper()
            known = listed or degree.replace(".", "") in degrees
            if not known and not _DOTTED.fullmatch(degree):
                break
            end = match.end()
