"""Comparisons: what each side calls the entities."""

from pydantic import Field

from app.domain.portrayal import LabelKind
from app.web.parameters.base import EntityType
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class ComparedLabel(Answer):
    """What one side calls an entity."""

    text: str = Field(description="Its most usual spelling, without an article.")
    kind: LabelKind = Field(
        description="`name`: the name as it stands; `title` and `modifier` stand before it, "
        "`apposition` beside it; `head` is the name with the noun over it ('Syrian regime'); "
        "`description` is said of it ('X is a ...') or means it ('the extremist group')."
    )
    count: int = Field(description="How often the side uses it.")
    only: bool = Field(description="Whether no other side calls the entity that.")
    evidence: list[Spot] = Field(description="Where the side calls it that.")


class LabelledEntity(Answer):
    """An entity, with what each side calls it, the most used first; a side that does not name it
    is absent."""

    entity: int | None = Field(
        description="Its id; null where only a revision that was named has it, and no article."
    )
    name: str = Field(description="Its name.")
    type: EntityType = Field(description="What it is (OntoNotes' types).")
    sides: dict[str, list[ComparedLabel]] = Field(
        description="What each side calls it, by the side's key."
    )


class LabelSection(Answer):
    """Entities, those that are called more than their names first, then the most often called;
    those that all call by one name alone are left out."""

    items: list[LabelledEntity] = Field(description="The entities with their labels.")
    more: More
    note: Note


SECTION = LabelSection
