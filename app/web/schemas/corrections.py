"""Corrections by people: what is sent, and the log."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt
from pydantic.config import JsonDict

from app.domain.limits import (
    MAX_CORRECTION_NAME,
    MAX_CORRECTION_REASON,
    MAX_SPLIT,
    MAX_TAG,
    MAX_TAGS,
)
from app.domain.logged import LoggedCorrection
from app.domain.source_correction import SourceCorrection
from app.domain.story_correction import StoryCorrection
from app.services.corrector import Corrector
from app.web.parameters.base import CorrectionKind, EntityType
from app.web.schemas.base import Answer, Listing, listing_example
from app.web.schemas.spots import Placed

Id = Annotated[StrictInt, Field(ge=1, le=2**63 - 1)]
Name = Annotated[str, Field(min_length=1, max_length=MAX_CORRECTION_NAME)]
type Tag = Annotated[str, Field(min_length=1, max_length=MAX_TAG)]

_EXAMPLE: JsonDict = {
    "id": 1,
    "kind": "merge",
    "entity": 2,
    "story": None,
    "source": None,
    "to": 1,
    "to_source": None,
    "aliases": [],
    "mentions": [],
    "carried": [],
    "unplaced": [],
    "articles": [],
    "name": None,
    "type": None,
    "values": [],
    "author": "ada",
    "reason": "Tadmur is the Arabic name of Palmyra",
    "created_at": "2016-03-28T12:00:00Z",
    "undone_at": None,
    "undone_by": None,
    "undone_reason": None,
}


class _Correcting(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(max_length=MAX_CORRECTION_REASON)] | None = Field(
        None, description="Why; it stands in the log."
    )
    author: Annotated[str, Field(max_length=MAX_CORRECTION_NAME)] | None = Field(
        None, description="Who corrects; the mark of the API key if absent."
    )

    def corrector(self, caller: str | None) -> Corrector:
        """Who corrects and why; `caller` where the body does not say who."""
        return Corrector(self.author or caller, self.reason)


class EntityMerge(_Correcting):
    """What an entity is part of."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"into": 9, "reason": "the president", "author": "ada"}}
    )

    into: Id = Field(description="The entity that it is part of from now on.")


class EntitySplit(_Correcting):
    """What belongs to an entity of its own: names, or single mentions. Give one of the two."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"aliases": ["ISIS"], "reason": "another group"}}
    )

    aliases: Annotated[list[Name], Field(min_length=1, max_length=MAX_SPLIT)] | None = Field(
        None, description="Names of the entity; all mentions that read so go, those to come too."
    )
    mentions: Annotated[list[Id], Field(min_length=1, max_length=MAX_SPLIT)] | None = Field(
        None, description="Ids of mentions of the entity."
    )
    name: Name | None = Field(
        None, description="What the new entity is called; as most of its mentions read if absent."
    )


class EntityPatch(_Correcting):
    """What to correct; what is absent or null stays as it is. Each becomes a correction."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Deir al-Zour", "reason": "our house style"}}
    )

    type: EntityType | None = Field(None, description="What it is.")
    name: Name | None = Field(None, description="What it is called.")
    drop_alias: Name | None = Field(
        None, description="A name that is not its: mentions that read so are no entity's."
    )
    add_alias: Name | None = Field(
        None, description="A name of it: all mentions that read so, whosever they were, are its."
    )
    reject_mention: Id | None = Field(
        None, description="The id of a mention that does not name it: it is no entity's."
    )
    pin: Literal[True] | None = Field(
        None, description="Keep its name and type as they are, whatever is found later."
    )


class StoryMerge(_Correcting):
    """What a story is part of."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"into": 3, "reason": "the same week", "author": "ada"}}
    )

    into: Id = Field(description="The story that it is part of from now on.")


class StorySplit(_Correcting):
    """Which articles are a story of their own."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"articles": [3], "reason": "it is about the year before"}}
    )

    articles: Annotated[list[Id], Field(min_length=1, max_length=MAX_SPLIT)] = Field(
        description="Ids of articles of the story, not all of them."
    )


