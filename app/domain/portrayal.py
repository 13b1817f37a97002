"""How a text puts an entity into words: what it calls it, what it has it do and suffer.

`mention` is where (code points) the mention starts that a record is about.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A word or phrase `text` at `[start, end)` put on the entity of a mention."""

    start: int
    end: int
    text: str
    kind: str
    mention: int


@dataclass(frozen=True, slots=True)
class Role:
    """What the entity of a mention does (`agent`) or what is done to it (`patient`): the lemma of
    the verb, whose place is `[start, end)`."""

    start: int
    end: int
    verb: str
    part: str
    negated: bool
    reporting: bool
    mention: int
