"""The tables of what is found in a text beside its names."""

from sqlalchemy import JSON, Index
from sqlmodel import Field

from app.store.engine.column_types import Id
from app.store.tables.base import NUMBERED, Base, of_article


class QuoteRow(Base, table=True):
    """Who says what in an article as it was last analysed. `mention_start` is where the mention
    starts that the speaker stands for; whose that is, its cluster says, which people correct."""

    __tablename__ = "quote"
    __table_args__ = (of_article(), Index(None, "article_id", "start", "id"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    article_id: int = Field(sa_type=Id)
    revision: int
    kind: str
    start: int
    end: int
    words: int
    cue_start: int | None = None
    cue_end: int | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    voice_start: int | None = None
    voice_end: int | None = None
    mention_start: int | None = None
    quoted: list[list[int]] = Field(sa_type=JSON)
    reason: str


class VectorRow(Base, table=True):
    """The vectors of the sentences of an article, 512 bytes each in their order, that `pipeline`
    found in `revision` and `encoder` made. One row an article: what is not of its current analysis
    can be made again, and what has been replaced is of no use."""

    __tablename__ = "vector"
    __table_args__ = (of_article(),)

    article_id: int = Field(primary_key=True, sa_type=Id)
    revision: int
    pipeline: str
    encoder: str
    vectors: bytes


quote = QuoteRow.__table__
vector = VectorRow.__table__
