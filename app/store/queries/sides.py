"""Who stands on a side of a comparison."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row as Result
from sqlalchemy import Select, func, or_, select, tuple_

from app.store.engine.sessions import ReadSession
from app.store.records import SideArticle
from app.store.tables import article, revision, source


class SideFilter(NamedTuple):
    """Which articles stand on a side: those of the outlets with these slugs (none: of any outlet,
    and of none) from `since` and before `until`, in `story`, and not of the outlet `without`."""

    slugs: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    story: int | None = None
    without: str | None = None


class RevisionText(NamedTuple):
    """A revision of an article as it is analysed: `language` and `published` are the article's."""

    article: int
    number: int
    title: str | None
    text: str
    body_start: int
    language: str | None
    published: date | None


class StoryOutlet(NamedTuple):
    """An outlet in a story, with its articles there and their words."""

    slug: str
    name: str
    articles: int
    words: int


def side_articles(s: ReadSession, where: SideFilter, limit: int) -> list[SideArticle]:
    """The articles of a side by id; no more than `limit`."""
    query = _sides().order_by(article.c.id).limit(limit)
    if where.slugs:
        query = query.where(source.c.slug.in_(where.slugs))
    if where.since is not None:
        query = query.where(article.c.published_at >= where.since)
    if where.until is not None:
        query = query.where(article.c.published_at < where.until)
    if where.story is not None:
        query = query.where(article.c.story_id == where.story)
    if where.without is not None:
        query = query.where(or_(source.c.slug.is_(None), source.c.slug != where.without))
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


def revisions_named(
    s: ReadSession, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], RevisionText]:
    """Those of these `(article, revision)` that there are."""
    rows = s.connection.execute(
        select(
            revision.c.article_id,
            revision.c.number,
            revision.c.title,
            revision.c.text,
            revision.c.body_start,
            article.c.language,
            article.c.published_day,
        )
        .join_from(revision, article, article.c.id == revision.c.article_id)
        .where(tuple_(revision.c.article_id, revision.c.number).in_(sorted(wanted)))
    )
    return {(row.article_id, row.number): RevisionText(*row) for row in rows}


def articles_named(s: ReadSession, articles: Collection[int]) -> dict[int, SideArticle]:
    """Those of the articles that there are, by id."""
    rows = s.connection.execute(_sides().where(article.c.id.in_(articles)))
    return {row.id: _side_article(row) for row in rows}


def _sides() -> Select[Any]:
    return select(
        article.c.id,
        article.c.state,
        article.c.reason,
        article.c.title,
        source.c.name,
        article.c.url,
        article.c.published_at,
        article.c.revision,
    ).outerjoin_from(article, source, source.c.id == article.c.source_id)


def _side_article(row: Result[Any]) -> SideArticle:
    # A text that no pipeline could read is ready too, and its reason says so.
    analysed = row.state == "ready" and row.reason is None
    return SideArticle(
        row.id,
        row.state,
        analysed,
        row.reason,
        row.title,
        row.name,
        row.url,
        row.published_at,
        row.revision,
    )
