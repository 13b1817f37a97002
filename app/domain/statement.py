"""Sentences of a text with what they are compared by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `[start, end)`. `lemmas` are its content words, each once, in its order,
    `verbs` those that are verbs ('blow up' is one), numbers as values; `negated` what it denies,
    once for each time.

    `named`, `acting` and `suffering` are places in `lemmas`: of words that only stand in names,
    and of those that do something and have something done to them, passives turned round.
    `mentions` are where the names of the sentence start, `subjects` and `objects` those of them
    that act and suffer. `digest` is equal for sentences of the same words."""

    start: int
    end: int
    lemmas: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    named: tuple[int, ...] = ()
    acting: tuple[int, ...] = ()
    suffering: tuple[int, ...] = ()
    mentions: tuple[int, ...] = ()
    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    digest: int = 0
