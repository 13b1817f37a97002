"""Sentences of a text with what they are compared by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `[start, end)`: its content lemmas and the mentions in it (their starts)."""

    start: int
    end: int
    lemmas: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
