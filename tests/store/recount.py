"""Every count of a store, made anew from clusters and mentions alone."""

from collections import Counter, defaultdict

from sqlalchemy import select

from app.store.sessions import ReadSession
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
    source,
)
from app.store.types import month_of


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
