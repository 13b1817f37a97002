"""Comparisons: what each side has the entities do, and what it has done to them."""

from pydantic import Field

from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class ComparedVerb(Answer):
    """A verb that an entity takes part in on one side."""

    verb: str = Field(description="Its lemma, with its particle ('take over').")
    count: int = Field(description="How often; passives count as what they are turned round.")
    negated: int = Field(description="How many of those are negated.")
    reporting: int = Field(description="How many of those tell what the entity says.")
    only: bool = Field(description="Whether no other side has the entity in this part of it.")
    evidence: list[Spot] = Field(description="The verb where it stands.")


class EntityParts(Answer):
    """What an entity does and suffers, the most usual first."""

    agent: list[ComparedVerb] = Field(description="What it does.")
    patient: list[ComparedVerb] = Field(description="What is done to it.")


class EntityRoles(Answer):
    """An entity, with its parts on each side; a side that gives it none is absent."""

    entity: int | None = Field(
        description="Its id; null where only a revision that was named has it, and no article."
    )
    name: str = Field(description="Its name.")
    sides: dict[str, EntityParts] = Field(description="Its parts on each side, by the side's key.")


class RoleSection(Answer):
    """Entities, those that take part most often first."""

    items: list[EntityRoles] = Field(description="The entities with their parts.")
    more: More
    note: Note


SECTION = RoleSection
