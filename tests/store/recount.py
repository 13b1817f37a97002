"""Every count of a store, made anew from clusters and mentions alone."""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import select

from app.services.stories import SEARCH
from app.store.engine.column_types import month_of, to_days
from app.store.engine.sessions import ReadSession
from app.store.stories.profiles import unpack_profile
from app.store.tables import (
    alias,
    article,
    cluster,
    entity,
    entity_article,
    entity_key,
    entity_month,
    entity_source,
    mention,
    profile,
    profile_key,
    source,
    story,
)
from app.store.tables.stories import UNDATED


def assert_counts_hold(s: ReadSession) -> None:
    """Fails where a kept count differs from what the clusters and mentions say."""
    run = s.connection.execute
    owner = {row.id: (row.entity_id, row.article_id) for row in run(select(cluster))}
    articles = {row.id: row for row in run(select(article))}
    in_article: Counter[tuple[int, int]] = Counter()
    aliases: Counter[tuple[int, str]] = Counter()
    for row in run(select(mention)):
        if row.cluster_id is not None:
            in_article[owner[row.cluster_id]] += 1
            aliases[owner[row.cluster_id][0], row.text] += 1
    entities: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    sources: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    months: defaultdict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for (entity_id, article_id), mentions in in_article.items():
        row = articles[article_id]
        counts = [entities[entity_id]]
        if row.source_id is not None:
            counts.append(sources[entity_id, row.source_id])
        if row.published_at is not None:
            counts.append(months[entity_id, month_of(row.published_at), row.source_id or 0])
        for count in counts:
            count[0] += mentions
            count[1] += 1
    # What resolution looks entities up by stays where it put it, whatever people corrected.
    keys = Counter(
        (row.entity_id if row.resolved_to is None else row.resolved_to, key)
        for row in run(select(cluster))
        for key in set(row.known_by)
    )

    assert {
        (row.entity_id, row.article_id): row.mentions for row in run(select(entity_article))
    } == in_article
    for row in run(select(entity_article)):
        here = articles[row.article_id]
        assert (row.source_id, row.published_at, row.published_day) == (
            here.source_id,
            here.published_at,
            here.published_day,
        )
    assert {row.id: [row.mentions, row.articles] for row in run(select(entity))} == {
        row.id: entities.get(row.id, [0, 0]) for row in run(select(entity))
    }
    assert {
        (row.entity_id, row.source_id): [row.mentions, row.articles]
        for row in run(select(entity_source))
    } == sources
    assert {
        (row.entity_id, row.month, row.source_id): [row.mentions, row.articles]
        for row in run(select(entity_month))
    } == months
    assert {(row.entity_id, row.text): row.mentions for row in run(select(alias))} == aliases
    assert {(row.entity_id, row.key): row.clusters for row in run(select(entity_key))} == keys
    assert {row.id: row.articles for row in run(select(source))} == {
        row.id: sum(1 for each in articles.values() if each.source_id == row.id)
        for row in run(select(source))
    }
    assert_stories_hold(s)


def assert_stories_hold(s: ReadSession) -> None:
    """Fails where a story counts other articles than it has, or an article is found by other keys
    than its profile's."""
    run = s.connection.execute
    articles = {row.id: row for row in run(select(article))}
    held: defaultdict[int, list[Any]] = defaultdict(list)
    outlets: defaultdict[int, set[int | None]] = defaultdict(set)
    for row in articles.values():
        if row.story_id is not None:
            held[row.story_id].append(row.published_at)
            outlets[row.story_id].add(row.source_id)
    kept = {row.id: row for row in run(select(story))}
    assert held.keys() <= kept.keys()
    for number, row in kept.items():
        dated = [each for each in held[number] if each is not None]
        counted = (row.articles, row.first_published_at, row.last_published_at)
        assert counted == (len(held[number]), min(dated, default=None), max(dated, default=None))
        assert row.sources == len(outlets[number] - {None})
        assert row.merged_into is None or not row.articles
        assert row.merged_into is None or kept[row.merged_into].articles
    indexed: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in run(select(profile_key)):
        indexed[row.article_id][row.key] = row.weight
        day = articles[row.article_id].published_day
        assert row.day == (UNDATED if day is None else to_days(day))
    profiles = {row.article_id: unpack_profile(row.profile) for row in run(select(profile))}
    assert indexed == {
        number: dict(list(zip(each.keys, each.weights, strict=True))[: SEARCH.keys])
        for number, each in profiles.items()
    }
