"""Outlets."""

from datetime import datetime

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.web.schemas.base import Answer, Listing, listing_example

_EXAMPLE: JsonDict = {
    "slug": "meridian-dispatch",
    "name": "Meridian Dispatch",
    "articles": 4,
    "first_published": "2016-03-24T00:00:00Z",
    "last_published": "2016-03-28T00:00:00Z",
    "domains": ["meridian-dispatch.example"],
    "country": "GB",
    "language": "en",
    "tags": ["daily"],
}


class Source(Answer):
    """An outlet with its articles counted."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    slug: str = Field(description="Its name in addresses and filters.")
    name: str = Field(description="Its name for people.")
    articles: int = Field(description="How many articles of it are in the collection.")
    first_published: datetime | None = Field(
        description="Publication of its earliest article; null where none is dated."
    )
    last_published: datetime | None = Field(
        description="Publication of its latest article; null where none is dated."
    )
    domains: list[str] = Field(
        description="Articles of these come under its name, also those that name no outlet."
    )
    country: str | None = Field(description="Where it is (ISO 3166-1); null where nobody said.")
    language: str | None = Field(description="What it writes in; null where nobody said.")
    tags: list[str] = Field(description="What people marked it with.")


class SourceList(Listing[Source]):
    """One page of outlets."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_EXAMPLE)})
