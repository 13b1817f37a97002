"""How a text puts an entity into words: what it calls it, what it has it do and suffer.

`mention` is where (code points) the mention starts that a record is about.
"""

from dataclasses import dataclass
from typing import Literal

type LabelKind = Literal["name", "title", "modifier", "apposition", "head", "description"]
LABEL_KINDS: tuple[LabelKind, ...] = (
    *("name", "title", "modifier", "apposition", "head", "description"),
)
type Part = Literal["agent", "patient"]


@dataclass(frozen=True, slots=True)
class Label:
    """A word or phrase `text` at `[start, end)`, without its article, put on the entity of a
    mention.

    `name` is the mention's own surface; `title` stands before a person's name ('President',
    'activist'), `modifier` before any ('embattled'); `apposition` beside it ('the former
    antiquities chief'); `head` is the name with the noun that it makes a phrase with ('Syrian
    regime'); `description` is said of it ('X is a terrorist') or means it ('the extremist group').
    """

    start: int
    end: int
    text: str
    kind: LabelKind
    mention: int


@dataclass(frozen=True, slots=True)
class Role:
    """What the entity of a mention does (`agent`) or what is done to it (`patient`): the lemma of
    the verb, whose place is `[start, end)`. `through` says that it acts by its people ('IS
    fighters retreated'); `reporting`, that the verb tells what it says."""

    start: int
    end: int
    verb: str
    part: Part
    negated: bool
    reporting: bool
    mention: int
    through: bool = False
