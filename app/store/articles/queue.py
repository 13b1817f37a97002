"""What the runner asks of single articles: do they wait for their analysis?"""

from collections.abc import Collection

from sqlalchemy import select

from app.store.engine.sessions import ReadSession
from app.store.records import PendingArticle
from app.store.tables import article, revision
from app.store.tables.joins import CURRENT_REVISION


def is_pending(s: ReadSession, article_id: int) -> bool:
    """Whether the article waits for its analysis; not so where there is no such article."""
    state = s.connection.execute(select(article.c.state).where(article.c.id == article_id)).scalar()
    return state == "pending"


def any_pending(s: ReadSession) -> bool:
    """Whether any article waits for its analysis."""
    first = select(article.c.id).where(article.c.state == "pending").limit(1)
    return s.connection.execute(first).scalar() is not None


def pending_ids(s: ReadSession) -> set[int]:
    """The ids of all articles that wait for their analysis."""
    found = s.connection.execute(select(article.c.id).where(article.c.state == "pending"))
    return set(found.scalars())


def pending_among(s: ReadSession, article_ids: Collection[int]) -> list[PendingArticle]:
    """Those of the articles (a few) that wait for their analysis, by id."""
    if not article_ids:
        return []
    rows = s.connection.execute(
        select(
            article.c.id,
            article.c.revision,
            revision.c.text,
            article.c.body_start,
            article.c.language,
        )
        .join_from(article, revision, CURRENT_REVISION)
        .where(article.c.id.in_(article_ids), article.c.state == "pending")
        .order_by(article.c.id)
    )
    return [PendingArticle(*row) for row in rows]


def failures(s: ReadSession, article_ids: Collection[int]) -> dict[int, str]:
    """Those of the articles whose analysis failed, by id, with the reason."""
    found = s.connection.execute(
        select(article.c.id, article.c.reason).where(article.c.state == "failed")
    )
    wanted = set(article_ids)
    return {row.id: row.reason for row in found if row.id in wanted}
