"""Feeds that are polled."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt
from pydantic.config import JsonDict

from app.domain.feed import FeedStanding
from app.domain.limits import MAX_NAME, MAX_URL
from app.services.feeds import LONGEST_INTERVAL, SHORTEST_INTERVAL
from app.web.schemas.base import Answer, ArticleSource, Listing, listing_example

type Url = Annotated[str, Field(min_length=1, max_length=MAX_URL)]
type SourceName = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
type Interval = Annotated[StrictInt, Field(ge=SHORTEST_INTERVAL, le=LONGEST_INTERVAL)]

_POLL: JsonDict = {
    "created": 2,
    "existing": 28,
    "revised": 0,
    "deleted": 1,
    "failed": 0,
    "waiting": 0,
}
_EXAMPLE: JsonDict = {
    "id": 1,
    "url": "https://meridian.example/feed.xml",
    "source": {"slug": "meridian-dispatch", "name": "Meridian Dispatch"},
    "title": "Meridian Dispatch: all news",
    "state": "active",
    "interval": None,
    "created_at": "2026-11-23T09:30:00Z",
    "next_poll_at": "2026-11-23T12:02:11Z",
    "last_poll_at": "2026-11-23T11:31:40Z",
    "last_success_at": "2026-11-23T11:31:40Z",
    "last_error": None,
    "failures": 0,
    "polls": 5,
    "last_poll": _POLL,
    "created": 34,
    "revised": 1,
}
_PROBLEM: JsonDict = {"pointer": "line 7", "detail": "ftp://a.example/: only http and https ..."}


class NewFeed(BaseModel):
    """A feed to poll."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "url": "https://meridian.example/feed.xml",
                "source": "Meridian Dispatch",
                "interval": 3600,
            }
        },
    )

    url: Url = Field(description="The address of an RSS or Atom feed.")
    source: SourceName | None = Field(
        None, description="The outlet of its articles, by name or slug; its title names it else."
    )
    interval: Interval | None = Field(
        None, description="Seconds between two polls; PARALLAX_FEED_INTERVAL if absent."
    )


class FeedPatch(BaseModel):
    """What to change of a feed; what is absent or null stays as it is."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"state": "active", "interval": 7200}}
    )

    url: Url | None = Field(None, description="Its new address.")
    source: SourceName | None = Field(
        None, description="The outlet of its articles from now on, by name or slug."
    )
    interval: Interval | None = Field(None, description="Seconds between two polls.")
    state: Literal["active", "paused"] | None = Field(
        None, description="`paused` is not polled; `active` is, at once, also where it was `gone`."
    )


class PollCounts(Answer):
    """What became of the entries of a feed in one poll."""

    model_config = ConfigDict(json_schema_extra={"example": _POLL})

    created: int = Field(description="New articles.")
    existing: int = Field(description="Entries that are there already.")
    revised: int = Field(description="Articles with a new revision.")
    deleted: int = Field(description="Entries whose articles were deleted here: they stay away.")
    failed: int = Field(description="Entries that could not be read; tried three times in all.")
    waiting: int = Field(description="Entries left for the next polls.")


class Feed(Answer):
    """A feed that is polled, and how that goes."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: int = Field(description="Its number.")
    url: str = Field(description="Its address.")
    source: ArticleSource | None = Field(
        description="The outlet of its articles; null until its first poll, or a person, names it."
    )
    title: str | None = Field(description="What it calls itself.")
    state: FeedStanding = Field(
        description="`active`; `paused`, by a person; `gone`, as its server says (410)."
    )
    interval: int | None = Field(description="Seconds between two polls; null: the setting's.")
    created_at: datetime = Field(description="When it was added, in UTC.")
    next_poll_at: datetime | None = Field(description="When it is due; null unless active.")
    last_poll_at: datetime | None = Field(description="When it was polled last.")
    last_success_at: datetime | None = Field(description="When that went well last.")
    last_error: str | None = Field(description="Why the last poll failed; null where it did not.")
    failures: int = Field(description="Polls that failed in a row; each doubles the interval.")
    polls: int = Field(description="How often it was polled.")
    last_poll: PollCounts = Field(
        validation_alias="last",
        serialization_alias="last_poll",
        description="What became of its entries the last time; all 0 where it had not changed.",
    )
    created: int = Field(description="New articles in all polls.")
    revised: int = Field(description="New revisions in all polls.")


class FeedList(Listing[Feed]):
    """One page of feeds."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_EXAMPLE)})


class RefusedOutline(Answer):
    """A feed of an OPML file that was not added."""

    model_config = ConfigDict(json_schema_extra={"example": _PROBLEM})

    pointer: str = Field(description="Where it stands in the file.")
    detail: str = Field(description="What is wrong with it.")


class OpmlTaken(Answer):
    """What became of the feeds of an OPML file."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"created": 12, "existing": 3, "failed": [_PROBLEM]}}
    )

    created: int = Field(description="Feeds that were added.")
    existing: int = Field(description="Feeds that were there already; they stay as they are.")
    failed: list[RefusedOutline] = Field(description="Those that were not added, and why.")
