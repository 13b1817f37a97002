"""Whole tables as rows, read one part at a time: memory stays flat however many there are."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Column, func, select

from app.domain.entity import Edge, Node
from app.domain.shown import quote_surfaces
from app.store.analyses.findings import utterance
from app.store.engine.sessions import ReadSession
from app.store.queries.articles import articles_by_id
from app.store.queries.entities import describe
from app.store.queries.entity_scopes import Counted
from app.store.tables import (
    article,
    cluster,
    entity,
    entity_article,
    entity_source,
    mention,
    quote,
    revision,
    source,
)
from app.store.tables.joins import CURRENT_REVISION

type ExportRow = dict[str, Any]

_PART = 500


def article_rows(s: ReadSession) -> Iterator[ExportRow]:
    """All articles with their text; `published_at` is the day alone where no time was given."""
    for ids in _parts(s, article.c.id):
        found = articles_by_id(s, ids)
        rows = s.connection.execute(
            select(article.c.id, revision.c.text)
            .join_from(article, revision, CURRENT_REVISION)
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


def quote_rows(s: ReadSession) -> Iterator[ExportRow]:
    """All quotes with the surfaces they stand for and the entity of their speaker."""
    for ids in _parts(s, quote.c.id):
        rows = s.connection.execute(
            select(quote, revision.c.text, cluster.c.entity_id, source.c.slug)
            .join_from(quote, article, article.c.id == quote.c.article_id)
            .join(
                revision,
                (revision.c.article_id == quote.c.article_id)
                & (revision.c.number == quote.c.revision),
            )
            .outerjoin(source, source.c.id == article.c.source_id)
            .outerjoin(
                mention,
                (mention.c.article_id == quote.c.article_id)
                & (mention.c.start == quote.c.mention_start),
            )
            .outerjoin(cluster, cluster.c.id == mention.c.cluster_id)
            .where(quote.c.id.in_(ids))
            .order_by(quote.c.id)
        )
        for row in rows:
            said = utterance(row)
            content, cue, speaker = quote_surfaces(said, row.text)
            yield {
                "id": row.id,
                "article": row.article_id,
                "revision": row.revision,
                "kind": said.kind,
                **asdict(content),
                "cue": cue and cue.text,
                "speaker": speaker and speaker.text,
                "entity": row.entity_id,
                "source": row.slug,
            }


def nodes(s: ReadSession) -> Iterator[Node]:
    """All entities with mentions, by id."""
    for ids in _parts(s, entity.c.id):
        columns = (entity.c.id, entity.c.name, entity.c.type, entity.c.mentions, entity.c.articles)
        for row in s.connection.execute(
            select(*columns)
            .where(entity.c.id.in_(ids), entity.c.mentions >= 1)
            .order_by(entity.c.id)
        ):
            yield Node(*row)


def edges(s: ReadSession) -> Iterator[Edge]:
    """All pairs of entities that articles name together, by their ids."""
    one, other = entity_article.alias("one"), entity_article.alias("other")
    for ids in _parts(s, entity.c.id):
        together = (
            select(one.c.entity_id, other.c.entity_id, func.count())
            .join_from(
                one,
                other,
                (other.c.article_id == one.c.article_id) & (other.c.entity_id > one.c.entity_id),
            )
            .group_by(one.c.entity_id, other.c.entity_id)
            .order_by(one.c.entity_id, other.c.entity_id)
        )
        for each in ids:
            for row in s.connection.execute(together.where(one.c.entity_id == each)):
                yield Edge(*row)


class ExportTable(NamedTuple):
    """A table that can be written out: its rows by id, as plain values (times are ISO 8601 in
    UTC), and its columns with the type of their values (lists and maps are written as JSON)."""

    rows: Callable[[ReadSession], Iterator[ExportRow]]
    columns: Mapping[str, type]


_WHERE = {"article": int, "revision": int}
_SPAN = {"start": int, "end": int, "text": str}

TABLES: Mapping[str, ExportTable] = MappingProxyType(
    {
        "articles": ExportTable(
            article_rows,
            {
                **{"id": int, "external_id": str, "url": str, "source": str, "title": str},
                **{"subtitle": str, "authors": str, "language": str, "word_count": int},
                **{"state": str, "reason": str, "revision": int, "story": int, "pipeline": str},
                **{"body_start": int, "created_at": str, "published_at": str, "text": str},
            },
        ),
        "mentions": ExportTable(
            mention_rows,
            {"id": int, **_WHERE, **_SPAN, "type": str, "entity": int, "source": str},
        ),
        "entities": ExportTable(
            entity_rows,
            {
                **{"id": int, "name": str, "type": str, "aliases": str, "mentions": int},
                **{"articles": int, "sources": str, "place": str, "knowledge_id": str},
                "merged_into": int,
            },
        ),
        "quotes": ExportTable(
            quote_rows,
            {
                **{"id": int, **_WHERE, "kind": str, **_SPAN, "cue": str, "speaker": str},
                **{"entity": int, "source": str},
            },
        ),
    }
)
