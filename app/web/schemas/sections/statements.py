"""Sentences that report the same thing, as they are answered."""

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.domain.sections.statements import Difference, StatementKind
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Place, Spot


class Differing(Answer):
    """One thing in which the sides disagree about a fact."""

    what: Difference = Field(description="The kind of the difference.")
    sides: dict[str, list[Spot]] = Field(description="The words that differ on each side.")


class SharedStatement(Answer):
    """A fact that several sides report, in one sentence or more of each that does."""

    kind: StatementKind = Field(description="`differs` where the sides tell it differently.")
    differs: list[Differing] = Field(description="In what they differ, the weightiest first.")
    confidence: float = Field(
        description="The probability that the two sentences least sure to report the same thing "
        "do so, 0 to 1."
    )
    features: dict[str, float] = Field(description="What spoke for it, by name.")
    lead: dict[str, bool] = Field(
        description="Whether it stands in the headline or the lead of the side."
    )
    origins: int = Field(
        description="Of how many texts the sentences are: copies of one agency text count once, "
        "and say nothing twice."
    )
    sides: dict[str, list[Spot]] = Field(
        description="The sentences themselves: `evidence` does not cut them."
    )


class Nearest(Answer):
    """The sentence of another side that comes nearest."""

    likeness: float = Field(description="How likely it reports the same, 0 to 1.")
    spot: Place = Field(description="Where that sentence stands.")


class OwnStatement(Answer):
    """A sentence that one side alone has."""

    importance: float = Field(description="How much it weighs within its article, 0 to 1.")
    confidence: float = Field(
        description="The probability that no sentence of the others reports it, 0 to 1."
    )
    spot: Spot = Field(description="The sentence.")
    nearest: dict[str, Nearest | None] = Field(
        description="For each other side what comes nearest there; null where nothing shares a "
        "word with it."
    )


class StatementSection(Answer):
    """Facts that several sides report, those in the lead of every side first, and for each side
    what it alone reports, the most important first."""

    shared: list[SharedStatement] = Field(description="The facts that several sides report.")
    only: dict[str, list[OwnStatement]] = Field(
        description="By the side's key, what it alone reports."
    )
    unclear: int = Field(
        description="Sentences of which neither can be said: `?unclear=true` lists them."
    )
    unclear_items: dict[str, list[OwnStatement]] | SkipJsonSchema[None] = Field(
        None,
        description="Those sentences; absent unless asked for.",
        exclude_if=lambda found: found is None,
    )
    more: More
    note: Note


SECTION = StatementSection
