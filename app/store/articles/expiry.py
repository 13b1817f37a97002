"""Articles that are older than a collection is to keep them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.store.engine.sessions import ReadSession
from app.store.tables import article, source


def expired_ids(
    s: ReadSession, before: datetime, sources: Sequence[int], after: int, limit: int
) -> list[int]:
    """The ids past `after` of at most `limit` articles that were published before an instant, or
    came in before it where they are undated; of these outlets, of all without."""
    rows = s.connection.execute(
        select(article.c.id)
        .where(_expired(before, sources), article.c.id > after)
        .order_by(article.c.id)
        .limit(limit)
    )
    return list(rows.scalars())


def expired_counts(s: ReadSession, before: datetime, sources: Sequence[int]) -> dict[str, int]:
    """How many they are of each outlet (by name; "" for those without), the most first."""
    name, number = func.coalesce(source.c.name, ""), func.count()
    rows = s.connection.execute(
        select(name, number)
        .select_from(article)
        .outerjoin(source, source.c.id == article.c.source_id)
        .where(_expired(before, sources))
        .group_by(name)
        .order_by(number.desc(), name)
    )
    return {row[0]: row[1] for row in rows}


def _expired(before: datetime, sources: Sequence[int]) -> ColumnElement[bool]:
    of = article.c
    old = or_(of.published_at < before, and_(of.published_at.is_(None), of.created_at < before))
    return and_(old, of.source_id.in_(sources)) if sources else old
