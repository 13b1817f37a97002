"""The references of an article: words that stand for a name."""

from typing import Self

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.domain.reference import ReferenceKind, ResolvedReference
from app.domain.shown import REFERENCE, shown
from app.web.schemas.base import Listing, listing_example
from app.web.schemas.spots import Placed, Turn, turning

_EXAMPLE: JsonDict = {
    "article": 1,
    "revision": 1,
    "start": 105,
    "end": 107,
    "text": "he",
    "kind": "pronoun",
    "mention": 40,
    "entity": 4,
    "entity_name": "Bashar al-Assad",
    "reason": "the only man named so far",
}


class Reference(Placed):
    """A pronoun or a description that stands for a name. It counts as no mention."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    kind: ReferenceKind = Field(description="`he`, or `the Syrian president`.")
    mention: int = Field(description="Where the nearest mention of that name starts.")
    entity: int | None = Field(
        description="Whom it stands for; null where that name was found to be no entity's."
    )
    entity_name: str | None = Field(description="Its name; null where there is no entity.")
    reason: str = Field(description="How it was found.")

    @classmethod
    def of(cls, article: int, revision: int, found: ResolvedReference, turn: Turn | None) -> Self:
        """The wire shape of a reference in this revision of an article."""
        owner = {"entity": found.entity, "entity_name": found.entity_name}
        where = {"article": article, "revision": revision, **owner}
        fields = shown(found.reference, REFERENCE, **where)
        return cls.model_validate(fields, context=turning(turn))

    @classmethod
    def _offsets(cls) -> tuple[str, ...]:
        return (*super()._offsets(), "mention")


class ReferenceList(Listing[Reference]):
    """One page of an article's references."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_EXAMPLE)})
