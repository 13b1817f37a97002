"""Names in a headline that has no body: nothing else in the text can tell them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.knowledge import meant
from app.resolve.admission import is_common_word, is_word
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay
from app.resolve.words import word_indices

_LEAST = 4  # letters of such a name
_OPEN = ".!?:;\n"


def headline_alone(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names of a text that is a headline, with those left out that are words in their capitals
    ("a Surprise", "to Showcase Robots") and those added that are no words and stand where a
    headline has who it is about: before a verb, behind a verb or conjunction ("Okonjo Slams")."""
    if not _is_alone(reading):
        return tuple(names)
    words = [name for name in names if _is_words(reading, name)]
    kept = (_without_opening_words(reading, name) for name in names if name not in words)
    names = [*kept, *_known_places(reading, words)]
    return overlay(names, _unknown(reading, frozenset(word_indices(reading.words, names))))


def _known_places(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    """Well-known places in what was taken for a longer name: "NEPAL" of "NEPAL VILLAGES"."""
    if not names:
        return
    for match in reading.knowledge.find(reading.text, reading.words):
        start, end = reading.words.starts[match.first], reading.words.ends[match.last]
        entry = meant(match.value)
        if entry is None or entry.type not in ("GPE", "LOC") or is_common_word(reading, match):
            continue
        if any(name.start <= start and end <= name.end for name in names):
            yield FoundName(start, end, entry.type, entry.id, "headline")


def _without_opening_words(reading: AnnotatedText, name: FoundName) -> FoundName:
    """A person's name without the verb before it: the "Okonjo" of "Grill Okonjo"."""
    cues, words = reading.cues, reading.words
    if name.type != "PERSON" or name.entry is not None:
        return name
    first, *others = word_indices(words, [name])
    verb = words.texts[first].lower()
    if not others or cues.is_given(verb) or is_word(words.texts[others[0]].lower(), cues):
        return name
    if cues.headline_words.isdisjoint((verb, f"{verb}s", f"{verb}es")):
        return name
    return replace(name, start=words.starts[others[0]])


def _is_alone(reading: AnnotatedText) -> bool:
    """Whether all lines of a text are headlines, in a language whose words are known."""
    words = reading.words
    if not reading.cues.vocabulary or not (reading.titled or reading.loud):
        return False
    return all(map(reading.is_titled, words.starts))


def _is_words(reading: AnnotatedText, name: FoundName) -> bool:
    cues, words = reading.cues, reading.words
    if name.entry is not None:
        return False
    indices = list(word_indices(words, [name]))
    before = words.texts[indices[0] - 1].lower() if indices and indices[0] else ""
    if before in ("a", "an") and len(indices) == 1:
        return True
    small = [words.texts[index].lower() for index in indices]
    return name.type == "ORG" and all(
        is_word(each, cues) and each not in cues.org_words and not cues.is_given(each)
        for each in small
    )


def _unknown(reading: AnnotatedText, taken: frozenset[int]) -> Iterator[FoundName]:
    words, cues = reading.words, reading.cues
    for index, word in enumerate(words.texts):
        small = word.lower()
        if index in taken or len(word) < _LEAST or not word[0].isupper() or not word.isalpha():
            continue
        if is_word(small, cues) or small in cues.org_nouns or small in cues.place_words:
            continue
        opens = index == 0 or any(
            each in _OPEN for each in reading.text[words.ends[index - 1] : words.starts[index]]
        )
        before = "" if opens else words.texts[index - 1].lower()
        after = words.texts[index + 1].lower() if index + 1 < len(words.texts) else ""
        # "A Farce" is no name.
        if before in ("a", "an", "the"):
            continue
        if (opens and after in cues.headline_words) or before in cues.headline_words:
            yield FoundName(words.starts[index], words.ends[index], "PERSON", None, "headline")
