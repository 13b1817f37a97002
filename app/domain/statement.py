"""Sentences of a text with what they are compared by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with what it is compared by."""

    start: int
    end: int
    # Its content words in its order, each once; numbers are values: "3000".
    lemmas: tuple[str, ...] = ()
    # Those that are verbs: "take", "blow up".
    verbs: tuple[str, ...] = ()
    # What it denies, once for each time: "leave" in 'did not leave'.
    negated: tuple[str, ...] = ()
    # Indices in `lemmas`: of words that stand in names only,
    named: tuple[int, ...] = ()
    # of those that do something,
    acting: tuple[int, ...] = ()
    # and of those that something is done to. Passives are turned round.
    suffering: tuple[int, ...] = ()
    # Where its names start,
    mentions: tuple[int, ...] = ()
    # those of them that do something,
    subjects: tuple[int, ...] = ()
    # and those that something is done to.
    objects: tuple[int, ...] = ()
    # Equal for sentences of the same words (32 bits).
    digest: int = 0
