"""Words that tell the sides apart, as they are answered."""

from pydantic import Field

from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class ComparedTerm(Answer):
    """A word that tells a side apart."""

    term: str = Field(description="The word, as its lemma.")
    z: float = Field(description="z-score of the log-odds ratio (Monroe, Colaresi & Quinn 2008).")
    towards: str = Field(description="The side that uses it more.")
    counts: dict[str, int] = Field(description="How often each side uses it, by the side's key.")
    evidence: dict[str, list[Spot]] = Field(
        description="Where each side uses it, by the side's key."
    )


class TermSection(Answer):
    """Words that tell the sides apart, the strongest first."""

    items: list[ComparedTerm] = Field(description="The words, the strongest first.")
    more: More
    note: Note


SECTION = TermSection
