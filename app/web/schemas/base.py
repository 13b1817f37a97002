"""What all answers share: the way they are made from records, and the frame of a list."""

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.domain.page import Page


class Answer(BaseModel):
    """A part of an answer. Every field of it is always there, be it null."""

    model_config = ConfigDict(
        from_attributes=True,
        frozen=True,
        validate_by_alias=True,
        validate_by_name=True,
        json_schema_serialization_defaults_required=True,
    )


More = Annotated[int, Field(description="Items that `top` cut off.")]
Note = Annotated[
    str | None,
    Field(
        description="Says where the evidence does not suffice, or how far the section reaches; "
        "null where there is nothing to say."
    ),
]


class ArticleSource(Answer):
    """An outlet."""

    slug: str = Field(description="Its name in addresses and filters.")
    name: str = Field(description="Its name for people.")


class Total(Answer):
    """How many items there are in all pages together."""

    value: int = Field(ge=0, description="The count.")
    relation: Literal["eq", "gte"] = Field(
        description="`eq`: exactly so many. `gte`: so many or more; `total=exact` counts them."
    )


class Listing[T](Answer):
    """One page of a list."""

    items: list[T] = Field(description="The items of this page, in the order of `sort`.")
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last."
    )
    total: Total = Field(description="How many there are in all pages together.")

    @classmethod
    def of[R](cls, page: Page[R], wire: Callable[[R], T]) -> Self:
        """The page with each record turned to its wire shape."""
        return cls(
            items=[wire(item) for item in page.items],
            next_cursor=page.next_cursor,
            total=Total.model_validate(page.total),
        )


def listing_example(item: JsonDict) -> JsonDict:
    """The example of a list that holds one item."""
    return {"items": [item], "next_cursor": None, "total": {"value": 1, "relation": "eq"}}
