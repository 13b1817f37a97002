"""Names in headlines whose text has a body: they are names that the body knows."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.names import name_key
from app.resolve.admission import is_word
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName
from app.resolve.gazetteer import gazetteer
from app.resolve.words import word_indices

_LEAST_BODY = 8  # words outside headlines that make a body

type Key = tuple[str, ...]


def headline_over_body(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names of a text that has a body, those of its headlines as the body has them: of one
    that is a name of the body with words around it that name alone ("Stone Pension Row" is
    "Stone"), and none that is made of words of the language and that the body does not have."""
    headed = [n for n in names if n.entry is None and reading.is_titled(n.start)]
    if not headed or not _has_body(reading):
        return tuple(names)
    told = _told(reading, names)
    made = {name: list(_as_told(reading, name, told)) for name in headed}
    return tuple(part for name in names for part in made.get(name, (name,)))


def _has_body(reading: AnnotatedText) -> bool:
    outside = 0
    for start in reading.words.starts:
        outside += not reading.is_titled(start)
        if outside == _LEAST_BODY:
            return True
    return False


def _told(reading: AnnotatedText, names: Sequence[FoundName]) -> Mapping[Key, str]:
    """The names outside headlines by their words, and people's surnames, with their types."""
    told: dict[Key, str] = {}
    for name in names:
        if not reading.is_titled(name.start):
            words = tuple(name_key(reading.text[name.start : name.end]).split())
            told[words] = name.type
            if name.type == "PERSON":
                told.setdefault(words[-1:], name.type)
    return told


def _as_told(
    reading: AnnotatedText, name: FoundName, told: Mapping[Key, str]
) -> Iterator[FoundName]:
    words, indices = reading.words, list(word_indices(reading.words, [name]))
    small = tuple(name_key(words.texts[index]) for index in indices)
    if small in told:
        yield name
        return
    for size in range(len(small) - 1, 0, -1):
        for first in range(len(small) - size + 1):
            kind = told.get(small[first : first + size])
            around = small[:first] + small[first + size :]
            if kind is not None and _are_words(reading, around):
                if kind != "PERSON" and _is_body(reading, small):
                    break
                start, end = words.starts[indices[first]], words.ends[indices[first + size - 1]]
                yield FoundName(start, end, kind, None, "headline over body")
                return
    if (
        not _are_words(reading, small)
        or _is_body(reading, small)
        or gazetteer().named(" ".join(small))
        or any(small[0] in other for other in told)
    ):
        yield name


def _is_body(reading: AnnotatedText, words: Key) -> bool:
    """Whether words read like an organisation's or a place's name: "Porto Rail Union"."""
    cues = reading.cues
    heads = [words[-1]] if len(words) > 1 else []
    if len(words) > 2 and words[1] in cues.genitives:
        heads.append(words[0])
    return any(word in cues.org_words or word in cues.place_words for word in heads)


def _are_words(reading: AnnotatedText, words: Key) -> bool:
    """Whether each is a word that the text writes in lower case, or one of the language that is no
    first name."""
    cues = reading.cues
    return all(
        len(word) > 1
        and (word in reading.words.texts or (is_word(word, cues) and not cues.is_given(word)))
        for word in words
    )
