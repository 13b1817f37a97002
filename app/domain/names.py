"""Keys under which names are looked up, shared by resolution and by search."""

import re
import unicodedata
from functools import cache, lru_cache

from app.languages import ALL, languages_with, load

_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_WORD = re.compile(r"[^\w]+")
# Below there are no combining characters, and of a text in Latin letters little is above.
_PERHAPS_COMBINING = re.compile("[\u0300-\U0010ffff]")
_VOWELS = str.maketrans("", "", "aeiouyhw")


def fold(text: str) -> str:
    """Lower case without diacritics, one blank between words."""
    if text.isascii():  # as most text is, and decomposing it takes ten times as long
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text)
    bare = _PERHAPS_COMBINING.sub(_without_mark, decomposed)
    return " ".join(bare.casefold().split())


def _without_mark(match: re.Match[str]) -> str:
    character = match.group()
    return "" if unicodedata.combining(character) else character


# News names the same few thousand over and over, and each several times on its way to the store.
@lru_cache(maxsize=32_768)
def name_key(name: str) -> str:
    """The key that spellings of one name share: case, accents, a leading article, a closing
    possessive, dots and hyphens make no difference ("the U.S.'s" and "US" -> "us")."""
    key = fold(name)
    for article in _articles():
        if key.startswith(article) and len(key) > len(article):
            key = key[len(article) :]
            break
    key = _POSSESSIVE.sub("", key)
    key = key.replace(".", "")
    return " ".join(_NOT_WORD.sub(" ", key).split()) or fold(name)


@cache
def _articles() -> tuple[str, ...]:
    # Of all languages together: a key is looked up without knowing in which language it is asked.
    return tuple(
        article for each in languages_with("keys") for article in load(each, "keys")["articles"]
    )


def name_skeleton(name: str) -> str:
    """The consonants of a name, doubled ones once, the particle 'al' left out: near spellings
    share it ("Bashar Asad" and "Bashar al-Assad" -> "bsr sd"; "Palmira" and "Palmyra" -> "plmr").
    A word of vowels alone stays as it is."""
    particles = load(ALL, "keys")["particles"]
    parts = []
    for word in name_key(name).split():
        if word in particles and len(name_key(name)) > len(word):
            continue
        bones = re.sub(r"(.)\1+", r"\1", word.translate(_VOWELS)) or word
        parts.append(bones)
    return " ".join(parts)
