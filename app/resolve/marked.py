"""Names that the words beside them mark: storms, ships, law cases, peers, things with numbers."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from app.domain.names import fold
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay
from app.resolve.surroundings import is_subject
from app.resolve.words import word_indices

_LONGEST = 4  # words of a name behind its mark
_CASE_WITHIN = 250  # characters around a law case in which a word of law stands
# "A52", "9", "3310", "737", no year.
_CODE = re.compile(r"[A-Z]{1,3}\d{1,4}[a-z]?|(?!(?:19|20)\d\d$)\d{1,4}[A-Za-z]?")
_GIVEN = (2, 5)  # words of a Vietnamese name: more than the first, no more than the second
_SYLLABLE = 7  # letters of half a given name with a hyphen
_LAST_SYLLABLE = 5  # of its second half in lower case, where the tagger takes it for a word
_SURE = 4  # letters from which on a Vietnamese surname is no word of another language


def whole(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with those of people whole whose first word the model left out: a Vietnamese
    surname ("Nguyen Thi Minh"), a first name that is a place too ("Florence Stone")."""
    found = [
        *_vietnamese(reading, names),
        *_given_like_places(reading, names),
        *_hyphened(reading),
        *_before_words(reading, names),
    ]
    return overlay(_without(names, found), found)


