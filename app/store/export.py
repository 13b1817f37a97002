"""Whole tables as rows, read one part at a time: memory stays flat however many there are."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, select

from app.store.entities import describe
from app.store.entity_scopes import Counted
from app.store.lists import articles_by_id
from app.store.sessions import ReadSession
from app.store.tables import article, cluster, entity, entity_source, mention, revision, source

type ExportRow = dict[str, Any]

_PART = 500


def rows_of(s: ReadSession, table: str) -> Iterator[ExportRow]:
    """The rows of one of `TABLES` by id, as plain values; times are ISO 8601 in UTC."""
    return TABLES[table](s)


def article_rows(s: ReadSession) -> Iterator[ExportRow]:
    """All articles with their text; `published_at` is the day alone where no time was given."""
    for ids in _parts(s, article.c.id):
        found = articles_by_id(s, ids)
        rows = s.connection.execute(
            select(article.c.id, revision.c.text)
            .join_from(
                article,
                revision,
                (revision.c.article_id == article.c.id) & (revision.c.number == article.c.revision),
            )
            .where(article.c.id.in_(ids))
        )
        texts = {row.id: row.text for row in rows}
        for article_id in ids:
            row = asdict(found[article_id])
            when = found[article_id].published
            day = when is not None and when.precision == "day"
            del row["published"]
            row["source"] = row["source"] and row["source"]["slug"]
            row["authors"] = list(row["authors"])
            row["published_at"] = when and (when.day if day else when.instant).isoformat()
            row["created_at"] = row["created_at"].isoformat()
            yield row | {"text": texts[article_id]}


def mention_rows(s: ReadSession) -> Iterator[ExportRow]:
    """All mentions with their entity and the slug of their outlet."""
    columns = (
        mention.c.id,
        mention.c.article_id.label("article"),
        mention.c.revision,
        mention.c.start,
        mention.c.end,
        mention.c.text,
        mention.c.type,
        cluster.c.entity_id.label("entity"),
        source.c.slug.label("source"),
    )
    for ids in _parts(s, mention.c.id):
        rows = s.connection.execute(
            select(*columns)
            .join_from(mention, article, article.c.id == mention.c.article_id)
            .outerjoin(source, source.c.id == article.c.source_id)
            .outerjoin(cluster, cluster.c.id == mention.c.cluster_id)
            .where(mention.c.id.in_(ids))
            .order_by(mention.c.id)
        )
        yield from (dict(row) for row in rows.mappings())


def entity_rows(s: ReadSession) -> Iterator[ExportRow]:
    """All entities with mentions, their names and counts for each outlet."""
    kept = entity_source.c
    for ids in _parts(s, entity.c.id):
        counted = [
            Counted(*row)
            for row in s.connection.execute(
                select(entity.c.id, entity.c.mentions, entity.c.articles)
                .where(entity.c.id.in_(ids), entity.c.mentions >= 1)
                .order_by(entity.c.id)
            )
        ]
        sources = s.connection.execute(
            select(kept.entity_id, kept.source_id, kept.mentions, kept.articles).where(
                kept.entity_id.in_(ids)
            )
        ).all()
        for found in describe(s, counted, sources):
            row = asdict(found)
            row["aliases"] = list(row["aliases"])
            row["sources"] = [each | {"source": each["source"]["slug"]} for each in row["sources"]]
            yield row


def _parts(s: ReadSession, key: Column[int]) -> Iterator[list[int]]:
    last = 0
    while ids := list(
        s.connection.execute(select(key).where(key > last).order_by(key).limit(_PART)).scalars()
    ):
        yield ids
        last = ids[-1]


TABLES: Mapping[str, Callable[[ReadSession], Iterator[ExportRow]]] = MappingProxyType(
    {"articles": article_rows, "mentions": mention_rows, "entities": entity_rows}
)
