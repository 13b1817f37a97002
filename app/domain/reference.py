"""Words that stand for a name: 'she', 'the Syrian president'."""

from dataclasses import dataclass
from typing import Literal

type ReferenceKind = Literal["pronoun", "description"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or a definite description at `[start, end)` that means somebody whom the text
    names. `mention` is where the nearest mention of that name starts; `reason` says how it was
    found. It counts as no mention."""

    start: int
    end: int
    text: str
    kind: ReferenceKind
    mention: int
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedReference:
    """A reference with the entity of the name that it stands for; None where a person rejected
    that name."""

    reference: Reference
    entity: int | None
    entity_name: str | None
