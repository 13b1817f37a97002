"""Names of a text found again where the model missed them."""

from collections.abc import Iterator, Sequence

from app.resolve.admission import is_common_word, is_part_of_longer, is_word, reads_as_name
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay
from app.resolve.persons import bears_patronymic, fathers_surname
from app.resolve.surroundings import words_before
from app.resolve.words import NameIndex, word_indices

_ADDRESS = ("@", "#", "/", ".", "_", ":")


def find_again(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with every other place added where one of them stands as a name: also in headlines
    and in capitals; not inside other words or longer names, nor where it is a common word."""
    index: NameIndex[FoundName] = NameIndex()
    first: dict[str, FoundName] = {}
    for name in names:
        first.setdefault(reading.text[name.start : name.end], name)
    for surface, name in first.items():
        if any(map(str.isupper, surface)):
            index.add(surface, name)
            if surface.lower() not in first and _is_no_word(reading, surface):
                index.add(surface.lower(), name)
    return overlay(names, _missed(reading, names, index))


def _is_no_word(reading: AnnotatedText, surface: str) -> bool:
    """Whether a name of several words is one in lower case too, since one of them is no word of the
    language ("porto rovers")."""
    words = surface.lower().split()
    return (
        bool(reading.cues.vocabulary)
        and len(words) > 1
        and any(word.isalpha() and not is_word(word, reading.cues) for word in words)
    )


def find_surnames(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with the surnames added that the model missed, of people whom the text gave in full
    before: those that are words too ("Adam Bishop ... Bishop bowed"), those of several parts
    ("Hart-Silva"), and first names beside a parent's. They stand outside headlines, not behind an
    article and not before a name ("Bishop Stone")."""
    cues, words = reading.cues, reading.words
    index: NameIndex[FoundName] = NameIndex()
    given = False
    for name in names:
        if name.type != "PERSON":
            continue
        bare = reading.text[name.start : name.end].split()
        for first in range(1, len(bare)):
            if bare[-1].rstrip(".").lower() not in cues.suffixes:
                index.add(" ".join(bare[first:]), name)
                given = True
        if len(bare) > 1 and bears_patronymic(bare[-1], cues):
            index.add(bare[0], name)
        first_surname = fathers_surname([word.lower() for word in bare], cues)
        if first_surname and not cues.is_given(first_surname):
            index.add(bare[-2], name)
    if not given:
        return tuple(names)
    taken = frozenset(word_indices(words, names))
    return overlay(names, _surnames(reading, index, taken))


def _surnames(
    reading: AnnotatedText, index: NameIndex[FoundName], taken: frozenset[int]
) -> Iterator[FoundName]:
    words = reading.words
    for match in index.find(reading.text, words):
        start, end = words.starts[match.first], words.ends[match.last]
        if start < match.value.end or reading.is_titled(start) or match.capitals:
            continue
        if not taken.isdisjoint(range(match.first, match.last + 1)):
            continue
        before = words_before(reading, start)[-1:]
        if before and before[0].lower() in reading.cues.articles:
            continue
        if reading.pos(start) == "PROPN" and not is_part_of_longer(reading, match, frozenset()):
            yield FoundName(start, end, "PERSON", None, "surnames")


def _missed(
    reading: AnnotatedText, names: Sequence[FoundName], index: NameIndex[FoundName]
) -> Iterator[FoundName]:
    words = reading.words
    owners: dict[int, FoundName] = {}
    for name in names:
        for at in word_indices(words, [name]):
            owners[at] = name
    taken = frozenset(owners)
    for match in index.find(reading.text, words):
        start, end = words.starts[match.first], words.ends[match.last]
        met = {owners[i] for i in range(match.first, match.last + 1) if i in owners}
        if met:
            # A longer name of the text holds what was taken for a shorter one ("New Acme", "Acme").
            if all(
                start <= m.start and m.end <= end and m.end - m.start < end - start for m in met
            ):
                yield FoundName(start, end, match.value.type, match.value.entry, "again")
            continue
        if is_common_word(reading, match) and not reads_as_name(reading, match):
            continue
        if is_part_of_longer(reading, match, taken):
            continue
        if words.texts[match.first][0].islower() and _is_of_address(reading.text, start, end):
            continue
        surface = reading.text[match.value.start : match.value.end]
        if surface.endswith(".") and reading.text[end : end + 1] == ".":
            end += 1
        yield FoundName(start, end, match.value.type, match.value.entry, "again")


def _is_of_address(text: str, start: int, end: int) -> bool:
    """Whether words in lower case are part of an address or a tag: "#porto rovers"."""
    return text[max(0, start - 1) : start] in _ADDRESS or text[end : end + 1] in ("@", "/", "_")
