"""The tables of stories: which there are, and how an article is found among all others."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from app.store.engine.column_types import Id, Instant, Packed
from app.store.tables.base import CLUSTERED, NUMBERED, Base, of_article, where_set


class StoryRow(Base, table=True):
    """Articles that report the same event (`article.story_id`). The counts, of articles and of
    their outlets, and the span of time are kept in the transaction that changes them; a story whose
    last article goes stays, so that its id keeps its meaning, and `merged_into` is where its
    articles went."""

    __tablename__ = "story"
    __table_args__ = (
        Index(None, "articles", "id"),
        Index("ix_story_sources", "sources", "id", "articles"),
        Index(None, "last_published_at", "id", "articles"),
        Index(None, "first_published_at", "id", "articles"),
        where_set("story", "merged_into"),
        Index(None, "updated_at", "id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    articles: int = 0
    sources: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    first_published_at: datetime | None = Field(default=None, sa_type=Instant)
    last_published_at: datetime | None = Field(default=None, sa_type=Instant)
    merged_into: int | None = Field(default=None, sa_type=Id)
    updated_at: datetime = Field(sa_type=Instant, sa_column_kwargs={"server_default": "0"})


class ProfileRow(Base, table=True):
    """What an article is about, and the day under which its keys stand in `profile_key`."""

    __tablename__ = "profile"
    __table_args__ = (of_article(),)

    article_id: int = Field(primary_key=True, sa_type=Id)
    day: int
    profile: object = Field(sa_type=Packed)


class ProfileKeyRow(Base, table=True):
    """A key under which an article is found by those like it, with its weight, by the day of
    publication (days since 1970, or `UNDATED`). No second index leads from an article to its keys:
    its profile names them."""

    __tablename__ = "profile_key"
    __table_args__ = (CLUSTERED,)

    key: str = Field(primary_key=True)
    day: int = Field(primary_key=True)
    article_id: int = Field(primary_key=True, sa_type=Id)
    weight: int


# Before every day that a date can name.
UNDATED = -(10**6)

story = StoryRow.__table__
profile = ProfileRow.__table__
profile_key = ProfileKeyRow.__table__
