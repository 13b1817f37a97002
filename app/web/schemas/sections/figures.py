"""Figures about the same thing, as they are answered."""

from pydantic import Field

from app.domain.figure import FigureKind
from app.domain.sections.figures import Verdict
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot

QUANTIFIER = "What blurs the number: `at least`, `more than`, `at most`, `less than`, `about`, ..."


class QuantityFields(Answer):
    """What a figure says."""

    kind: FigureKind = Field(description="What is counted or measured.")
    value: float = Field(description="The number, or the beginning of a range.")
    upper: float | None = Field(description="The end of a range.")
    quantifier: str | None = Field(description=QUANTIFIER)
    unit: str | None = Field(description="A unit, or a currency as ISO 4217.")
    per: str | None = Field(description="What a rate is by: `day`, `barrel`.")
    noun: str | None = Field(description="The lemma of what is counted.")
    attribution: str | None = Field(description="Who is quoted with it, as they stand.")


class Quantity(QuantityFields, Spot):
    """A figure at its place in a text."""


class ComparedFigures(Answer):
    """Figures about the same thing, with what they are to each other."""

    verdict: Verdict = Field(description="What they are to each other.")
    kind: FigureKind = Field(description="What is counted or measured.")
    unit: str | None = Field(description="A unit, or a currency as ISO 4217.")
    noun: str | None = Field(description="The lemma of what is counted.")
    reason: str = Field(description="Why they agree, are compatible, conflict, or stand alone.")
    origins: int = Field(
        description="Of how many texts they are: copies of one agency text count once, and say "
        "nothing twice."
    )
    counts: dict[str, int] = Field(description="How many places of each side have it.")
    sides: dict[str, list[Quantity]] = Field(description="The figures of each side, by its key.")


class FigureSection(Answer):
    """Groups of figures: conflicts first, then what is compatible, agrees, stands alone."""

    items: list[ComparedFigures] = Field(description="The groups.")
    more: More
    note: Note


SECTION = FigureSection
