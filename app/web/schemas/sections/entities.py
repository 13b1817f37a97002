"""Who is named on each side, as it is answered."""

from pydantic import Field

from app.web.parameters.base import EntityType
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class EntityOnSide(Answer):
    """What one side has of an entity."""

    mentions: int = Field(description="How often the side mentions it.")
    articles: int = Field(description="In how many of the side's articles it stands.")
    share: float = Field(description="Of all the side's entity mentions, 0 to 1.")
    headline: int = Field(description="Mentions in a title or subtitle.")
    lead: int = Field(description="Mentions in the first paragraph of a body.")
    salience: float = Field(description="The mean over the side's articles, 0 to 1.")
    evidence: list[Spot] = Field(description="Its first mentions on the side.")


class ComparedEntity(Answer):
    """An entity, with what each side that names it has of it."""

    entity: int | None = Field(
        description="Its id; null where only a revision that was named has it, and no article."
    )
    name: str = Field(description="Its name.")
    type: EntityType = Field(description="What it is (OntoNotes' types).")
    sides: dict[str, EntityOnSide] = Field(
        description="What each side that names it has, by the side's key."
    )


class EntitySection(Answer):
    """Entities that sides share, and those that one side alone names."""

    distance: float | None = Field(
        description="Jensen-Shannon distance of the sides' shares (base 2, 0 to 1); null where a "
        "side names nothing."
    )
    shared: list[ComparedEntity] = Field(
        description="Entities that two sides or more name, the most mentioned first."
    )
    only: dict[str, list[ComparedEntity]] = Field(
        description="By the side's key, what it alone names; `top` of all sides together, in turns."
    )
    more: More
    note: Note


SECTION = EntitySection
