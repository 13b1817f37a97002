"""The vectors of an article's sentences: a cache, which is written again wherever it is lost."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select

from app.store.engine.bulk_writes import upsert
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import article, vector

_COLUMNS = ("article_id", "revision", "pipeline", "encoder", "vectors")


class SentenceVectors(NamedTuple):
    """512 bytes for each sentence that a pipeline version found in a revision, as an encoder of
    this version made them."""

    article: int
    revision: int
    pipeline: str
    encoder: str
    vectors: bytes


def stored_vectors(s: ReadSession, articles: Collection[int], encoder: str) -> dict[int, bytes]:
    """The vectors of those of the articles that have them, for their sentences as they are now."""
    rows = s.connection.execute(
        select(vector.c.article_id, vector.c.vectors)
        .join_from(article, vector, _current(encoder))
        .where(article.c.id.in_(articles))
    )
    return {row.article_id: row.vectors for row in rows}


def store_vectors(s: WriteSession, made: Sequence[SentenceVectors]) -> None:
    """Stores vectors in place of those that the articles had; those of a revision or a pipeline
    that is not the article's any more are dropped."""
    ids = [each.article for each in made]
    rows = s.connection.execute(
        select(article.c.id, article.c.revision, article.c.pipeline).where(article.c.id.in_(ids))
    )
    current = {tuple(row) for row in rows}
    upsert(
        s.connection,
        vector,
        _COLUMNS,
        [each for each in made if (each.article, each.revision, each.pipeline) in current],
        replace=("revision", "pipeline", "encoder", "vectors"),
    )


def without_vectors(s: ReadSession, encoder: str, after: int, limit: int) -> list[int]:
    """The ids past `after` of at most `limit` analysed articles that lack them."""
    rows = s.connection.execute(
        select(article.c.id)
        .outerjoin_from(article, vector, _current(encoder))
        .where(
            article.c.state == "ready",
            article.c.id > after,
            article.c.reason.is_(None),
            vector.c.article_id.is_(None),
        )
        .order_by(article.c.id)
        .limit(limit)
    )
    return list(rows.scalars())


def _current(encoder: str) -> ColumnElement[bool]:
    return and_(
        vector.c.article_id == article.c.id,
        vector.c.revision == article.c.revision,
        vector.c.pipeline == article.c.pipeline,
        vector.c.encoder == encoder,
    )
