"""Metadata of articles, wherever it is kept: beside the text, with outlets, with entities."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, select, update

from app.domain.article import Document, Published
from app.store.articles.searchable import change_language
from app.store.changes import note
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.sources.names import Outlet, outlet_of
from app.store.stories.counts import refresh_stories
from app.store.stories.profiles import redate_profile
from app.store.tables import article, entity_article, source

_ARTICLE = article.c


def published_of(row: RowMapping) -> Published | None:
    """When the article of this row appeared."""
    instant = row[_ARTICLE.published_at]
    if instant is None:
        return None
    return Published(instant, row[_ARTICLE.published_day], row[_ARTICLE.published_precision])


def merge_metadata(
    s: WriteSession, article_id: int, document: Document, slug: str | None, *, overwrite: bool
) -> None:
    """Merges the metadata that a document brings into that of its article: all of it where
    `overwrite`, else only what was missing. Never the title: it opens the stored text."""
    row = s.connection.execute(select(article).where(_ARTICLE.id == article_id)).mappings().one()
    brought: dict[str, Any] = {
        "external_id": document.external_id,
        "url": document.url,
        "language": document.language,
        "authors": list(document.authors),
    }
    taken = {
        name: value
        for name, value in brought.items()
        if value and (overwrite or not row[_ARTICLE[name]])
    }
    if "language" in taken:
        change_language(s, {article_id: taken["language"]})
    if taken:
        note(s, "article", "changed", [article_id])
        s.connection.execute(update(article).where(_ARTICLE.id == article_id).values(taken))
    outlet = Outlet(row[_ARTICLE.source_id], row[_ARTICLE.came_as])
    if overwrite or outlet.id is None:
        outlet = _said(outlet, outlet_of(s, slug, document.source, document.url))
    was = published_of(row)
    when = (document.published or was) if overwrite else (was or document.published)
    set_source_and_date(s, article_id, outlet, when)


def _said(was: Outlet, now: Outlet) -> Outlet:
    """The outlet that a document names, else the one it had. An article stays what it came in as
    where another name of the same outlet leads there too."""
    return was if now.id is None or now.id == was.id else now


def change_source_and_date(
    s: WriteSession, article_id: int, slug: str | None, name: str | None, when: Published | None
) -> None:
    """Sets source and date of an article as a person says them; without a name it has none."""
    row = s.connection.execute(
        select(_ARTICLE.source_id, _ARTICLE.came_as).where(_ARTICLE.id == article_id)
    ).one()
    named = Outlet(None, None) if slug is None else outlet_of(s, slug, name, None)
    was = Outlet(*row)
    set_source_and_date(s, article_id, was if named.id == was.id else named, when)


def set_source_and_date(
    s: WriteSession, article_id: int, outlet: Outlet, when: Published | None
) -> None:
    """Sets source and date of an article wherever they are kept: beside it, with its story, its
    profile and its entities, and in all counts by outlet and month."""
    old = s.connection.execute(select(article).where(_ARTICLE.id == article_id)).mappings().one()
    source_id = outlet.id
    moved = {
        "source_id": source_id,
        "came_as": outlet.came_as,
        **published_columns(when),
    }
    if all(old[_ARTICLE[column]] == value for column, value in moved.items()):
        return
    note(s, "article", "changed", [article_id])
    s.connection.execute(update(article).where(_ARTICLE.id == article_id).values(moved))
    if source_id != old[_ARTICLE.source_id]:
        add_to_source_count(s, old[_ARTICLE.source_id], -1)
        add_to_source_count(s, source_id, 1)
    redate_profile(s, article_id, moved["published_day"])
    if old[_ARTICLE.story_id] is not None:
        refresh_stories(s, [old[_ARTICLE.story_id]])
    found = entity_article.c
    tally = Tally()
    for entity_id, mentions in s.connection.execute(
        select(found.entity_id, found.mentions).where(found.article_id == article_id)
    ):
        before = (old[_ARTICLE.source_id], old[_ARTICLE.published_at])
        tally.by_source_and_month(entity_id, *before, mentions, -1)
        tally.by_source_and_month(entity_id, source_id, moved["published_at"], mentions, 1)
    tally.apply(s)
    s.connection.execute(
        update(entity_article)
        .where(found.article_id == article_id)
        .values(
            source_id=source_id,
            published_at=moved["published_at"],
            published_day=moved["published_day"],
        )
    )


def published_columns(when: Published | None) -> Mapping[str, Any]:
    """The columns of `article` that say when it appeared."""
    return {
        "published_at": when and when.instant,
        "published_day": when and when.day,
        "published_precision": when and when.precision,
    }


def add_to_source_count(s: WriteSession, source_id: int | None, more: int) -> None:
    """Adds so many articles (negative: fewer) to the count of an outlet."""
    if source_id is not None:
        s.connection.execute(
            update(source).where(source.c.id == source_id).values(articles=source.c.articles + more)
        )
