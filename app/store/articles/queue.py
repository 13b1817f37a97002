"""The articles that wait for their analysis: which they are, and how one leaves the queue."""

from collections.abc import Collection

from sqlalchemy import func, select, update

from app.store.articles.imports import finish_imports
from app.store.changes import note
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession, WriteSession
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


def still_pending(s: ReadSession, article_ids: Collection[int]) -> set[int]:
    """Those of the articles that wait for their analysis."""
    found = s.connection.execute(
        select(article.c.id).where(
            article.c.id.in_(numbers(article_ids)), article.c.state == "pending"
        )
    )
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


def failure_reasons(s: ReadSession, article_ids: Collection[int]) -> dict[int, str]:
    """Those of the articles whose analysis failed, by id, with the reason."""
    found = s.connection.execute(
        select(article.c.id, article.c.reason)
        .where(article.c.id.in_(numbers(article_ids)), article.c.state == "failed")
        .order_by(article.c.id)
    )
    return {row.id: row.reason for row in found}


def pending(s: ReadSession, limit: int, skip: Collection[int] = ()) -> list[PendingArticle]:
    """The articles that wait longest for their analysis, at most `limit`, without those in `skip`
    (which are being analysed)."""
    ids = [
        found
        for found in s.connection.execute(
            select(article.c.id)
            .where(article.c.state == "pending")
            .order_by(article.c.id)
            .limit(limit + len(skip))
        ).scalars()
        if found not in skip
    ][:limit]
    return pending_among(s, ids)


def count_pending(s: ReadSession) -> int:
    """How many articles wait for their analysis."""
    return s.connection.execute(
        select(func.count()).select_from(article).where(article.c.state == "pending")
    ).scalar_one()


def mark_failed(s: WriteSession, article_id: int, number: int, reason: str) -> bool:
    """Marks an article that is still pending at revision `number` as failed, for `reason`. Returns
    whether it was."""
    done = s.connection.execute(
        update(article)
        .where(
            article.c.id == article_id, article.c.revision == number, article.c.state == "pending"
        )
        .values(state="failed", reason=reason)
    )
    if done.rowcount:
        note(s, "article", "changed", [article_id])
    finish_imports(s)
    return done.rowcount == 1


def mark_pending(s: WriteSession, article_ids: Collection[int]) -> int:
    """Puts articles into the queue again; what was found in them stays until they are analysed.
    Returns how many were not in it before."""
    done = s.connection.execute(
        update(article)
        .where(article.c.id.in_(article_ids), article.c.state != "pending")
        .values(state="pending", reason=None)
        .returning(article.c.id)
    ).scalars()
    waiting = done.all()
    note(s, "article", "changed", waiting)
    return len(waiting)
