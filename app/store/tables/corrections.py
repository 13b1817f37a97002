"""The table of what people corrected."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from app.store.engine.column_types import Id, Instant
from app.store.tables.base import NUMBERED, Base, where_set


class CorrectionRow(Base, table=True):
    """What a person corrected. Anchored to a revision and span, or to a surface: both outlive every
    re-analysis, which makes clusters and mentions anew. The log outlives its articles too.
    `other_id` is the second entity (story, outlet): what a merge led into, what a split led to."""

    __tablename__ = "correction"
    __table_args__ = (
        Index(None, "article_id"),
        Index(None, "entity_id"),
        where_set("correction", "source_id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    kind: str
    entity_id: int | None = Field(default=None, sa_type=Id)
    article_id: int | None = Field(default=None, sa_type=Id)
    revision: int | None = None
    start: int | None = None
    end: int | None = None
    alias: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    author: str | None = None
    reason: str | None = None
    created_at: datetime = Field(sa_type=Instant)
    undone_at: datetime | None = Field(default=None, sa_type=Instant)
    other_id: int | None = Field(default=None, sa_type=Id)
    undone_by: str | None = None
    undone_reason: str | None = None
    story_id: int | None = Field(default=None, sa_type=Id)
    source_id: int | None = Field(default=None, sa_type=Id)


correction = CorrectionRow.__table__
