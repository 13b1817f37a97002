"""Shared passages and origins, as they are answered."""

from pydantic import Field

from app.domain.sections.reuse import Derived
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class Passage(Answer):
    """Words that both articles have in a row."""

    words: int
    sides: dict[str, Spot]


class ReusePair(Answer):
    """Two articles of two sides that share text."""

    sides: tuple[str, str]
    articles: tuple[int, int]
    containment: float = Field(
        description="The share of the shorter one's word 5-grams that the other has, 0 to 1."
    )
    verdict: Derived = Field(description="Whether one is derived `wholly`, `partly` or `not`.")
    passages: list[Passage] = Field(description="The longest first.")


class Origin(Answer):
    """Articles that carry one text: as witnesses they count once."""

    articles: list[int]
    sides: list[str]


class ReuseSection(Answer):
    """Text that sides share."""

    pairs: list[ReusePair]
    origins: list[Origin]
    more: More
    note: Note


SECTION = ReuseSection
