"""Sentences that report the same thing, as they are answered."""

from pydantic import Field

from app.web.schemas.base import Answer
from app.web.schemas.places import Spot


class Parts(Answer):
    """What a similarity is made of, each 0 to 1; null where a sentence has none."""

    words: float
    verbs: float | None
    entities: float | None
    numbers: float | None


class AlignedStatement(Answer):
    """Sentences that report the same thing, one of each side that does."""

    similarity: float = Field(
        description="Of the two least alike, 0 to 1. Below 0.44: long sentences that stand out "
        "as a pair, because no others of these sides share a word that they share."
    )
    parts: Parts
    origins: int = Field(
        description="Of how many texts they are: copies of one agency text count once, and say "
        "nothing twice."
    )
    sides: dict[str, Spot]


class OwnStatement(Answer):
    """A sentence that one side alone has."""

    importance: float = Field(description="0 to 1.")
    count: int = Field(description="How often it stands there word for word.")
    spot: Spot


class StatementSection(Answer):
    """All sentences of all sides, those of the same words on one side once."""

    aligned: list[AlignedStatement]
    only: dict[str, list[OwnStatement]]
