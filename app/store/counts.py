"""The counts that lists sort and filter by, changed by what one transaction adds and takes away."""

from collections import Counter, defaultdict

from sqlalchemy import Connection, bindparam, delete, func, select, update

from app.domain.names import name_key, name_skeleton
from app.store.dialect import upsert
from app.store.tables import (
    alias,
    cluster,
    entity,
    entity_article,
    entity_key,
    entity_source,
    mention,
)


class Tally:
    """Gathers changes of counts, then applies them at once: what is taken away and added again in
    one transaction touches no row."""

    def __init__(self) -> None:
        self._mentions: Counter[int] = Counter()
        self._articles: Counter[int] = Counter()
        self._aliases: Counter[tuple[int, str]] = Counter()
        self._keys: Counter[tuple[int, str]] = Counter()
        self._sources: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])

    def article(self, entity_id: int, source_id: int | None, mentions: int, sign: int = 1) -> None:
        """An entity gains (`sign` 1) or loses (-1) an article with so many mentions."""
        self._mentions[entity_id] += sign * mentions
        self._articles[entity_id] += sign
        self.source(entity_id, source_id, mentions, sign)

    def source(self, entity_id: int, source_id: int | None, mentions: int, sign: int = 1) -> None:
        """A source gains or loses an article that mentions an entity so often."""
        if source_id is not None:
            counts = self._sources[entity_id, source_id]
            counts[0] += sign * mentions
            counts[1] += sign

    def surface(self, entity_id: int, surface: str, mentions: int) -> None:
        """So many mentions of an entity (negative: fewer) read `surface`."""
        self._aliases[entity_id, surface] += mentions

    def key(self, entity_id: int, key: str, clusters: int) -> None:
        """So many clusters of an entity (negative: fewer) are found under `key`."""
        self._keys[entity_id, key] += clusters

    def take_out(self, connection: Connection, article_ids: list[int]) -> None:
        """Counts these articles' clusters and mentions as gone, and removes them."""
        found = entity_article.c
        for entity_id, source_id, mentions in connection.execute(
            select(found.entity_id, found.source_id, found.mentions).where(
                found.article_id.in_(article_ids)
            )
        ):
            self.article(entity_id, source_id, mentions, -1)
        for entity_id, surface, mentions in connection.execute(
            select(cluster.c.entity_id, mention.c.text, func.count())
            .join_from(cluster, mention, mention.c.cluster_id == cluster.c.id)
            .where(cluster.c.article_id.in_(article_ids))
            .group_by(cluster.c.entity_id, mention.c.text)
        ):
            self.surface(entity_id, surface, -mentions)
        for entity_id, keys in connection.execute(
            select(cluster.c.entity_id, cluster.c.known_by).where(
                cluster.c.article_id.in_(article_ids)
            )
        ):
            for key in set(keys):
                self.key(entity_id, key, -1)
        for table in (mention, cluster, entity_article):
            connection.execute(delete(table).where(table.c.article_id.in_(article_ids)))

    def apply(self, connection: Connection) -> None:
        """Writes what was gathered; rows of aliases and sources that reach zero go."""
        changed = [
            {"the_id": key, "more": self._mentions[key], "more_articles": self._articles[key]}
            for key in sorted(self._mentions)
            if self._mentions[key] or self._articles[key]
        ]
        if changed:
            connection.execute(
                update(entity)
                .where(entity.c.id == bindparam("the_id"))
                .values(
                    mentions=entity.c.mentions + bindparam("more"),
                    articles=entity.c.articles + bindparam("more_articles"),
                ),
                changed,
            )
        upsert(
            connection,
            alias,
            [
                {
                    "entity_id": key,
                    "text": surface,
                    "key": name_key(surface),
                    "skeleton": name_skeleton(surface),
                    "mentions": more,
                }
                for (key, surface), more in sorted(self._aliases.items())
                if more
            ],
            add=("mentions",),
        )
        upsert(
            connection,
            entity_source,
            [
                {"entity_id": key, "source_id": source_id, "mentions": more, "articles": articles}
                for (key, source_id), (more, articles) in sorted(self._sources.items())
                if more or articles
            ],
            add=("mentions", "articles"),
        )
        upsert(
            connection,
            entity_key,
            [
                {"entity_id": owner, "key": key, "clusters": more}
                for (owner, key), more in sorted(self._keys.items())
                if more
            ],
            add=("clusters",),
        )
        self._drop_zeros(connection)

    def _drop_zeros(self, connection: Connection) -> None:
        sources = {pair: articles for pair, (_, articles) in self._sources.items()}
        for table, column, changes in (
            (alias, "mentions", self._aliases),
            (entity_key, "clusters", self._keys),
            (entity_source, "articles", sources),
        ):
            fewer = [{"first": a, "second": b} for (a, b), more in changes.items() if more < 0]
            if fewer:
                first, second = table.primary_key
                connection.execute(
                    delete(table).where(
                        first == bindparam("first"),
                        second == bindparam("second"),
                        table.c[column] <= 0,
                    ),
                    fewer,
                )