class SourceMerge(_Correcting):
    """What an outlet is part of."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"into": "the-daily-lantern", "reason": "its web desk"}}
    )

    into: Name = Field(description="The slug of the outlet that it is part of from now on.")


class SourcePatch(_Correcting):
    """What to say of an outlet; what is absent or null stays as it is. Each becomes a
    correction."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"name": "Meridian Dispatch", "country": "GB", "tags": ["daily"]}
        }
    )

    name: Name | None = Field(
        None, description="What it is called. Its slug follows; the old one still leads to it."
    )
    domains: Annotated[list[Name], Field(max_length=MAX_TAGS)] | None = Field(
        None,
        description="All domains that it has, such as `news.example`, with those below them: "
        "articles of theirs that name no outlet are its, those that are there too.",
    )
    country: str | None = Field(
        None, max_length=40, description="Where it is, as two letters of ISO 3166-1."
    )
    language: str | None = Field(None, max_length=40, description="What it writes in.")
    tags: Annotated[list[Tag], Field(max_length=MAX_TAGS)] | None = Field(
        None, description="All tags that it has; tags are yours to choose."
    )


class Anchor(Placed):
    """A mention that was corrected, as it stood; its offsets are code points."""


class Unplaced(Answer):
    """A mention that was corrected and that the current revision of its article does not hold where
    it can be told: the correction rests there."""

    article: int = Field(description="The article.")
    revision: int = Field(description="Its revision without the mention.")
    text: str = Field(description="The mention's surface.")
    reason: str = Field(description="Why it could not be placed.")


class Correction(Answer):
    """One correction: what a person changed, and whether it is still in force."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: int = Field(description="Its number in the log.")
    kind: CorrectionKind = Field(description="What was done.")
    entity: int | None = Field(description="The entity that was corrected.")
    story: int | None = Field(description="The story that was corrected.")
    source: str | None = Field(
        description="The outlet that was corrected, by its slug of then, which still leads to it."
    )
    to: int | None = Field(
        description="The entity or story that it was merged into, or that was split off it."
    )
    to_source: str | None = Field(description="The outlet that it was merged into, likewise.")
    aliases: list[str] = Field(description="The names that it speaks of.")
    mentions: list[Anchor] = Field(description="The mentions that it speaks of.")
    carried: list[Anchor] = Field(
        description="Where those of the mentions stand whose article has a later revision."
    )
    unplaced: list[Unplaced] = Field(
        description="Those of the mentions that could not be placed in a later revision."
    )
    articles: list[int] = Field(description="The articles that it moved to another story.")
    name: str | None = Field(description="The name that was given.")
    type: EntityType | None = Field(description="The type that was given.")
    values: list[str] = Field(
        description="What was given to an outlet: its domains, country, language or tags."
    )
    author: str | None = Field(description="Who did it: the name given, or the mark of an API key.")
    reason: str | None = Field(description="Why, as it was given.")
    created_at: datetime = Field(description="When, in UTC.")
    undone_at: datetime | None = Field(description="When it was undone; null while in force.")
    undone_by: str | None = Field(description="Who undid it.")
    undone_reason: str | None = Field(description="Why it was undone.")

    @classmethod
    def of(cls, correction: LoggedCorrection) -> Self:
        """The wire shape of a correction."""
        log = ("id", "kind", "author", "reason", "created_at")
        undone = ("undone_at", "undone_by", "undone_reason")
        shown: dict[str, Any] = dict.fromkeys(
            ("entity", "story", "source", "to", "to_source", "name", "type")
        )
        lists = ("aliases", "mentions", "carried", "unplaced", "articles", "values")
        shown |= {name: [] for name in lists}
        shown |= {name: getattr(correction, name) for name in (*log, *undone)}
        match correction:
            case StoryCorrection():
                shown |= {"story": correction.story, "to": correction.other}
                shown["articles"] = [
                    n for each in correction.placed if each.was != each.story for n in each.articles
                ]
            case SourceCorrection():
                shown |= {"source": correction.slug, "to_source": correction.to}
                if correction.kind == "rename_source":
                    shown["name"] = correction.values[0]
                else:
                    shown["values"] = list(correction.values)
            case _:
                own = ("entity", "aliases", "mentions", "unplaced", "name", "type")
                shown |= {name: getattr(correction, name) for name in own}
                shown["carried"] = [each.anchor for each in correction.carried]
                shown["to"] = correction.other
        return cls.model_validate(shown)


class CorrectionList(Listing[Correction]):
    """One page of the log."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_EXAMPLE)})
