"""What each article brings to a comparison: its counts and findings."""

from collections.abc import Collection, Iterator, Sequence

import orjson
from sqlalchemy import String, cast, func, null, select

from app.domain import deadline
from app.domain.comparison import ArticleFindings, EntityCounts
from app.store.analyses.findings import stored_findings
from app.store.analyses.vectors import stored_vectors
from app.store.engine.parameters import chunks
from app.store.engine.sessions import ReadSession
from app.store.tables import analysis, article, cluster, entity_article, mention
from app.store.tables.joins import CURRENT_ANALYSIS

_NO_ENTITIES = EntityCounts((), (), (), ())


def comparison_findings(
    s: ReadSession,
    articles: Collection[int],
    needs: Collection[str],
    encoder: str | None = None,
) -> list[ArticleFindings]:
    """What each of these analysed articles brings to a comparison, by id: those fields of
    `ArticleFindings` that are among `needs`, and those that every article brings. Vectors are those
    of `encoder` (a version) that are stored."""
    return [
        each for chunk in chunks(sorted(articles)) for each in _findings(s, chunk, needs, encoder)
    ]


def _findings(
    s: ReadSession, articles: Sequence[int], needs: Collection[str], encoder: str | None
) -> Iterator[ArticleFindings]:
    entities = _entities(s, articles) if "entities" in needs else {}
    owners = _owners(s, articles) if "owners" in needs else {}
    vectors = stored_vectors(s, articles, encoder) if encoder and "vectors" in needs else {}
    found = stored_findings(s, articles, needs)
    rows = s.connection.execute(
        select(
            article.c.id,
            article.c.revision,
            article.c.word_count,
            article.c.pipeline,
            article.c.body_start,
            article.c.published_day,
            analysis.c.language,
            analysis.c.terms if "terms" in needs else null(),
        )
        .join_from(article, analysis, CURRENT_ANALYSIS)
        .where(article.c.id.in_(articles))
        .order_by(article.c.id)
    )
    for article_id, number, words, pipeline, body_start, day, language, terms in rows:
        deadline.check()
        yield ArticleFindings(
            article=article_id,
            revision=number,
            words=words,
            pipeline=pipeline,
            titled=body_start > 0,
            entities=entities.get(article_id, _NO_ENTITIES),
            terms=terms or {},
            language=language,
            published=day,
            body_start=body_start,
            owners=owners.get(article_id, {}),
            vectors=vectors.get(article_id, b""),
            **found.get(article_id, {}),
        )


def _entities(s: ReadSession, articles: Sequence[int]) -> dict[int, EntityCounts]:
    counts = entity_article.c
    columns = [
        # One row an article: a row for each of its entities takes the driver three times as long.
        func.aggregate_strings(cast(each, String), ",")
        for each in (counts.entity_id, counts.mentions, counts.headline, counts.lead)
    ]
    rows = s.connection.execute(
        select(counts.article_id, *columns)
        .where(counts.article_id.in_(articles))
        .group_by(counts.article_id)
    )
    return {
        article_id: EntityCounts(*(orjson.loads(f"[{each}]") for each in found))
        for article_id, *found in rows
    }


def _owners(s: ReadSession, articles: Sequence[int]) -> dict[int, dict[int, int]]:
    """By article the entity of each mention, by where it starts."""
    columns = [
        # One row an article, as above.
        func.aggregate_strings(cast(each, String), ",")
        for each in (mention.c.start, cluster.c.entity_id)
    ]
    rows = s.connection.execute(
        select(cluster.c.article_id, *columns)
        .join_from(cluster, mention, mention.c.cluster_id == cluster.c.id)
        .where(cluster.c.article_id.in_(articles))
        .group_by(cluster.c.article_id)
    )
    return {
        article_id: dict(zip(orjson.loads(f"[{starts}]"), orjson.loads(f"[{owners}]"), strict=True))
        for article_id, starts, owners in rows
    }
