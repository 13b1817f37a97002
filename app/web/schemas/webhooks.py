"""Webhooks: what is asked for, what is kept, and the messages that are sent."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt
from pydantic.config import JsonDict

from app.domain import webhook as domain
from app.domain.limits import MAX_NAME, MAX_URL
from app.domain.webhook import DeliveryState, WebhookState
from app.web.schemas.base import Answer, ArticleSource, Listing, listing_example

_Id = Annotated[StrictInt, Field(ge=1, le=2**63 - 1)]

_SEARCH: JsonDict = {
    "q": "palmyra -lawyer",
    "source": ["coastal-courier"],
    "entity": [],
    "story": None,
    "language": "en",
}
_WEBHOOK: JsonDict = {
    "id": 1,
    "url": "https://newsroom.example/hooks/parallax",
    "search": _SEARCH,
    "state": "active",
    "reason": None,
    "failures": 0,
    "failing_since": None,
    "last_error": None,
    "waiting": 0,
    "created_at": "2026-11-23T09:30:00Z",
}
_DELIVERY: JsonDict = {
    "id": 5,
    "message": "msg_0b4f9d8e7c6a4b0e9f1d2c3b4a596877",
    "type": "article.matched",
    "article": 7,
    "state": "delivered",
    "attempts": 1,
    "status": 204,
    "error": None,
    "created_at": "2026-11-23T09:30:00Z",
    "finished_at": "2026-11-23T09:30:01Z",
    "next_at": None,
}


class WebhookSearch(BaseModel):
    """Which articles are sent: those that match all of it."""

    model_config = ConfigDict(
        extra="forbid", from_attributes=True, json_schema_extra={"example": _SEARCH}
    )

    q: Annotated[str, Field(max_length=1_000)] | None = Field(
        None, description="Full text, as `q` of `GET /v1/articles`."
    )
    source: list[Annotated[str, Field(max_length=MAX_NAME)]] = Field(
        [], max_length=50, description="Outlets, by slug or name: one of them."
    )
    entity: list[_Id] = Field([], max_length=20, description="Entities, by id: all of them.")
    story: _Id | None = Field(None, description="The id of a story.")
    language: Annotated[str, Field(max_length=35)] | None = Field(
        None, description="Its language, as ISO 639-1: `en`."
    )

    def search(self) -> domain.Search:
        """The search that is kept."""
        return domain.Search(
            self.q, tuple(self.source), tuple(self.entity), self.story, self.language
        )


class NewWebhook(BaseModel):
    """Where new articles are to be sent, and which."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "url": "https://newsroom.example/hooks/parallax",
                "search": {"q": "palmyra -lawyer", "language": "en"},
            }
        },
    )

    url: Annotated[str, Field(min_length=1, max_length=MAX_URL)] = Field(
        description="An http or https address outside of private networks, as for fetching."
    )
    search: WebhookSearch = Field(description="Which articles; an empty one means all.")


class WebhookPatch(BaseModel):
    """What is to be other about a webhook."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"state": "active"}})

    url: Annotated[str, Field(min_length=1, max_length=MAX_URL)] | None = Field(
        None, description="Another address; its secret stays."
    )
    search: WebhookSearch | None = Field(
        None, description="Another search, for what is analysed from now on."
    )
    state: WebhookState | None = Field(
        None,
        description="`active` tries again at once what waits, and looks at all that came meanwhile;"
        " `disabled` sends nothing.",
    )

    def values(self) -> dict[str, Any]:
        """What is given, by name."""
        given: dict[str, Any] = {"url": self.url, "state": self.state}
        if self.search is not None:
            given["search"] = self.search.search()
        return {name: value for name, value in given.items() if value is not None}


class Webhook(Answer):
    """A webhook and how its receiver does."""

    model_config = ConfigDict(json_schema_extra={"example": _WEBHOOK})

    id: int = Field(description="Its number.")
    url: str = Field(description="Where messages are sent.")
    search: WebhookSearch = Field(description="Which articles are sent.")
    state: WebhookState = Field(description="`disabled`: nothing is sent, for the `reason`.")
    reason: str | None = Field(description="Why it is disabled.")
    failures: int = Field(description="Tries since the last message that was taken.")
    failing_since: datetime | None = Field(description="When the first of them was.")
    last_error: str | None = Field(description="Why the last of them failed.")
    waiting: int = Field(description="Messages that are still to be taken.")
    created_at: datetime = Field(description="When it was made, in UTC.")


class WebhookWithSecret(Webhook):
    """A webhook that was just made."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {**_WEBHOOK, "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}
        }
    )

    secret: str = Field(
        description="What its messages are signed with. It is told this once: keep it."
    )


class WebhookList(Listing[Webhook]):
    """One page of webhooks."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_WEBHOOK)})


class Delivery(Answer):
    """A message to a receiver, and what became of it."""

    model_config = ConfigDict(json_schema_extra={"example": _DELIVERY})

    id: int = Field(description="Its number.")
    message: str = Field(description="The `webhook-id` that it is sent under, at every try.")
    type: Literal["article.matched", "webhook.test"] = Field(description="What it tells.")
    article: int | None = Field(description="The article that it tells of; null for a test.")
    state: DeliveryState = Field(description="`failed`: it is not tried any more.")
    attempts: int = Field(description="How often it was tried.")
    status: int | None = Field(description="What the receiver answered last.")
    error: str | None = Field(description="Why the last try failed.")
    created_at: datetime = Field(description="When it was made, in UTC.")
    finished_at: datetime | None = Field(description="When it was taken or given up.")
    next_at: datetime | None = Field(
        description="When it is tried next, at the earliest; null for one that is not."
    )


class DeliveryList(Listing[Delivery]):
    """One page of messages."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_DELIVERY)})


class MatchedArticle(Answer):
    """An article that a saved search finds."""

    id: int = Field(description="Ask for all of it at `/v1/articles/{id}`.")
    title: str | None = Field(description="Its headline.")
    url: str | None = Field(description="Where it was published.")
    source: ArticleSource | None = Field(description="The outlet; null where nothing says.")
    published_at: datetime | None = Field(description="When it appeared, in UTC.")
    language: str | None = Field(description="ISO 639-1.")
    story: int | None = Field(description="The story it belongs to.")
    revision: int = Field(description="The state of its text, from 1.")


class MatchedData(Answer):
    """What a message about an article holds."""

    webhook: int = Field(description="The id of the webhook.")
    article: MatchedArticle = Field(description="The article.")


class ArticleMatched(Answer):
    """The body of a message: a new article, analysed, that a saved search finds."""

    type: Literal["article.matched"] = Field(description="What the message tells.")
    timestamp: datetime = Field(description="When it was found, in UTC.")
    data: MatchedData = Field(description="The find.")
