"""Stories as they are read: lists of them, with their outlets and main entities."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, Select, String, cast, func, select, type_coerce

from app.domain.article import SourceRef
from app.domain.page import Page, PageRequest, StoryFilter
from app.domain.story import Story, StoryEntity, StorySource
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession
from app.store.existence import no_story, require_filter_entities
from app.store.queries.sources import source_ids
from app.store.queries.text_search import articles_matching
from app.store.tables import article, entity, entity_article, source, story

# Entities of a story that are shown.
ENTITIES = 10


def story_page(s: ReadSession, where: StoryFilter, page: PageRequest) -> Page[Story]:
    """Stories with articles, by `last_published` (the newest first), `first_published`, `articles`,
    `sources`, `id` or `updated_at`.

    Raises InvalidInput at the parameter that does not fit: `?source`, `?without_source`, `?entity`,
    `?q`, `?sort`, `?cursor`, `?limit`.
    """
    columns: Mapping[str, ColumnElement[Any]] = {
        "last_published": type_coerce(story.c.last_published_at, BigInteger),
        "first_published": type_coerce(story.c.first_published_at, BigInteger),
        "articles": story.c.articles,
        "sources": story.c.sources,
        "id": story.c.id,
        "updated_at": type_coerce(story.c.updated_at, BigInteger),
    }
    order = read_request(page, "stories", where, dict.fromkeys(columns, int), "-last_published")
    base, _ = matching_stories(s, where)
    key, nullable = columns[order.field], order.field.endswith("published")
    rows, cursor = fetch(s.connection, base, story.c.id, Sort(key, int, nullable), order)
    return paged(
        stories_by_id(s, [row[0] for row in rows]),
        cursor,
        count(s.connection, base, exact=order.exact),
    )


def matching_stories(s: ReadSession, where: StoryFilter) -> tuple[Select[Any], ColumnElement[int]]:
    """The ids of the stories that match, with the column of their id. Raises InvalidInput at the
    parameter that does not fit."""
    return select(story.c.id).where(*_conditions(s, where)), story.c.id


def find_story(s: ReadSession, story_id: int) -> Story:
    """A story, also one without articles any more. Raises NotFound."""
    found = stories_by_id(s, [story_id])
    if not found:
        raise no_story(story_id)
    return found[0]


def stories_by_id(s: ReadSession, ids: Sequence[int]) -> list[Story]:
    """The stories of these ids, in their order; what is not there is left out."""
    rows = {row.id: row for row in s.connection.execute(select(story).where(story.c.id.in_(ids)))}
    titles, sources, entities = _titles(s, ids), _sources(s, ids), _entities(s, ids)
    return [
        Story(
            each,
            titles.get(each),
            rows[each].articles,
            rows[each].first_published_at,
            rows[each].last_published_at,
            rows[each].sources,
            tuple(sources[each]),
            tuple(entities.get(each, ())),
            rows[each].merged_into,
            rows[each].updated_at,
        )
        for each in ids
        if each in rows
    ]


def _conditions(s: ReadSession, where: StoryFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if where.min_articles is not None or where.min_sources is None:
        found.append(story.c.articles >= max(1, where.min_articles or 1))
    if where.since is not None:
        found.append(story.c.last_published_at >= where.since)
    if where.until is not None:
        found.append(story.c.first_published_at < where.until)
    if where.updated_since is not None:
        found.append(story.c.updated_at >= where.updated_since)
    if where.min_sources is not None:
        # The sum keeps SQLite from sorting all that an index of the outlets would give it.
        found.append(story.c.sources + 0 >= max(1, where.min_sources))
    found += [_has_article(each) for each in source_ids(s, where.sources)]
    if where.without_source is not None:
        (absent,) = source_ids(s, [where.without_source], "?without_source")
        found.append(~_has_article(absent))
    if where.q is not None:
        matching = articles_matching(s, where.q)
        # The sum keeps SQLite from asking the full-text index anew for each article.
        said = select(article.c.story_id).join_from(
            matching, article, article.c.id == matching.c.id + 0
        )
        found.append(story.c.id.in_(said.where(article.c.story_id.is_not(None))))
    require_filter_entities(s, where.entities)
    for each in where.entities:
        naming = (
            select(article.c.story_id)
            .join_from(entity_article, article, article.c.id == entity_article.c.article_id)
            .where(entity_article.c.entity_id == each, article.c.story_id.is_not(None))
        )
        found.append(story.c.id.in_(naming))
    return found


def _has_article(source_id: int) -> ColumnElement[bool]:
    """The story has an article of this outlet."""
    return (
        select(article.c.id)
        .where(article.c.story_id == story.c.id, article.c.source_id == source_id)
        .exists()
    )


def _titles(s: ReadSession, ids: Sequence[int]) -> dict[int, str | None]:
    """The title of the first article of each story."""
    undated = article.c.published_at.is_(None)
    ranked = (
        select(
            article.c.id,
            article.c.story_id,
            func.row_number()
            .over(
                partition_by=article.c.story_id,
                order_by=(undated, article.c.published_at, article.c.id),
            )
            .label("rank"),
        )
        .where(article.c.story_id.in_(ids))
        .subquery()
    )
    rows = s.connection.execute(
        select(ranked.c.story_id, article.c.title)
        .join_from(ranked, article, article.c.id == ranked.c.id)
        .where(ranked.c.rank == 1)
    )
    return {row.story_id: row.title for row in rows}


def _sources(s: ReadSession, ids: Sequence[int]) -> Mapping[int, list[StorySource]]:
    """The outlets of each story, those of most articles first."""
    counted = (
        select(article.c.story_id, article.c.source_id, func.count().label("articles"))
        .where(article.c.story_id.in_(ids))
        .group_by(article.c.story_id, article.c.source_id)
        .subquery()
    )
    rows: Select[Any] = (
        select(counted.c.story_id, counted.c.articles, source.c.slug, source.c.name)
        .outerjoin_from(counted, source, source.c.id == counted.c.source_id)
        .order_by(counted.c.articles.desc(), source.c.slug.is_(None), source.c.slug)
    )
    found: defaultdict[int, list[StorySource]] = defaultdict(list)
    for story_id, articles, slug, name in s.connection.execute(rows):
        found[story_id].append(
            StorySource(None if slug is None else SourceRef(slug, name), articles)
        )
    return found


def _entities(s: ReadSession, ids: Sequence[int]) -> Mapping[int, list[StoryEntity]]:
    """The entities that most articles of each story mention, then those mentioned most."""
    counts = entity_article.c
    columns = [
        # One row an article, counted here: grouping ten thousand rows takes SQLite longer.
        func.aggregate_strings(cast(each, String), ",")
        for each in (counts.entity_id, counts.mentions)
    ]
    of = dict(
        s.connection.execute(
            select(article.c.id, article.c.story_id).where(article.c.story_id.in_(ids))
        ).all()
    )
    rows = s.connection.execute(
        select(counts.article_id, *columns)
        .where(counts.article_id.in_(numbers(of)))
        .group_by(counts.article_id)
    )
    counted: defaultdict[int, defaultdict[int, list[int]]]
    counted = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for number, owners, mentions in rows:
        own = counted[of[number]]
        for owner, often in zip(
            orjson.loads(f"[{owners}]"), orjson.loads(f"[{mentions}]"), strict=True
        ):
            count_of = own[owner]
            count_of[0] += 1
            count_of[1] += often
    main = {
        story_id: nsmallest(
            ENTITIES, own.items(), key=lambda each: (-each[1][0], -each[1][1], each[0])
        )
        for story_id, own in counted.items()
    }
    shown = {owner for best in main.values() for owner, _ in best}
    names = {
        row.id: row
        for row in s.connection.execute(
            select(entity.c.id, entity.c.name, entity.c.type).where(entity.c.id.in_(numbers(shown)))
        )
    }
    return {
        story_id: [
            StoryEntity(owner, names[owner].name, names[owner].type, articles, mentions)
            for owner, (articles, mentions) in best
        ]
        for story_id, best in main.items()
    }
