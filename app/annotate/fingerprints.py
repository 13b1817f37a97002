"""Fingerprints of a text: what makes two texts that share passages known to each other."""

import re
import zlib
from collections import deque

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
        zlib.crc32(" ".join(words[start : start + WORDS]).encode())
        for start in range(len(words) - WORDS + 1)
    ]
    return tuple(dict.fromkeys(_winnowed(hashes)))


def _winnowed(hashes: list[int]) -> list[int]:
    """The least hash of each window, the rightmost of equal ones."""
    if len(hashes) <= _WINDOW:
        return [min(hashes)] if hashes else []
    kept = []
    last = -1
    least: deque[int] = deque()
    for index, value in enumerate(hashes):
        while least and hashes[least[-1]] >= value:
            least.pop()
        least.append(index)
        if least[0] <= index - _WINDOW:
            least.popleft()
        if index >= _WINDOW - 1 and least[0] != last:
            last = least[0]
            kept.append(hashes[last])
    return kept
