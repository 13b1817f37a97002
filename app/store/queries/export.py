"""Rows of whole tables, one part at a time by id: memory stays flat however many there are, and no
snapshot of the database is held while somebody reads.

The columns of each table are `app.domain.export.COLUMNS`; values are plain (times in UTC, a day of
publication as `Published`), lists and maps stay what they are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select

from app.domain.correction import Correction
from app.domain.page import (
    ArticleFilter,
    CorrectionFilter,
    EntityFilter,
    SourceFilter,
    StoryFilter,
)
from app.domain.shown import DATE, FIGURE, quote_surfaces, shown
from app.domain.source_correction import SourceCorrection
from app.domain.timex import resolve
from app.store.analyses.findings import stored_findings, utterance
from app.store.engine.sessions import ReadSession
from app.store.queries.articles import articles_by_id, matching_articles
from app.store.queries.corrections import corrections_by_id, matching_corrections
from app.store.queries.entities import describe
from app.store.queries.entity_outlets import outlets_among
from app.store.queries.entity_scopes import Counted
from app.store.queries.sources import matching_sources, sources_by_id
from app.store.queries.stories import matching_stories, stories_by_id
from app.store.tables import (
    article,
    cluster,
    entity,
    entity_source,
    mention,
    quote,
    revision,
    source,
)
from app.store.tables.joins import CURRENT_REVISION

type ExportRow = dict[str, Any]
type Filter = ArticleFilter | EntityFilter | StoryFilter | CorrectionFilter | SourceFilter

_PART = 200


class ExportTable(NamedTuple):
    """A table that can be written out: which filter it takes, the statement of the ids that match
    with their column, and the rows of some of them."""

    filter: type[ArticleFilter | EntityFilter | StoryFilter | CorrectionFilter | SourceFilter]
    matching: Callable[[ReadSession, Any], tuple[Select[Any], ColumnElement[int]]]
    rows: Callable[[ReadSession, Sequence[int]], Iterable[ExportRow]]


def part(
    s: ReadSession, table: str, where: Filter, after: int
) -> tuple[list[ExportRow], int | None]:
    """The rows of the next ids after `after` that match (0: from the beginning), and the id to go
    on after; None where there are no more.

    Raises InvalidInput at the parameter of a filter that names nothing.
    """
    of = TABLES[table]
    statement, key = of.matching(s, where)
    found = statement.where(key > after).order_by(key).limit(_PART)
    ids = [row[0] for row in s.connection.execute(found)]
    return list(of.rows(s, ids)), ids[-1] if ids else None


def _articles(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    found = articles_by_id(s, list(ids))
    texts = dict(
        s.connection.execute(
            select(article.c.id, revision.c.text)
            .join_from(article, revision, CURRENT_REVISION)
            .where(article.c.id.in_(ids))
        ).all()
    )
    for article_id in ids:
        each = found[article_id]
        row = asdict(each)
        del row["published"]
        yield row | {
            "source": each.source and each.source.slug,
            "authors": list(each.authors),
            "published_at": each.published,
            "published_precision": each.published and each.published.precision,
            "text": texts[article_id],
        }


def _mentions(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    rows = s.connection.execute(
        select(
            mention.c.id,
            mention.c.article_id.label("article"),
            *(mention.c[name] for name in ("revision", "start", "end", "text", "type")),
            cluster.c.entity_id.label("entity"),
            entity.c.name.label("entity_name"),
            source.c.slug.label("source"),
        )
        .join_from(mention, article, article.c.id == mention.c.article_id)
        .outerjoin(source, source.c.id == article.c.source_id)
        .outerjoin(cluster, cluster.c.id == mention.c.cluster_id)
        .outerjoin(entity, entity.c.id == cluster.c.entity_id)
        .where(mention.c.article_id.in_(ids))
        .order_by(mention.c.article_id, mention.c.start, mention.c.id)
    )
    return (dict(row) for row in rows.mappings())


def _quotes(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    rows = s.connection.execute(
        select(quote, revision.c.text, cluster.c.entity_id, entity.c.name, source.c.slug)
        .join_from(quote, article, article.c.id == quote.c.article_id)
        .join(
            revision,
            (revision.c.article_id == quote.c.article_id) & (revision.c.number == quote.c.revision),
        )
        .outerjoin(source, source.c.id == article.c.source_id)
        .outerjoin(
            mention,
            (mention.c.article_id == quote.c.article_id)
            & (mention.c.start == quote.c.mention_start),
        )
        .outerjoin(cluster, cluster.c.id == mention.c.cluster_id)
        .outerjoin(entity, entity.c.id == cluster.c.entity_id)
        .where(quote.c.article_id.in_(ids))
        .order_by(quote.c.article_id, quote.c.start, quote.c.id)
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
            "entity_name": row.name,
            "source": row.slug,
        }


def _figures(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    found = stored_findings(s, ids, ["figures"])
    for row in _outlets(s, ids):
        for each in found.get(row.id, {}).get("figures", ()):
            yield shown(each, FIGURE, article=row.id, revision=row.revision, source=row.slug)


def _dates(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    found = stored_findings(s, ids, ["dates"])
    for row in _outlets(s, ids):
        for each in found.get(row.id, {}).get("dates", ()):
            yield shown(
                resolve(each, row.published_day),
                DATE,
                article=row.id,
                revision=row.revision,
                source=row.slug,
            )


def _outlets(s: ReadSession, ids: Sequence[int]) -> Iterable[Any]:
    return s.connection.execute(
        select(article.c.id, article.c.revision, article.c.published_day, source.c.slug)
        .outerjoin_from(article, source, source.c.id == article.c.source_id)
        .where(article.c.id.in_(ids))
        .order_by(article.c.id)
    ).all()


def _matching_entities(
    _: ReadSession, where: EntityFilter
) -> tuple[Select[Any], ColumnElement[int]]:
    found = select(entity.c.id).where(entity.c.mentions >= max(1, where.min_mentions or 1))
    if where.types:
        found = found.where(entity.c.type.in_(where.types))
    return found, entity.c.id


def _entities(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    counted = s.connection.execute(
        select(entity.c.id, entity.c.mentions, entity.c.articles)
        .where(entity.c.id.in_(ids))
        .order_by(entity.c.id)
    )
    kept = entity_source.c
    sources = s.connection.execute(
        select(kept.entity_id, kept.source_id, kept.mentions, kept.articles).where(
            kept.entity_id.in_(ids)
        )
    ).all()
    for found in describe(s, [Counted(*row) for row in counted], outlets_among(s, sources)):
        row = asdict(found)
        row["aliases"] = list(row["aliases"])
        row["sources"] = [each | {"source": each["source"]["slug"]} for each in row["sources"]]
        yield row


def _stories(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    for found in stories_by_id(s, ids):
        yield asdict(found) | {
            "sources": [
                {"source": each.source and each.source.slug, "articles": each.articles}
                for each in found.sources
            ],
            "entities": [asdict(each) for each in found.entities],
        }


def _sources(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    for each in sources_by_id(s, ids):
        yield asdict(each) | {"domains": list(each.domains), "tags": list(each.tags)}


def _corrections(s: ReadSession, ids: Sequence[int]) -> Iterable[ExportRow]:
    for each in corrections_by_id(s, ids):
        row: ExportRow = dict.fromkeys(("entity", "story", "source", "to_source", "name", "type"))
        row |= {name: [] for name in ("aliases", "mentions", "articles", "values")}
        names = ("id", "kind", "other", "author", "reason", "created_at")
        row |= {name: getattr(each, name) for name in names}
        row |= {name: getattr(each, name) for name in ("undone_at", "undone_by", "undone_reason")}
        if isinstance(each, Correction):
            row |= {name: getattr(each, name) for name in ("entity", "name", "type")}
            row["aliases"] = list(each.aliases)
            row["mentions"] = [asdict(one) for one in each.mentions]
        elif isinstance(each, SourceCorrection):
            row |= {"source": each.slug, "to_source": each.to, "other": None}
            row["values"] = list(each.values)
        else:
            row["story"] = each.story
            row["articles"] = sorted(one for place in each.placed for one in place.articles)
        yield row


_OF_ARTICLES = {
    "articles": _articles,
    "mentions": _mentions,
    "quotes": _quotes,
    "figures": _figures,
    "dates": _dates,
}
TABLES: Mapping[str, ExportTable] = MappingProxyType(
    {
        name: ExportTable(ArticleFilter, matching_articles, rows)
        for name, rows in _OF_ARTICLES.items()
    }
    | {
        "entities": ExportTable(EntityFilter, _matching_entities, _entities),
        "stories": ExportTable(StoryFilter, matching_stories, _stories),
        "sources": ExportTable(SourceFilter, matching_sources, _sources),
        "corrections": ExportTable(CorrectionFilter, matching_corrections, _corrections),
    }
)
