"""Articles whose analysis is of an older version than the current one."""

from collections.abc import Mapping

from sqlalchemy import false, func, or_, select

from app.store.engine.sessions import ReadSession
from app.store.tables import article


def stored_languages(s: ReadSession) -> list[str]:
    """The languages of all articles."""
    found = s.connection.execute(
        select(article.c.language).where(article.c.language.is_not(None)).distinct()
    )
    return sorted(found.scalars())


def outdated(s: ReadSession, current: Mapping[str, str], after: int, limit: int) -> list[int]:
    """The ids past `after` of at most `limit` articles whose analysis is of another version than
    the current one of their language, or failed, or is pending."""
    up_to_date = or_(
        false(),
        *(
            (article.c.language == language) & (func.coalesce(article.c.pipeline, "") == pipeline)
            for language, pipeline in current.items()
        ),
    )
    rows = s.connection.execute(
        select(article.c.id)
        .where(
            article.c.id > after,
            or_(article.c.state != "ready", article.c.language.is_(None), ~up_to_date),
        )
        .order_by(article.c.id)
        .limit(limit)
    )
    return list(rows.scalars())
