"""Who is heard on each side, and the same quote in two wordings, as they are answered."""

from pydantic import Field

from app.domain.sections.quotes import DiffStep, QuoteChange
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class SpeakerOnSide(Answer):
    """What one side gives to a speaker."""

    quotes: int = Field(description="How many quotes the side gives them.")
    direct: int = Field(description="Quotes that are direct, or hold quoted words.")
    words: int = Field(description="Words in all of the quotes.")
    share: float = Field(description="Of the words in all quotes of the side, 0 to 1.")
    evidence: list[Spot] = Field(description="The first of the quotes.")


class ComparedSpeaker(Answer):
    """A speaker, with what each side that hears them has."""

    entity: int | None = Field(
        description="Null for a speaker without a name, known by their own words alone."
    )
    name: str = Field(description="The entity's name, or the words: `one resident`.")
    sides: dict[str, SpeakerOnSide] = Field(
        description="What each side that hears them has, by the side's key."
    )


class Unattributed(Answer):
    """Quotes whose speaker the text does not tell, or not surely."""

    quotes: int = Field(description="How many quotes.")
    words: int = Field(description="Words in all of them.")


class DiffPart(Answer):
    """A step from the wording of the first side to that of the second."""

    step: DiffStep = Field(description="What happens from the first to the second.")
    before: str = Field(description="The words of the first side; empty where they are new.")
    after: str = Field(description="The words of the second side; empty where they are gone.")


class SameQuote(Answer):
    """One quote that two sides give."""

    change: QuoteChange = Field(
        description="`same` apart from case and punctuation, `trimmed` on one side, or `altered`."
    )
    similarity: float = Field(description="Share of the words in common, 0 to 1.")
    sides: dict[str, Spot] = Field(description="The quote as each of the two sides has it.")
    diff: list[DiffPart] = Field(description="Word by word from the first side to the second.")


class QuoteSection(Answer):
    """Who speaks on each side, and quotes that two sides give."""

    speakers: list[ComparedSpeaker] = Field(
        description="Who is heard, those with most words first."
    )
    unattributed: dict[str, Unattributed] = Field(
        description="By the side's key, quotes of nobody who is known."
    )
    same: list[SameQuote] = Field(description="Quotes that two sides give.")
    more: More
    note: Note


SECTION = QuoteSection
