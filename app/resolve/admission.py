"""Whether words that read like a name are that name here."""

from app.resolve.annotated_text import AnnotatedText
from app.resolve.cues import NameCues
from app.resolve.words import NameMatch

# Of forms of words: "promises", "growers".
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "y", "n")


def is_common_word(reading: AnnotatedText, match: NameMatch[object]) -> bool:
    """Whether the match is a single word that the language uses as a common word too."""
    return (
        match.first == match.last
        and reading.words.texts[match.first].lower() in reading.cues.common_words
    )


def reads_as_name(reading: AnnotatedText, match: NameMatch[object]) -> bool:
    """Whether a common word stands here as a name: a short form in capitals ("IS", "WHO") within
    a line that is not all in capitals, or a word that the tagger takes for a name outside
    headlines."""
    words = reading.words
    start = words.starts[match.first]
    word = words.texts[match.first]
    if reading.is_loud(start) or match.capitals:
        return False
    if len(word) > 1 and word.isupper():
        return True
    return not reading.is_titled(start) and reading.pos(start) == "PROPN"


def is_part_of_longer(
    reading: AnnotatedText, match: NameMatch[object], taken: frozenset[int]
) -> bool:
    """Whether another capitalised word stands right beside it, so that it may be half of another
    name ("Michael Jordan", "Cairo Hotel").

    Words in `taken` (by index) belong to other names. Titles may stand before it and an office
    behind ("Cairo Museum Director"). In headlines capitals say nothing.
    """
    if _adjoins(reading, match.first, -1, taken):
        return True
    last = match.last
    while _adjoins(reading, last, 1, taken):
        last += 1
    return last > match.last and reading.words.texts[last].lower() not in reading.cues.titles


def _adjoins(reading: AnnotatedText, index: int, step: int, taken: frozenset[int]) -> bool:
    words, text = reading.words, reading.text
    other = index + step
    if not 0 <= other < len(words.texts) or other in taken:
        return False
    left, right = min(index, other), max(index, other)
    gap = text[words.ends[left] : words.starts[right]]
    if gap not in (" ", "-", "’", "'", ". "):
        return False
    word = words.texts[other]
    if not word[0].isupper() or (step < 0 and word.lower() in reading.cues.titles):
        return False
    if gap == ". " and len(words.texts[left]) > 1:
        return False
    if gap == "-":
        return True
    return not reading.is_titled(words.starts[other]) and reading.pos(words.starts[other]) in (
        "PROPN",
        None,
    )


def is_word(small: str, cues: NameCues) -> bool:
    """Whether a word, or what it is a form of, is among the common ones of the language."""
    if small in cues.vocabulary or small in cues.headline_words or small in cues.common_words:
        return True
    return any(
        small.endswith(ending)
        and (
            small[: -len(ending)] in cues.vocabulary
            or f"{small[: -len(ending)]}e" in cues.vocabulary
        )
        for ending in _ENDINGS
    )
