"""Who is named on each side, as it is answered."""

from pydantic import Field

from app.web.parameters.base import EntityType
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class EntityOnSide(Answer):
    """What one side has of an entity."""

    mentions: int
    articles: int = Field(description="In how many of the side's articles it stands.")
    share: float = Field(description="Of all the side's entity mentions, 0 to 1.")
    headline: int = Field(description="Mentions in a title or subtitle.")
    lead: int = Field(description="Mentions in the first paragraph of a body.")
    salience: float = Field(description="The mean over the side's articles, 0 to 1.")
    evidence: list[Spot]


class ComparedEntity(Answer):
    """An entity, with what each side that names it has of it."""

    entity: int
    name: str
    type: EntityType
    sides: dict[str, EntityOnSide]


class EntitySection(Answer):
    """Entities that sides share, and those that one side alone names."""

    distance: float | None = Field(
        description="Jensen-Shannon distance of the sides' shares (base 2, 0 to 1); null where a "
        "side names nothing."
    )
    shared: list[ComparedEntity]
    only: dict[str, list[ComparedEntity]]
    more: More
    note: Note


SECTION = EntitySection
