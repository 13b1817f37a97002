"""Who stands on a side of a comparison."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row as Result
from sqlalchemy import Select, func, select

from app.domain.article import SourceRef
from app.store.engine.sessions import ReadSession
from app.store.records import SideArticle
from app.store.tables import article, source


class NamedArticle(NamedTuple):
    """An article that was named as a side, with what names the side."""

    article: SideArticle
    source: str | None
    title: str | None


class StoryOutlet(NamedTuple):
    """An outlet in a story, with its articles there and their words."""

    slug: str
    name: str
    articles: int
    words: int


def source_named(s: ReadSession, slug: str) -> SourceRef | None:
    """The outlet with this slug, or None."""
    found = s.connection.execute(select(source.c.slug, source.c.name).where(source.c.slug == slug))
    return next((SourceRef(*row) for row in found), None)


def side_articles(
    s: ReadSession,
    slug: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    story: int | None = None,
) -> list[SideArticle]:
    """The articles of an outlet from `since` and before `until`, in a story where one is named, by
    id; no more than `limit`."""
    query = (
        _sides()
        .join(source, source.c.id == article.c.source_id)
        .where(source.c.slug == slug)
        .order_by(article.c.id)
        .limit(limit)
    )
    if since is not None:
        query = query.where(article.c.published_at >= since)
    if until is not None:
        query = query.where(article.c.published_at < until)
    if story is not None:
        query = query.where(article.c.story_id == story)
    return [_side_article(row) for row in s.connection.execute(query)]


def story_outlets(s: ReadSession, story: int) -> list[StoryOutlet]:
    """The outlets with articles in a story, in no order."""
    query = (
        select(source.c.slug, source.c.name, func.count(), func.sum(article.c.word_count))
        .join_from(article, source, source.c.id == article.c.source_id)
        .where(article.c.story_id == story)
        .group_by(source.c.id, source.c.slug, source.c.name)
    )
    return [StoryOutlet(*row) for row in s.connection.execute(query)]


def named_articles(s: ReadSession, articles: Collection[int]) -> dict[int, NamedArticle]:
    """Those of the articles that there are, by id."""
    query = (
        _sides()
        .add_columns(source.c.name, article.c.title)
        .outerjoin(source, source.c.id == article.c.source_id)
        .where(article.c.id.in_(articles))
    )
    return {
        row.id: NamedArticle(_side_article(row), row.name, row.title)
        for row in s.connection.execute(query)
    }


def _sides() -> Select[tuple[int, str, str | None]]:
    return select(article.c.id, article.c.state, article.c.reason).select_from(article)


def _side_article(row: Result[tuple[int, str, str | None]]) -> SideArticle:
    # A text that no pipeline could read is ready too, and its reason says so.
    return SideArticle(row.id, row.state, row.state == "ready" and row.reason is None, row.reason)
