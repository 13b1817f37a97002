"""Sentences of a text with what they are compared by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `[start, end)`. `lemmas` are its content words, each once, in its order,
    `verbs` those that are verbs; `negated` what it denies, once for each time; `numbers` those it
    gives, as the text has them. `mentions` are where the names in it start, `subjects` and
    `objects` those of them that do something and have something done to them, passives turned
    round. `digest` is equal for sentences of the same words."""

    start: int
    end: int
    lemmas: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    digest: int = 0