def marked(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with those laid over them that a word beside them marks: "Hurricane X", "HMS X",
    "X v. Y" in a text on law, "Duke of X", "Pixel 6". Time grows in proportion to the text."""
    entries = {(name.start, name.end) for name in names if name.entry is not None}
    found = [
        name
        for find in (_storms, _ships, _peers, _cases, _things)
        for name in find(reading, names)
        if (name.start, name.end) not in entries
    ]
    return overlay(_without(names, found), found)


def _without(names: Sequence[FoundName], found: Sequence[FoundName]) -> list[FoundName]:
    """The names that do not meet those found."""
    starts = sorted((name.start, name.end) for name in found)
    kept = []
    for name in names:
        at = bisect_left(starts, (name.end, 0)) - 1
        if at < 0 or starts[at][1] <= name.start:
            kept.append(name)
    return kept


def _vietnamese(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words = reading.words
    taken = frozenset(word_indices(words, names))
    for first, word in enumerate(words.texts):
        # A surname of Vietnam alone, and the model saw nothing: "Nguyễn Thị Minh".
        if word[0].isupper() and first not in taken and _is_family_opening(reading, first):
            end = _run(reading, first, _GIVEN[1])
            if end - first > _GIVEN[0] and (len(word) >= _SURE or not word.isascii()):
                yield FoundName(words.starts[first], words.ends[end - 1], "PERSON", None, "whole")
    for name in names:
        if name.type != "PERSON":
            continue
        last = bisect_left(words.starts, name.end) - 1
        first = index = bisect_left(words.starts, name.start)
        while index > 0 and _follows(reading, index) and words.texts[index - 1][0].isupper():
            index -= 1
            if last - index + 1 > _GIVEN[1]:
                break
            if _is_family_opening(reading, index):
                first = index
        if first < len(words.starts) and words.starts[first] < name.start:
            yield FoundName(words.starts[first], name.end, "PERSON", None, "whole")


def _hyphened(reading: AnnotatedText) -> Iterator[FoundName]:
    """A Korean or Chinese name whose given name has a hyphen: "Han Min-jae"."""
    words, families = reading.words, reading.cues.hyphened_families
    if not families:
        return
    for index, word in enumerate(words.texts[:-2]):
        if not word[0].isupper() or word.lower() not in families:
            continue
        given, rest = words.texts[index + 1], words.texts[index + 2]
        hyphen = reading.text[words.ends[index + 1] : words.starts[index + 2]]
        if (
            _follows(reading, index + 1)
            and hyphen in ("-", "‐", "‑")
            and given.istitle()
            and max(len(given), len(rest)) <= _SYLLABLE
            and (
                rest[0].isupper()
                or reading.pos(words.starts[index + 2]) == "PROPN"
                or _is_syllable(reading, index + 1)
            )
        ):
            yield FoundName(words.starts[index], words.ends[index + 2], "PERSON", None, "whole")


def _is_syllable(reading: AnnotatedText, index: int) -> bool:
    """Whether the words at an index and behind its hyphen are the given name of a surname before
    them, not what ends like "An Iran-led"."""
    words, cues = reading.words, reading.cues
    family, given, rest = words.texts[index - 1 : index + 2]
    return (
        len(rest) <= _LAST_SYLLABLE
        and rest not in cues.vocabulary
        and family.lower() not in cues.articles | cues.common_words
        and not reading.knowledge.named(given)
    )


def _before_words(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    """A first name with the surname that is a word too, which the model left out: "Helen Judge"."""
    words, cues, tokens = reading.words, reading.cues, reading.annotation.tokens
    for name in names:
        last = bisect_left(words.starts, name.end)
        if name.type != "PERSON" or last >= len(words.texts) or not _follows(reading, last):
            continue
        word = words.texts[last]
        if not word.istitle() or not cues.is_given(reading.text[name.start : name.end].lower()):
            continue
        if word.lower() not in cues.titles and word.lower() not in cues.landform_surnames:
            continue
        own, next_ = reading.token_at.get(name.start), reading.token_at.get(words.starts[last])
        if own is None or next_ is None or tokens.pos[next_] != "PROPN":
            continue
        if tokens.heads[own] == next_ and not _is_followed(reading, last):
            yield FoundName(name.start, words.ends[last], "PERSON", None, "whole")


def _is_family_opening(reading: AnnotatedText, index: int) -> bool:
    word = fold(reading.words.texts[index])
    return word in reading.cues.family_openings


def _given_like_places(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    """ "Paris" and a word behind it that the model takes for a person's name, or takes with it for
    one name of whatever type."""
    words, cues = reading.words, reading.cues
    for name in names:
        first = bisect_left(words.starts, name.start)
        size = bisect_left(words.starts, name.end) - first
        alone = name.type == "PERSON" or is_subject(reading, name.end)
        if size == 1 and words.texts[first].lower() in cues.place_first_names:
            # The model took the first name alone: "Georgia" of "Georgia Stone".
            behind = words.ends[first + 1 : first + 2]
            if not behind or not _follows(reading, first + 1):
                continue
            if not any(is_subject(reading, end) for end in (name.end, behind[0])):
                continue
        elif size == 1 and alone and first and _follows(reading, first):
            first -= 1
        elif size != 2:
            continue
        if words.texts[first].lower() not in cues.place_first_names:
            continue
        if not words.texts[first][0].isupper() or not _is_surname(reading, first + 1):
            continue
        if reading.knowledge.named(reading.text[words.starts[first] : words.ends[first + 1]]):
            continue
        yield FoundName(words.starts[first], words.ends[first + 1], "PERSON", None, "whole")


def _is_surname(reading: AnnotatedText, index: int) -> bool:
    """Whether a word may be a surname, not what a town has: "Holloway", not "Police"."""
    word, start = reading.words.texts[index].lower(), reading.words.starts[index]
    cues = reading.cues
    of_places = word in cues.place_words or word in cues.local_words or word in cues.surroundings
    of_bodies = word in cues.org_words or word in cues.company_words or word in cues.org_nouns
    common = word in cues.titles or word in cues.common_words or word in cues.person_nouns
    return (
        reading.words.texts[index][0].isupper()
        and not (of_places or of_bodies or common or word in cues.company_forms)
        and word not in cues.headline_words
        and reading.pos(start) == "PROPN"
        and not _is_followed(reading, index)
        and not reading.knowledge.named(reading.words.texts[index])
    )


def _is_followed(reading: AnnotatedText, index: int) -> bool:
    """Whether one more capitalised word stands behind a word."""
    following = index + 1
    return (
        following < len(reading.words.texts)
        and reading.words.texts[following][0].isupper()
        and _follows(reading, following)
    )


def _follows(reading: AnnotatedText, index: int) -> bool:
    """Whether one blank parts a word from the one before it."""
    words = reading.words
    return reading.text[words.ends[index - 1] : words.starts[index]] == " "


def _run(reading: AnnotatedText, first: int, most: int = _LONGEST) -> int:
    """The index behind the capitalised words that stand in a row from `first` on; of a headline
    only the words before the first that headlines are made with."""
    words, cues = reading.words, reading.cues
    index = first
    while index < min(len(words.texts), first + most):
        word = words.texts[index]
        if not word[0].isupper() or (index > first and not _joined(reading, index)):
            break
        if reading.is_titled(words.starts[index]) and word.lower() in cues.headline_words:
            break
        index += 1
    return index


def _joined(reading: AnnotatedText, index: int) -> bool:
    words = reading.words
    return reading.text[words.ends[index - 1] : words.starts[index]] in (" ", "-", "'", "’")


def _storms(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words, cues = reading.words, reading.cues
    for index, word in enumerate(words.texts[:-1]):
        if word.lower() not in cues.storms or not _follows(reading, index + 1):
            continue
        name = words.texts[index + 1]
        small = name.lower()
        # "Hurricane Center", "Storm Warning", "Cyclone Season".
        if not name[0].isupper() or small in cues.org_words or small in cues.place_words:
            continue
        if small in cues.headline_words or small in cues.common_words or small in cues.org_nouns:
            continue
        if reading.is_titled(words.starts[index]) and not _may_be_called(reading, index + 1):
            continue
        first = index if word[0].isupper() else index + 1
        before = words.texts[index - 1] if index and _follows(reading, index) else ""
        if first == index and before.istitle() and before.lower() in cues.storm_openings:
            first -= 1
        yield FoundName(words.starts[first], words.ends[index + 1], "EVENT", None, "marked")


def _may_be_called(reading: AnnotatedText, index: int) -> bool:
    """Whether a word of a headline reads like a name: a first name, or no common word."""
    small = reading.words.texts[index].lower()
    return small in reading.cues.first_names or small not in reading.cues.vocabulary


def _ships(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words, cues = reading.words, reading.cues
    for index, word in enumerate(words.texts[:-1]):
        if not _follows(reading, index + 1):
            continue
        if word in cues.ship_prefixes:
            first, least = index, index + 1
        elif word in cues.vessel_nouns and words.texts[index + 1].lower() in cues.ship_titles:
            first, least = index + 1, index + 2
        else:
            continue
        end = _run(reading, index + 1, 3)
        if end > least:
            yield FoundName(words.starts[first], words.ends[end - 1], "PRODUCT", None, "marked")


def _peers(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words, cues = reading.words, reading.cues
    for index, word in enumerate(words.texts[:-2]):
        # A French title is in lower case: "le duc de Savoie".
        written = word[0].isupper() or cues.heads == "first"
        if not written or word.lower() not in cues.nobility:
            continue
        if words.texts[index + 1] not in cues.genitives:
            continue
        end = _run(reading, index + 2, 2)
        gap = reading.text[words.ends[index] : words.starts[index + 2]]
        if end > index + 2 and gap.split() == [words.texts[index + 1]]:
            yield FoundName(words.starts[index], words.ends[end - 1], "PERSON", None, "marked")


def _cases(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words, cues = reading.words, reading.cues
    by_end = {name.end: name for name in names}
    by_start = {name.start: name for name in names}
    for index in range(1, len(words.texts) - 1):
        if words.texts[index] not in cues.case_marks:
            continue
        left, right = words.ends[index - 1], words.starts[index + 1]
        if reading.text[left:right] not in (f" {words.texts[index]} ", f" {words.texts[index]}. "):
            continue
        if not words.texts[index - 1][0].isupper() or not words.texts[index + 1][0].isupper():
            continue
        first, last = by_end.get(left), by_start.get(right)
        start = first.start if first else words.starts[index - 1]
        end = last.end if last else words.ends[_run(reading, index + 1, 3) - 1]
        around = reading.text[max(0, start - _CASE_WITHIN) : end + _CASE_WITHIN].lower().split()
        # With a dot, "Stone v. Bell" is no match of two teams unless they may be teams.
        dotted = reading.text[left:right].endswith(". ") and not any(
            side is not None and (side.entry is not None or side.type != "PERSON")
            for side in (first, last)
        )
        if dotted or any(word.strip(".,;:()\"'") in cues.court_words for word in around):
            yield FoundName(start, end, "LAW", None, "marked")


def _things(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    words, cues = reading.words, reading.cues
    for index, word in enumerate(words.texts[:-1]):
        if word[0].islower() and not word[1:2].isupper():
            continue
        if word.lower() not in cues.product_lines or not _follows(reading, index + 1):
            continue
        last = index + 1
        if words.texts[last].isalpha() and words.texts[last].istitle():
            last += 1  # "Redmi Note 9"
        if last == len(words.texts) or not _follows(reading, last):
            continue
        if _CODE.fullmatch(words.texts[last]):
            yield FoundName(words.starts[index], words.ends[last], "PRODUCT", None, "marked")
