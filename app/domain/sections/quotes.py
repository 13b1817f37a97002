"""Who is heard on each side of a comparison, and what they say there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.comparison import Spot

type QuoteChange = Literal["same", "trimmed", "altered"]
type DiffStep = Literal["equal", "replace", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class SpeakerOnSide:
    """What one side gives to a speaker: its quotes, those of them that are direct or have quoted
    words, the words in all of them, and their share (0..1) of all quoted words of that side."""

    quotes: int
    direct: int
    words: int
    share: float
    evidence: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class SpeakerItem:
    """A speaker with what each side that hears them has. `entity` is None for one without a name,
    who is known by their words alone ('one resident')."""

    entity: int | None
    name: str
    sides: Mapping[str, SpeakerOnSide]


@dataclass(frozen=True, slots=True)
class Unattributed:
    """Quotes of a side whose speaker the text does not tell, or not surely."""

    quotes: int
    words: int


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A step from one wording to another: `before` and `after` are the words on either side."""

    step: DiffStep
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SameQuote:
    """One quote on two sides, in the same words (case and punctuation apart), trimmed on one side,
    or altered; `diff` turns the wording of the first side into that of the second."""

    change: QuoteChange
    similarity: float
    sides: Mapping[str, Spot]
    diff: tuple[DiffPart, ...]


@dataclass(frozen=True, slots=True)
class QuoteSection:
    """Speakers, those with the most words first, and quotes that two sides give, altered ones
    first; `more` items in all were cut off; `note` says where the evidence does not suffice, or how
    far it reaches."""

    speakers: tuple[SpeakerItem, ...]
    unattributed: Mapping[str, Unattributed]
    same: tuple[SameQuote, ...]
    more: int
    note: str | None
