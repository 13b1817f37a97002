"""Fingerprints of a text: what makes two texts that share passages known to each other."""

import re
import zlib
from collections.abc import Iterable

from app.domain.names import fold

# Goes up with every change, so that stored fingerprints can be told apart.
VERSION = "1"

WORDS = 5  # of a hashed n-gram
_WINDOW = 4  # n-grams of which one is kept: passages of eight words are always seen

_WORD = re.compile(r"\w+")


def fingerprints(text: str, body_start: int) -> tuple[int, ...]:
    """Hashes (32 bits) of the word n-grams of a body that winnowing keeps (Schleimer, Wilkerson &
    Aiken 2003), each once, in the order of the text. Case, accents and punctuation make no
    difference. Time grows in proportion to the text."""
    words = _WORD.findall(fold(text[body_start:]))
    hashes = [
        zlib.crc32(" ".join(passage).encode())
        for passage in zip(*(words[first:] for first in range(WORDS)), strict=False)
    ]
    return tuple(dict.fromkeys(_winnowed(hashes)))


def _winnowed(hashes: list[int]) -> Iterable[int]:
    """The least hash of each window of hashes; of fewer hashes than a window has, the least of
    all."""
    if 0 < len(hashes) < _WINDOW:
        return [min(hashes)]
    return map(min, *(hashes[first:] for first in range(_WINDOW)))
