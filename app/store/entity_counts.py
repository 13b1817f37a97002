"""The counts that lists sort and filter by, changed by what one transaction adds and takes away."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select

from app.domain.names import name_key, name_skeleton
from app.store.changes import date_of, note
from app.store.engine.bulk_writes import update_rows, upsert
from app.store.engine.column_types import month_of
from app.store.engine.sessions import WriteSession
from app.store.tables import (
    alias,
    cluster,
    entity,
    entity_article,
    entity_key,
    entity_month,
    entity_source,
    mention,
)

# The entity that resolution gave a cluster, whatever people corrected.
RESOLVED = func.coalesce(cluster.c.resolved_to, cluster.c.entity_id)


class Tally:
    """Gathers changes of counts, then applies them at once: what is taken away and added again in
    one transaction touches no row."""

    def __init__(self) -> None:
        self._mentions: Counter[int] = Counter()
        self._articles: Counter[int] = Counter()
        self._aliases: Counter[tuple[int, str]] = Counter()
        self._keys: Counter[tuple[int, str]] = Counter()
        self._sources: defaultdict[tuple[int, ...], list[int]] = defaultdict(lambda: [0, 0])
        self._months: defaultdict[tuple[int, ...], list[int]] = defaultdict(lambda: [0, 0])

    def article(
        self,
        entity_id: int,
        source_id: int | None,
        published_at: datetime | None,
        mentions: int,
        sign: int = 1,
    ) -> None:
        """An entity gains (`sign` 1) or loses (-1) an article with so many mentions."""
        self._mentions[entity_id] += sign * mentions
        self._articles[entity_id] += sign
        self.by_source_and_month(entity_id, source_id, published_at, mentions, sign)

    def by_source_and_month(
        self,
        entity_id: int,
        source_id: int | None,
        published_at: datetime | None,
        mentions: int,
        sign: int = 1,
    ) -> None:
        """A source, and a month, gains or loses an article that mentions an entity so often."""
        counts = []
        if source_id is not None:
            counts.append(self._sources[entity_id, source_id])
        if published_at is not None:
            counts.append(self._months[entity_id, month_of(published_at), source_id or 0])
        for count in counts:
            count[0] += sign * mentions
            count[1] += sign

    def surface(self, entity_id: int, surface: str, mentions: int) -> None:
        """So many mentions of an entity (negative: fewer) read `surface`."""
        self._aliases[entity_id, surface] += mentions

    def key(self, entity_id: int, key: str, clusters: int) -> None:
        """So many clusters of an entity (negative: fewer) are found under `key`."""
        self._keys[entity_id, key] += clusters

    def of_new(self, entity_id: int) -> tuple[int, int]:
        """The mentions and articles of an entity whose row is written with them now: `apply` does
        not add them."""
        return self._mentions.pop(entity_id, 0), self._articles.pop(entity_id, 0)

    def take_out(self, connection: Connection, article_ids: list[int]) -> None:
        """Counts these articles' clusters and mentions as gone, and removes them."""
        found = entity_article.c
        for row in connection.execute(
            select(found.entity_id, found.source_id, found.published_at, found.mentions).where(
                found.article_id.in_(article_ids)
            )
        ):
            self.article(*row, -1)
        for entity_id, surface, mentions in connection.execute(
            select(cluster.c.entity_id, mention.c.text, func.count())
            .join_from(cluster, mention, mention.c.cluster_id == cluster.c.id)
            .where(cluster.c.article_id.in_(article_ids))
            .group_by(cluster.c.entity_id, mention.c.text)
        ):
            self.surface(entity_id, surface, -mentions)
        # Resolution reads only what it found itself: its keys stay where it put them.
        for entity_id, keys in connection.execute(
            select(RESOLVED, cluster.c.known_by).where(
                cluster.c.article_id.in_(article_ids), cluster.c.part_of.is_(None)
            )
        ):
            for key in set(keys):
                self.key(entity_id, key, -1)
        for table in (mention, cluster, entity_article):
            connection.execute(delete(table).where(table.c.article_id.in_(article_ids)))

    def apply(self, s: WriteSession) -> None:
        """Writes what was gathered; rows of aliases and sources that reach zero go."""
        connection = s.connection
        # Also what adds up to nothing: why its names were joined may have changed.
        note(s, "entity", "changed", self._mentions)
        note(s, "entity", "changed", (owner for owner, _ in self._aliases))
        note(s, "entity", "changed", (owner for owner, *_ in self._sources))
        changed = [
            key for key in sorted(self._mentions) if self._mentions[key] or self._articles[key]
        ]
        at = date_of(s, "entity", changed)
        update_rows(
            connection,
            entity,
            ("mentions", "articles", "updated_at"),
            [(key, self._mentions[key], self._articles[key], at) for key in changed],
            add=("mentions", "articles"),
        )
        upsert(
            connection,
            alias,
            ("entity_id", "text", "key", "skeleton", "mentions"),
            [
                (key, surface, name_key(surface), name_skeleton(surface), more)
                for (key, surface), more in sorted(self._aliases.items())
                if more
            ],
            add=("mentions",),
        )
        for table, changes in ((entity_source, self._sources), (entity_month, self._months)):
            counts = ("mentions", "articles")
            upsert(
                connection,
                table,
                (*(column.name for column in table.primary_key), *counts),
                [
                    (*place, more, articles)
                    for place, (more, articles) in sorted(changes.items())
                    if more or articles
                ],
                add=counts,
            )
        upsert(
            connection,
            entity_key,
            ("entity_id", "key", "clusters"),
            [(owner, key, more) for (owner, key), more in sorted(self._keys.items()) if more],
            add=("clusters",),
        )
        self._drop_zeros(connection)

    def _drop_zeros(self, connection: Connection) -> None:
        sources, months = (
            {place: articles for place, (_, articles) in changes.items()}
            for changes in (self._sources, self._months)
        )
        kept: tuple[tuple[Table, str, Mapping[tuple[Any, ...], int]], ...] = (
            (alias, "mentions", self._aliases),
            (entity_key, "clusters", self._keys),
            (entity_source, "articles", sources),
            (entity_month, "articles", months),
        )
        for table, column, changes in kept:
            fewer = [
                {f"key_{n}": part for n, part in enumerate(place)}
                for place, more in changes.items()
                if more < 0
            ]
            if fewer:
                connection.execute(
                    delete(table).where(
                        *(
                            part == bindparam(f"key_{n}")
                            for n, part in enumerate(table.primary_key)
                        ),
                        table.c[column] <= 0,
                    ),
                    fewer,
                )
