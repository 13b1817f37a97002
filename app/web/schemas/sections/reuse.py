"""Shared passages and origins, as they are answered."""

from pydantic import Field

from app.domain.sections.reuse import Derived
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class Passage(Answer):
    """Words that both articles have in a row."""

    words: int = Field(description="How many words.")
    sides: dict[str, Spot] = Field(description="Where they stand on each of the two sides.")


class ReusePair(Answer):
    """Two articles of two sides that share text."""

    sides: tuple[str, str] = Field(description="The keys of the two sides.")
    articles: tuple[int, int] = Field(
        description="An article of the first side and one of the second."
    )
    containment: float = Field(
        description="The share of the shorter one's word 5-grams that the other has, 0 to 1."
    )
    verdict: Derived = Field(description="Whether one is derived `wholly`, `partly` or `not`.")
    passages: list[Passage] = Field(description="The longest first.")


class Origin(Answer):
    """Articles that carry one text: as witnesses they count once."""

    articles: list[int] = Field(description="The articles that carry it.")
    sides: list[str] = Field(description="The keys of their sides.")


class ReuseSection(Answer):
    """Text that sides share."""

    pairs: list[ReusePair] = Field(
        description="Pairs of articles that share text, the highest containment first."
    )
    origins: list[Origin] = Field(description="Texts that several articles carry.")
    more: More
    note: Note


SECTION = ReuseSection
