"""Articles whose analysis is of an older version than the current one."""

from collections.abc import Mapping

from sqlalchemy import false, func, or_, select

from app.store.engine.sessions import ReadSession
from app.store.tables import article


def stored_languages(s: ReadSession) -> list[str]:
    """The languages of all articles, in the order of the alphabet."""
    # From one language to the next in the index, rather than over all articles.
    first = select(func.min(article.c.language).label("language")).cte("known", recursive=True)
    later = select(func.min(article.c.language)).where(article.c.language > first.c.language)
    known = first.union_all(select(later.scalar_subquery()).where(first.c.language.is_not(None)))
    found = select(known.c.language).where(known.c.language.is_not(None))
    return list(s.connection.execute(found).scalars())


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
