"""The tables of outlets and their articles: what came in, and what the model said of it."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlmodel import Field

from app.store.engine.column_types import Day, Deflated, Id, Instant, Packed
from app.store.tables.base import CLUSTERED, NUMBERED, Base, of_article


class SourceRow(Base, table=True):
    """An outlet. `articles` counts its articles; `found_slug` and `found_name` are those under
    which it came in where a person gave it another name, `merged_into` what it is part of."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("slug"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    slug: str
    name: str
    articles: int = 0
    found_slug: str | None = None
    found_name: str | None = None
    country: str | None = None
    language: str | None = None
    tags: list[str] | None = Field(default=None, sa_type=JSON)
    merged_into: int | None = Field(default=None, sa_type=Id)


class SourceNameRow(Base, table=True):
    """A name under which articles come in, or that a person gave, by its slug: the outlet that it
    leads to (None: to none), and the one that was made of it before anybody corrected that
    (`found_id`). `seen`: it is a domain, known from the addresses of the outlet's articles."""

    __tablename__ = "source_name"
    __table_args__ = (
        ForeignKeyConstraint(["source_id"], ["source.id"]),
        Index(None, "source_id"),
        CLUSTERED,
    )

    slug: str = Field(primary_key=True)
    name: str
    source_id: int | None = Field(default=None, sa_type=Id)
    found_id: int | None = Field(default=None, sa_type=Id)
    seen: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class SourceDomainRow(Base, table=True):
    """A domain and the slug of the name (`source_name`) that leads from it to an outlet. `given`: a
    person said so; `shared`: articles of several outlets stand there, so that it leads nowhere."""

    __tablename__ = "source_domain"
    __table_args__ = (Index(None, "slug"), CLUSTERED)

    domain: str = Field(primary_key=True)
    slug: str
    given: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    shared: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class ArticleRow(Base, table=True):
    """An article as it is now; its text is its current revision's. `story_fixed`: a person put it
    into its story. `came_as` is the slug of the name under which it came in, wherever that
    leads; `submission_hash` is of what its current revision came from."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("identity"),
        ForeignKeyConstraint(["source_id"], ["source.id"]),
        CheckConstraint("state IN ('pending', 'ready', 'failed')", name="state"),
        Index(None, "source_id", "id"),
        Index(None, "source_id", "published_at", "id"),
        Index(None, "published_at", "id", "source_id", "language", "state"),
        Index(None, "language", "id"),
        Index(None, "state", "id"),
        Index(None, "word_count", "id"),
        Index(None, "updated_at", "id"),
        Index(None, "submission_hash"),
        Index("ix_article_story", "story_id", "published_at", "id", "source_id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    source_id: int | None = Field(default=None, sa_type=Id)
    published_at: datetime | None = Field(default=None, sa_type=Instant)
    published_day: date | None = Field(default=None, sa_type=Day)
    published_precision: str | None = None
    language: str | None = None
    state: str = "pending"
    word_count: int
    revision: int
    body_start: int
    story_id: int | None = Field(default=None, sa_type=Id)
    created_at: datetime = Field(sa_type=Instant)
    identity: str
    content_hash: str
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    subtitle: str | None = None
    authors: list[str] = Field(default_factory=list, sa_type=JSON)
    pipeline: str | None = None
    reason: str | None = None
    updated_at: datetime = Field(sa_type=Instant, sa_column_kwargs={"server_default": "0"})
    story_fixed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    came_as: str | None = None
    submission_hash: str | None = None


class RevisionRow(Base, table=True):
    """One state of an article's content, kept for good. `lead_start`, `lead_end` are the place of
    the lead; `context` is the metadata as it was then; the raw input, packed beside the text that
    was made of it, stands last."""

    __tablename__ = "revision"
    __table_args__ = (of_article(),)

    article_id: int = Field(primary_key=True, sa_type=Id)
    number: int = Field(primary_key=True)
    word_count: int
    body_start: int
    lead_start: int
    lead_end: int
    created_at: datetime = Field(sa_type=Instant)
    content_hash: str
    cleaner: str
    raw_kind: str
    title: str | None = None
    subtitle: str | None = None
    context: object = Field(sa_type=Packed)
    removed: object = Field(sa_type=Packed)
    offsets: object = Field(sa_type=Packed)
    text: str = Field(sa_type=Deflated)
    extracted: bytes | None = None
    raw: bytes


class PipelineRow(Base, table=True):
    """A pipeline version that has analysed articles: all that went into it by name."""

    __tablename__ = "pipeline"
    __table_args__ = (UniqueConstraint("version"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    version: str


class AnalysisRow(Base, table=True):
    """What is found in one revision, once per pipeline version. `terms` (lemma to count) is what a
    comparison of thousands of articles reads, `spans` (the places of each) its evidence. What the
    model said stands last. `app.store.analyses` packs them beside the text."""

    __tablename__ = "analysis"
    __table_args__ = (of_article(), ForeignKeyConstraint(["pipeline_id"], ["pipeline.id"]))

    article_id: int = Field(primary_key=True, sa_type=Id)
    revision: int = Field(primary_key=True)
    pipeline_id: int = Field(primary_key=True, sa_type=Id)
    created_at: datetime = Field(sa_type=Instant)
    language: str | None = None
    terms: object = Field(sa_type=Packed)
    spans: bytes
    findings: bytes
    fingerprints: bytes
    annotation: bytes | None = None


class WordRow(Base, table=True):
    """A word that stands, or stood, in some article, folded, with the stem under which the
    full-text index has it: `ferr*` looks here for the stems of all words that begin so."""

    __tablename__ = "word"
    __table_args__ = (CLUSTERED,)

    surface: str = Field(primary_key=True)
    stem: str = Field(primary_key=True)


class ClaimRow(Base, table=True):
    """Who analyses a pending article, where several processes share the work of a database.
    `expires` is in microseconds since 1970 by the database's own clock: from then on it is as if
    the claim were not there."""

    __tablename__ = "claim"
    __table_args__ = (of_article(), Index(None, "holder"))

    article_id: int = Field(primary_key=True, sa_type=Id)
    holder: str
    expires: int = Field(sa_type=Id)


class TombstoneRow(Base, table=True):
    """The identity of an article that was deleted: a feed does not bring it back."""

    __tablename__ = "tombstone"

    identity: str = Field(primary_key=True)
    deleted_at: datetime = Field(sa_type=Instant)


source = SourceRow.__table__
source_name = SourceNameRow.__table__
source_domain = SourceDomainRow.__table__
article = ArticleRow.__table__
revision = RevisionRow.__table__
pipeline = PipelineRow.__table__
analysis = AnalysisRow.__table__
claim = ClaimRow.__table__
tombstone = TombstoneRow.__table__
word = WordRow.__table__
