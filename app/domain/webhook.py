"""Webhooks: a saved search, and the messages that tell a receiver what it finds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

type WebhookState = Literal["active", "disabled"]
type DeliveryState = Literal["waiting", "delivered", "failed"]


@dataclass(frozen=True, slots=True)
class Search:
    """A search for articles that is kept: full text, outlets by slug or name, entities that are all
    mentioned, a story, a language."""

    q: str | None = None
    source: tuple[str, ...] = ()
    entity: tuple[int, ...] = ()
    story: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where new articles that a search finds are sent. `reason` says why a disabled one is;
    `failures` counts tries since the last that was taken, the first of them at `failing_since`."""

    id: int
    url: str
    search: Search
    state: WebhookState
    reason: str | None
    failures: int
    failing_since: datetime | None
    last_error: str | None
    waiting: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to a receiver. `message` is its id there, the same at every try; `article` is None
    for a test; `status` and `error` are those of the last try; a waiting one is tried again at
    `next_at`."""

    id: int
    message: str
    type: str
    article: int | None
    state: DeliveryState
    attempts: int
    status: int | None
    error: str | None
    created_at: datetime
    finished_at: datetime | None
    next_at: datetime | None
