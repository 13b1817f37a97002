"""Pending articles, shared out among processes: each claims some, for a while.

The article's state stays the truth. A claim only keeps others from the same work; one whose holder
is gone expires, and then the article is anybody's again.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update

from app.store.articles.queue import pending_among
from app.store.engine.bulk_writes import upsert
from app.store.engine.clock import DatabaseNow
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.records import PendingArticle
from app.store.tables import article, claim

# A holder renews its claims several times within it; what a killed one held is taken up after it.
LEASE_SECONDS = 20.0


def any_free(s: ReadSession, holder: str, skip: Collection[int]) -> bool:
    """Whether an article waits that `holder` may claim; `skip` are those it has in hand."""
    return s.connection.execute(_free(holder, skip).limit(1)).first() is not None


def claim_pending(
    s: WriteSession, holder: str, limit: int, skip: Collection[int]
) -> list[PendingArticle]:
    """Claims the articles that wait longest, at most `limit`. Returns them, by id."""
    free = _free(holder, skip).order_by(article.c.id).limit(limit)
    return _claim(s, holder, list(s.connection.execute(free).scalars()))


def claim_among(
    s: WriteSession, holder: str, wanted: Collection[int], skip: Collection[int]
) -> list[PendingArticle]:
    """Claims those of the articles (a few) that wait and are nobody else's. Returns them, by id."""
    free = _free(holder, skip).where(article.c.id.in_(wanted))
    return _claim(s, holder, sorted(s.connection.execute(free).scalars()))


def renew_claims(s: WriteSession, holder: str, articles: Collection[int]) -> None:
    """Keeps the claims that `holder` has on these articles for as long again."""
    s.connection.execute(
        update(claim)
        .where(claim.c.holder == holder, claim.c.article_id.in_(articles))
        .values(expires=DatabaseNow() + _lease())
    )


def drop_claims(s: WriteSession, holder: str, articles: Collection[int] | None = None) -> None:
    """Gives the claims of `holder` back, those on these articles or all."""
    mine = delete(claim).where(claim.c.holder == holder)
    if articles is not None:
        mine = mine.where(claim.c.article_id.in_(articles))
    s.connection.execute(mine)


def _claim(s: WriteSession, holder: str, ids: list[int]) -> list[PendingArticle]:
    if ids:
        now = s.connection.execute(select(DatabaseNow())).scalar_one()
        upsert(
            s.connection,
            claim,
            ("article_id", "holder", "expires"),
            [(each, holder, now + _lease()) for each in ids],
            replace=("holder", "expires"),
        )
    return pending_among(s, ids)


def _free(holder: str, skip: Collection[int]) -> Select[int]:
    # Its own that it has not in hand are those that it failed to have analysed.
    taken: ColumnElement[bool] = and_(claim.c.holder != holder, claim.c.expires > DatabaseNow())
    found = (
        select(article.c.id)
        .outerjoin_from(article, claim, claim.c.article_id == article.c.id)
        .where(article.c.state == "pending", or_(claim.c.article_id.is_(None), ~taken))
    )
    return found.where(article.c.id.not_in(skip)) if skip else found


def _lease() -> int:
    return round(LEASE_SECONDS * 1_000_000)
