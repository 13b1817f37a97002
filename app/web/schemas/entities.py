"""Entities and mentions."""

from datetime import datetime
from typing import Self

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.domain import entity as domain
from app.web.parameters.base import EntityType
from app.web.schemas.base import Answer, ArticleSource, Listing, listing_example
from app.web.schemas.spots import Placed, Turn, turning

_MENTION: JsonDict = {
    "id": 1,
    "article": 1,
    "revision": 1,
    "start": 12,
    "end": 19,
    "text": "Palmyra",
    "type": "GPE",
    "entity": 1,
    "entity_name": "Palmyra",
}
_IN_CONTEXT: JsonDict = {
    **_MENTION,
    "source": {"slug": "meridian-dispatch", "name": "Meridian Dispatch"},
    "context": "Army enters Palmyra",
    "context_start": 0,
}
_ENTITY: JsonDict = {
    "id": 1,
    "name": "Palmyra",
    "type": "GPE",
    "aliases": [{"text": "Palmyra", "mentions": 9}, {"text": "Tadmur", "mentions": 1}],
    "mentions": 10,
    "articles": 2,
    "sources": [
        {
            "source": {"slug": "meridian-dispatch", "name": "Meridian Dispatch"},
            "mentions": 10,
            "articles": 2,
        }
    ],
    "more_sources": 0,
    "place": {"latitude": 34.56, "longitude": 38.28, "country": "SY"},
    "knowledge_id": None,
    "merged_into": None,
    "updated_at": "2026-11-23T09:30:02Z",
}


class Mention(Placed):
    """A name in the text of an article."""

    model_config = ConfigDict(json_schema_extra={"example": _MENTION})

    id: int = Field(description="Its number.")
    type: EntityType = Field(description="What it names (OntoNotes' types), as resolved.")
    entity: int | None = Field(description="The entity it names; null where a person rejected it.")
    entity_name: str | None = Field(description="Its name; null where there is no entity.")

    @classmethod
    def of(cls, mention: domain.StoredMention, turn: Turn | None = None) -> Self:
        """The wire shape of a mention."""
        return cls.model_validate(mention, context=turning(turn))


class MentionList(Listing[Mention]):
    """One page of mentions."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_MENTION)})


class MentionInContext(Mention):
    """A mention with the text around it."""

    model_config = ConfigDict(json_schema_extra={"example": _IN_CONTEXT})

    source: ArticleSource | None = Field(description="The outlet of the article.")
    context: str = Field(
        description="The text around it: the mention stands at `start - context_start`."
    )
    context_start: int = Field(description="Where the context begins in the article's text.")

    @classmethod
    def within(cls, found: domain.MentionInContext, turn: Turn | None = None) -> Self:
        """The wire shape of a mention in its context."""
        mention = {name: getattr(found.mention, name) for name in Mention.model_fields}
        around = {name: getattr(found, name) for name in ("source", "context", "context_start")}
        return cls.model_validate(mention | around, context=turning(turn))

    @classmethod
    def _offsets(cls) -> tuple[str, ...]:
        return (*super()._offsets(), "context_start")


class MentionInContextList(Listing[MentionInContext]):
    """One page of an entity's mentions."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_IN_CONTEXT)})


class Alias(Answer):
    """A surface of an entity."""

    text: str = Field(description="The surface.")
    mentions: int = Field(description="How often it stands for the entity.")


class SourceCount(Answer):
    """How often one outlet mentions an entity."""

    source: ArticleSource = Field(description="The outlet.")
    mentions: int = Field(description="How often it mentions the entity.")
    articles: int = Field(description="In how many of its articles.")


class Coordinates(Answer):
    """Where a place is."""

    latitude: float = Field(ge=-90, le=90, description="Degrees north.")
    longitude: float = Field(ge=-180, le=180, description="Degrees east.")
    country: str | None = Field(description="ISO 3166-1 alpha-2.")


class Entity(Answer):
    """What names in the articles stand for: a person, a place, a group, ..."""

    model_config = ConfigDict(json_schema_extra={"example": _ENTITY})

    id: int = Field(
        description="Never used again; that of a merged entity answers with `merged_into`."
    )
    name: str = Field(description="What most of its mentions call it, or as a person named it.")
    type: EntityType = Field(description="What it is (OntoNotes' types).")
    aliases: list[Alias] = Field(description="Its surfaces, the most frequent first.")
    mentions: int = Field(description="How often it is mentioned.")
    articles: int = Field(description="How many articles mention it.")
    sources: list[SourceCount] = Field(
        description="How often each outlet mentions it, those with most mentions first: in a list "
        "five of them, all of them at the entity itself."
    )
    more_sources: int = Field(description="How many outlets `sources` leaves out.")
    place: Coordinates | None = Field(
        description="Where it is; null where it is no place, or not surely one."
    )
    knowledge_id: str | None = Field(
        description="The entry of a knowledge file that it was recognised as."
    )
    merged_into: int | None = Field(description="The entity that it is part of now.")
    updated_at: datetime = Field(description="When anything that is shown of it last changed.")


class EntityList(Listing[Entity]):
    """One page of entities."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_ENTITY)})


class Reason(Answer):
    """Why two names were taken for one."""

    rule: str = Field(description="The name of the rule.")
    detail: str = Field(description="What it went by.")
    score: float = Field(description="How sure the rule is, 0 to 1.")


class Joined(Answer):
    """Why the names of one article were taken for this entity."""

    article: int = Field(description="The id of the article.")
    name: str = Field(description="What it is called there.")
    reasons: list[Reason] = Field(description="The rules that spoke for it.")


class EntityDetail(Entity):
    """An entity with its first and last appearance, and why its names were joined."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                **_ENTITY,
                "first_seen": "2016-03-24T00:00:00Z",
                "last_seen": "2016-03-28T00:00:00Z",
                "joined": [],
            }
        }
    )

    first_seen: datetime | None = Field(description="Publication of the first article with it.")
    last_seen: datetime | None = Field(description="Publication of the last article with it.")
    joined: list[Joined] = Field(
        description="Why, for the newest fifty of the articles whose names were joined to it."
    )

    @classmethod
    def of(cls, detail: domain.EntityDetail) -> "EntityDetail":
        """The wire shape of an entity with its reasons."""
        entity = Entity.model_validate(detail.entity)
        return cls(
            **{name: getattr(entity, name) for name in Entity.model_fields},
            first_seen=detail.first_seen,
            last_seen=detail.last_seen,
            joined=[Joined.model_validate(j) for j in detail.joined],
        )


class Neighbour(Answer):
    """An entity that stands in the same articles."""

    id: int = Field(description="The id of the entity.")
    name: str = Field(description="Its name.")
    type: EntityType = Field(description="What it is (OntoNotes' types).")
    articles: int = Field(description="In how many articles both stand.")
    mentions: int = Field(description="How often it is mentioned in those.")


class NeighbourList(Listing[Neighbour]):
    """One page of neighbours."""


class CoverageBucket(Answer):
    """One outlet's mentions of an entity on one day."""

    source: ArticleSource | None = Field(description="The outlet; null for articles without one.")
    day: str | None = Field(description="The day in UTC; null for undated articles.")
    mentions: int = Field(description="How often it mentions the entity on that day.")
    articles: int = Field(description="In how many articles of that day.")


class CoverageList(Listing[CoverageBucket]):
    """One page of coverage."""
