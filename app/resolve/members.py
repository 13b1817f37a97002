"""Members of a party spoken of as one person: 'the Ohio Democrat' is no party."""

from bisect import bisect_left
from collections.abc import Sequence

from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName

_BETWEEN = 3  # words between an article and a party's member: "the two-term Ohio"
_OF_OTHERS = frozenset(["compound", "amod", "nmod"])


def without_members(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names without those of a party in the singular behind a definite article, which mean one
    person whom the text has told of ("the Ohio Democrat said"), not the party."""
    members = reading.cues.party_members
    if not members:
        return tuple(names)
    return tuple(
        name
        for name in names
        if reading.text[name.start : name.end].lower() not in members
        or not _is_one_person(reading, name)
    )


def _is_one_person(reading: AnnotatedText, name: FoundName) -> bool:
    tokens, words = reading.annotation.tokens, reading.words
    at = reading.token_at.get(name.start)
    if at is None or tokens.deps[at] in _OF_OTHERS:
        return False
    index = bisect_left(words.starts, name.start) - 1
    for each in range(index, max(-1, index - _BETWEEN - 1), -1):
        if reading.text[words.ends[each] : words.starts[each + 1]].strip(" -.'’"):
            return False
        if words.texts[each].lower() in reading.cues.definite_articles:
            return True
    return False
