"""The tables of webhooks and of what is delivered to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field

from app.store.engine.column_types import Id, Instant
from app.store.tables.base import NUMBERED, Base, of_article


class WebhookRow(Base, table=True):
    """Where the new articles go that a search finds. New are those after `last_article`; those that
    were analysed up to the change `matched` have been looked at. `retry_at`, in microseconds since
    1970 by the database's clock, is when a receiver that failed is tried again."""

    __tablename__ = "webhook"
    __table_args__ = (CheckConstraint("state IN ('active', 'disabled')", name="state"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    url: str
    secret: str
    search: dict[str, Any] = Field(sa_type=JSON)
    state: str = "active"
    matched: int = Field(sa_type=Id)
    last_article: int = Field(sa_type=Id)
    failures: int = 0
    retry_at: int = Field(default=0, sa_type=Id)
    created_at: datetime = Field(sa_type=Instant)
    failing_since: datetime | None = Field(default=None, sa_type=Instant)
    last_error: str | None = None
    reason: str | None = None


class DeliveryRow(Base, table=True):
    """A message, kept after it was taken so that no article is told twice; it goes with its
    article. `due` and `expires` are by the database's clock, as `webhook.retry_at`: whoever holds a
    message sends it, and from `expires` on anybody may."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'delivered', 'failed')", name="state"),
        ForeignKeyConstraint(["webhook_id"], ["webhook.id"], ondelete="CASCADE"),
        of_article(),
        UniqueConstraint("webhook_id", "article_id"),
        Index(None, "webhook_id", "state", "due", "id"),
        Index("ix_delivery_article", "article_id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    webhook_id: int = Field(sa_type=Id)
    article_id: int | None = Field(default=None, sa_type=Id)
    message: str
    type: str
    state: str = "waiting"
    attempts: int = 0
    due: int = Field(default=0, sa_type=Id)
    expires: int = Field(default=0, sa_type=Id)
    created_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    status: int | None = None
    holder: str | None = None
    error: str | None = None
    payload: str | None = None


webhook = WebhookRow.__table__
delivery = DeliveryRow.__table__
