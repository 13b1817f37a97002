"""English phrases that sentences about a comparison are made of."""

import re
from collections.abc import Iterable

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPACE = re.compile(r"\s+")
# Where a long sentence may be cut: after a clause, else after a word. A comma inside a number does
# not end a clause.
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|—")
# Short words at the end of a cut sentence, which need what was cut off: 'of the'.
_LEADING_ON = re.compile(r"(?:\s[a-zà-ÿ]{1,3})+$")
_MARKS = {"“": "”", "„": "“", "«": "»"}
_ANY_MARK = frozenset('"“”„«»')
_ENDS = (".", "!", "?", "…")

# Pronouns, English and French: as the name of a speaker they tell nobody who it is.
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "who", "we", "i", "il", "elle", "ils", "elles", "on", "nous"}
)
# A sentence that begins with one of these refers to the sentence before it.
_LEANING = PRONOUNS | {"his", "her", "its", "their", "our", "this", "that", "these", "those"}
_FIRST_WORD = re.compile(r"\w+")

LONGEST = 200  # characters of a sentence that is quoted


def listed(names: Iterable[str]) -> str:
    """Names in a sentence, in their order: 'A, B and C'."""
    every = list(names)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def number(count: int) -> str:
    """A count in words up to ten, else in digits: 'three', '1,200'."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def counted(count: int, noun: str) -> str:
    """A number with a regular noun: 'two quotes', 'one quote'."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def quoted(surface: str, longest: int = LONGEST) -> str:
    """A surface between quotation marks, white space as single blanks. A long one is cut after a
    clause or a word, with an ellipsis. Quotation marks at its ends that have no counterpart are
    dropped; where some stay inside, the outer ones are single."""
    text = cut(_unmarked(_SPACE.sub(" ", surface).strip()).rstrip(" ,;:"), longest)
    return f"‘{text}’" if _ANY_MARK & set(text) else f"“{text}”"


def cut(text: str, longest: int) -> str:
    """The text, or as much of its beginning as `longest` characters hold, with an ellipsis."""
    if len(text) <= longest:
        return text
    clauses = [m.start() for m in _CLAUSE.finditer(text, longest // 2, longest)]
    if clauses:
        return text[: clauses[-1]].rstrip(" ,;:–—-") + " …"
    end = text.rfind(" ", longest // 2, longest)
    whole = text[: end if end > 0 else longest]
    return _LEADING_ON.sub("", whole).rstrip(" ,;:–—-") + " …"


def ended(sentence: str) -> str:
    """The sentence with a full stop, unless what it quotes at its end has one, or an ellipsis."""
    return sentence if sentence.rstrip('”’"»)').endswith(_ENDS) else f"{sentence}."


def self_contained(text: str) -> bool:
    """Whether a sentence can be read by itself: neither a quotation, whose speaker may stand
    elsewhere, nor one that begins with a word for something said before."""
    first = _FIRST_WORD.search(text)
    quotation = text[:1] in _ANY_MARK
    return not quotation and first is not None and first[0].lower() not in _LEANING


def _unmarked(text: str) -> str:
    """The text without quotation marks that enclose all of it, or have no counterpart."""
    first, last = text[:1], text[-1:]
    if first == '"' and last == '"' and text.count('"') == 2:
        return text[1:-1]
    if first in _MARKS and last == _MARKS[first] and len(_ANY_MARK & set(text[1:-1])) == 0:
        return text[1:-1]
    if text.count('"') % 2:
        return text[1:] if first == '"' else text.removesuffix('"')
    for opening, closing in _MARKS.items():
        if first == opening and text.count(closing) < text.count(opening):
            return text[1:]
        if last == closing and text.count(opening) < text.count(closing):
            return text[:-1]
    return text
