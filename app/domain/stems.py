"""Words as search and comparison know them: folded, by stem.

Folding goes first, so that a word is found with its accents or without; the stemmers are Snowball's
(Porter, 2001), for a language that has none words stay as they are.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import Stemmer

from app.domain.names import fold

_STEMMERS = {
    **{"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english"},
    **{"es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian"},
    **{"nl": "dutch", "no": "norwegian", "nb": "norwegian", "pt": "portuguese"},
    **{"ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish"},
}
# Letters and digits, with what is combined with them; a closing 's is no part of the word.
_WORD = re.compile("([^\\W_](?:[^\\W_]|[\u0300-\u036f])*)(?:['’]s(?![^\\W_]))?")
# Scripts that part no words: each character is a word there, and a longer word is a phrase.
_UNPARTED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
                       "\U00020000-\U0003ffff]")  # fmt: skip
# Letters with a stroke and ligatures, which no decomposition parts.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"}
)
_NOT_WORD = re.compile(r"[\W_]+")
# What is longer is an address or a key: its beginning is enough to find it by.
_LONGEST = 64


def words(text: str) -> Iterator[str]:
    """The words of a text in their order, folded, at most 64 characters of each."""
    for word in _WORD.findall(text):
        yield from _folded(word)


@lru_cache(maxsize=65_536)
def _folded(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word.lower()[:_LONGEST],)
    folded = _NOT_WORD.sub("", fold(word).translate(_PLAIN))
    if _UNPARTED.search(folded):
        return tuple(part for part in re.split(f"({_UNPARTED.pattern})", folded) if part)
    return (folded[:_LONGEST],) if folded else ()


def stemmer_of(language: str | None) -> str | None:
    """The name of the stemmer of a language (ISO 639-1); None where it has none."""
    return _STEMMERS.get(language or "")


# A stemmer keeps the word that it works on in itself: two threads in it mix their words.
_STEMMING = Lock()


@lru_cache(maxsize=65_536)
def stem(word: str, language: str | None) -> str:
    """The stem of a folded word; the word itself for a language that has no stemmer."""
    stemmer = _stemmer(stemmer_of(language))
    if stemmer is None:
        return word
    with _STEMMING:
        return str(stemmer.stemWord(word))


@cache
def _stemmer(name: str | None) -> Any:
    return None if name is None else Stemmer.Stemmer(name)
