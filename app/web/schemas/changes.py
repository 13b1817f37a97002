"""What changed, in the order in which it did."""

from datetime import datetime
from typing import Self

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.domain import change as domain
from app.domain.change import ChangedType, ChangeKind
from app.web.schemas.base import Answer

_CHANGE: JsonDict = {
    "cursor": "42",
    "at": "2026-11-23T09:30:02.123456Z",
    "type": "article",
    "id": 7,
    "kind": "analysed",
    "to": None,
    "slug": None,
}


class Change(Answer):
    """A change: of each thing, the last one of its kind."""

    model_config = ConfigDict(json_schema_extra={"example": _CHANGE})

    cursor: str = Field(description="Send it as `after` for what came later.")
    at: datetime = Field(description="When it was stored.")
    type: ChangedType = Field(description="What changed.")
    id: int = Field(description="Its id.")
    kind: ChangeKind = Field(
        description="`created`; `revised`: its text is another; `analysed`: what was found in it "
        "is there; `moved`: to another story; `merged`: into another one; `split`: another one "
        "was taken off it; `changed`: anything else; `deleted`: it is gone for good."
    )
    to: int | None = Field(
        description="The entity or story that it was merged into or that was split off it, or the "
        "story that an article moved to."
    )
    slug: str | None = Field(description="The slug of an outlet; null for all else.")

    @classmethod
    def of(cls, change: domain.Change) -> Self:
        """The wire shape of a change."""
        return cls(
            cursor=str(change.number),
            at=change.at,
            type=change.type,
            id=change.id,
            kind=change.kind,
            to=change.to,
            slug=change.slug,
        )


class ChangeList(Answer):
    """The changes that follow a cursor."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"items": [_CHANGE], "next_cursor": "42", "more": False}}
    )

    items: list[Change] = Field(description="The oldest first.")
    next_cursor: str = Field(description="Send it as `after`, now or at any time later.")
    more: bool = Field(
        description="Whether there is more by now. A page may hold less than `limit`, or nothing, "
        "while there is: others than those asked for lie between."
    )

    @classmethod
    def of(cls, page: domain.ChangePage) -> Self:
        """The wire shape of a page of changes."""
        return cls(
            items=[Change.of(each) for each in page.items],
            next_cursor=str(page.last),
            more=page.more,
        )
