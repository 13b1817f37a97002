"""The tables of what names resolve to, and of the counts that lists sort and filter by."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKeyConstraint, Index
from sqlmodel import Field

from app.domain.annotation import Reason
from app.store.engine.column_types import Day, Id, Instant, Reasons
from app.store.tables.base import CLUSTERED, NUMBERED, Base, of_article, where_set


class EntityRow(Base, table=True):
    """What names resolve to. The counts are kept in the transaction that changes them; an entity
    whose last mention goes stays, with zero, so that its id keeps its meaning.

    `found_name`, `found_key` and `found_type` are those of the analysis where a person gave others;
    `split_from` is the entity that a person split this one off, which resolution never chooses.
    """

    __tablename__ = "entity"
    __table_args__ = (
        ForeignKeyConstraint(["merged_into"], ["entity.id"]),
        Index(None, "mentions", "id"),
        Index(None, "type", "mentions", "id"),
        Index(None, "articles", "id", "mentions"),
        Index(None, "type", "articles", "id", "mentions"),
        Index(None, "name", "id", "mentions"),
        Index(None, "type", "name", "id", "mentions"),
        Index(None, "key", "mentions", "id"),
        Index(None, "skeleton", "mentions", "id"),
        where_set("entity", "knowledge_id"),
        where_set("entity", "merged_into"),
        Index(None, "updated_at", "id"),
        where_set("entity", "found_key"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    type: str
    mentions: int = 0
    articles: int = 0
    name: str
    key: str
    skeleton: str
    knowledge_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    merged_into: int | None = Field(default=None, sa_type=Id)
    found_name: str | None = None
    found_key: str | None = None
    found_type: str | None = None
    split_from: int | None = Field(default=None, sa_type=Id)
    updated_at: datetime = Field(sa_type=Instant, sa_column_kwargs={"server_default": "0"})


class AliasRow(Base, table=True):
    """A surface of an entity, with how many mentions read so (never zero)."""

    __tablename__ = "alias"
    __table_args__ = (
        ForeignKeyConstraint(["entity_id"], ["entity.id"]),
        Index(None, "key", "mentions", "entity_id"),
        Index(None, "skeleton", "mentions", "entity_id", "key"),
        CLUSTERED,
    )

    entity_id: int = Field(primary_key=True, sa_type=Id)
    text: str = Field(primary_key=True)
    key: str
    skeleton: str
    mentions: int


class EntityKeyRow(Base, table=True):
    """A key under which resolution finds an entity again, with how many clusters have it (never
    zero). What the keys are is resolution's own affair."""

    __tablename__ = "entity_key"
    __table_args__ = (
        ForeignKeyConstraint(["entity_id"], ["entity.id"]),
        Index(None, "key", "entity_id"),
        CLUSTERED,
    )

    entity_id: int = Field(primary_key=True, sa_type=Id)
    key: str = Field(primary_key=True)
    clusters: int


class EntitySourceRow(Base, table=True):
    """How often one outlet mentions an entity, in how many of its articles (never zero)."""

    __tablename__ = "entity_source"
    __table_args__ = (
        ForeignKeyConstraint(["entity_id"], ["entity.id"]),
        ForeignKeyConstraint(["source_id"], ["source.id"]),
        Index(None, "source_id", "mentions", "entity_id", "articles"),
        CLUSTERED,
    )

    entity_id: int = Field(primary_key=True, sa_type=Id)
    source_id: int = Field(primary_key=True, sa_type=Id)
    mentions: int
    articles: int


class EntityMonthRow(Base, table=True):
    """How often an outlet (0: none) mentions an entity in a month of publication (never zero).
    Sums over years read some hundred of these where they would read 20,000 articles."""

    __tablename__ = "entity_month"
    __table_args__ = (
        ForeignKeyConstraint(["entity_id"], ["entity.id"]),
        Index("ix_entity_month_source", "entity_id", "source_id", "month", "mentions", "articles"),
        CLUSTERED,
    )

    entity_id: int = Field(primary_key=True, sa_type=Id)
    month: int = Field(primary_key=True)
    source_id: int = Field(primary_key=True, sa_type=Id)
    mentions: int
    articles: int


class EntityArticleRow(Base, table=True):
    """An entity in an article: all its clusters there summed, with the article's source and date
    beside the counts, so that no filter over millions of rows has to join."""

    __tablename__ = "entity_article"
    __table_args__ = (
        ForeignKeyConstraint(["entity_id"], ["entity.id"]),
        of_article(),
        Index(
            "ix_entity_article_article", "article_id", "entity_id", "mentions", "headline", "lead"
        ),
        Index("ix_entity_article_published", "entity_id", "published_at", "source_id", "mentions"),
        Index("ix_entity_article_day", "entity_id", "published_day", "source_id", "mentions"),
        CLUSTERED,
    )

    entity_id: int = Field(primary_key=True, sa_type=Id)
    article_id: int = Field(primary_key=True, sa_type=Id)
    mentions: int
    headline: int
    lead: int
    source_id: int | None = Field(default=None, sa_type=Id)
    published_at: datetime | None = Field(default=None, sa_type=Instant)
    published_day: date | None = Field(default=None, sa_type=Day)


class ClusterRow(Base, table=True):
    """The mentions of one thing in one article. A merge moves clusters, never mentions.

    What a correction moved keeps where it came from, so that the correction can be undone and
    resolution reads only what it found itself: `resolved_to` is the entity that resolution chose,
    where a person chose another; `part_of` is the cluster that a person's split took this one out
    of.
    """

    __tablename__ = "cluster"
    __table_args__ = (
        of_article(),
        ForeignKeyConstraint(["entity_id"], ["entity.id"]),
        Index(None, "article_id"),
        Index(None, "entity_id", "article_id"),
        where_set("cluster", "resolved_to"),
        where_set("cluster", "part_of"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    article_id: int = Field(sa_type=Id)
    revision: int
    entity_id: int = Field(sa_type=Id)
    mentions: int
    headline: int
    lead: int
    first_start: int
    type: str
    name: str
    knowledge_id: str | None = None
    known_by: list[str] = Field(default_factory=list, sa_type=JSON)
    reasons: Sequence[Reason] = Field(default=(), sa_type=Reasons)
    resolved_to: int | None = Field(default=None, sa_type=Id)
    part_of: int | None = Field(default=None, sa_type=Id)


class MentionRow(Base, table=True):
    """A name in a revision; `cluster_id` is None where a person rejected it. `found_in` and
    `found_type` are the cluster and the type that analysis gave it, where a person's correction
    changed them."""

    __tablename__ = "mention"
    __table_args__ = (
        of_article(),
        ForeignKeyConstraint(["cluster_id"], ["cluster.id"], ondelete="CASCADE"),
        Index(None, "article_id", "start", "id"),
        Index(None, "cluster_id", "start", "id"),
        where_set("mention", "found_in"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    article_id: int = Field(sa_type=Id)
    revision: int
    cluster_id: int | None = Field(default=None, sa_type=Id)
    start: int
    end: int
    type: str
    text: str
    found_in: int | None = Field(default=None, sa_type=Id)
    found_type: str | None = None


entity = EntityRow.__table__
alias = AliasRow.__table__
entity_key = EntityKeyRow.__table__
entity_source = EntitySourceRow.__table__
entity_month = EntityMonthRow.__table__
entity_article = EntityArticleRow.__table__
cluster = ClusterRow.__table__
mention = MentionRow.__table__
