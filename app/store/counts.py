"""The counts that lists sort and filter by, changed by what one transaction adds and takes away."""

from collections import Counter, defaultdict

from sqlalchemy import Connection, bindparam, delete, func, select, update

from app.domain.names import name_key, name_skeleton
from app.store.dialect import upsert
from app.store.tables import alias, cluster, entity, entity_article, entity_source, mention


class Tally:
    """Gathers changes of counts, then applies them at once: what is taken away and added again in
    one transaction touches no row."""

    def __init__(self) -> None:
        self._mentions: Counter[int] = Counter()
        self._articles: Counter[int] = Counter()
        self._aliases: Counter[tuple[int, str]] = Counter()
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
        self._drop_zeros(connection)

    def _drop_zeros(self, connection: Connection) -> None:
        fewer = [
            {"the_entity": key, "the_text": surface}
            for (key, surface), more in self._aliases.items()
            if more < 0
        ]
        if fewer:
            connection.execute(
                delete(alias).where(
                    alias.c.entity_id == bindparam("the_entity"),
                    alias.c.text == bindparam("the_text"),
                    alias.c.mentions <= 0,
                ),
                fewer,
            )
        gone = [
            {"the_entity": key, "the_source": source_id}
            for (key, source_id), (_, articles) in self._sources.items()
            if articles < 0
        ]
        if gone:
            connection.execute(
                delete(entity_source).where(
                    entity_source.c.entity_id == bindparam("the_entity"),
                    entity_source.c.source_id == bindparam("the_source"),
                    entity_source.c.articles <= 0,
                ),
                gone,
            )
