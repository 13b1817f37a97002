"""What a comparison reads: who stands on a side, counts for each article, evidence for a few."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import orjson
from sqlalchemy import Row as Result
from sqlalchemy import Select, String, cast, func, null, select

from app.domain.answer import NEEDS, Section
from app.domain.article import SourceRef
from app.domain.comparison import (
    EntityCounts,
    EntityLabel,
    EntityPlace,
    Findings,
    Spot,
    TermPlace,
)
from app.store.analyses.findings import findings_of
from app.store.analyses.vectors import vectors_of
from app.store.engine import parameters
from app.store.engine.parameters import chunks
from app.store.engine.sessions import ReadSession
from app.store.records import SideArticle
from app.store.tables import (
    analysis,
    article,
    cluster,
    entity,
    entity_article,
    mention,
    revision,
    source,
)
from app.store.tables.joins import CURRENT_ANALYSIS, CURRENT_REVISION

_NO_ENTITIES = EntityCounts((), (), (), ())


class NamedArticle(NamedTuple):
    """An article that was named as a side, with what names the side."""

    article: SideArticle
    source: str | None
    title: str | None


class StoryOutlet(NamedTuple):
    """An outlet in a story, with its articles there and their words."""

    slug: str
    name: str
    articles: int
    words: int


def source_named(s: ReadSession, slug: str) -> SourceRef | None:
    """The outlet with this slug, or None."""
    found = s.connection.execute(select(source.c.slug, source.c.name).where(source.c.slug == slug))
    return next((SourceRef(*row) for row in found), None)


def side_articles(
    s: ReadSession,
    slug: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    story: int | None = None,
) -> list[SideArticle]:
    """The articles of an outlet from `since` and before `until`, in a story where one is named, by
    id; no more than `limit`."""
    query = (
        _sides()
        .join(source, source.c.id == article.c.source_id)
        .where(source.c.slug == slug)
        .order_by(article.c.id)
        .limit(limit)
    )
    if since is not None:
        query = query.where(article.c.published_at >= since)
    if until is not None:
        query = query.where(article.c.published_at < until)
    if story is not None:
        query = query.where(article.c.story_id == story)
    return [_side_article(row) for row in s.connection.execute(query)]


def story_outlets(s: ReadSession, story: int) -> list[StoryOutlet]:
    """The outlets with articles in a story, in no order."""
    query = (
        select(source.c.slug, source.c.name, func.count(), func.sum(article.c.word_count))
        .join_from(article, source, source.c.id == article.c.source_id)
        .where(article.c.story_id == story)
        .group_by(source.c.id, source.c.slug, source.c.name)
    )
    return [StoryOutlet(*row) for row in s.connection.execute(query)]


def named_articles(s: ReadSession, articles: Collection[int]) -> dict[int, NamedArticle]:
    """Those of the articles that there are, by id."""
    query = (
        _sides()
        .add_columns(source.c.name, article.c.title)
        .outerjoin(source, source.c.id == article.c.source_id)
        .where(article.c.id.in_(articles))
    )
    return {
        row.id: NamedArticle(_side_article(row), row.name, row.title)
        for row in s.connection.execute(query)
    }


def findings(
    s: ReadSession,
    articles: Collection[int],
    sections: Collection[Section],
    encoder: str | None = None,
) -> list[Findings]:
    """What each of these analysed articles brings to the sections of a comparison, by id; counts
    alone, and none for a section that is not asked for. Vectors are those of `encoder` (a version)
    that are stored."""
    return [
        each
        for chunk in chunks(sorted(articles))
        for each in _findings(s, chunk, sections, encoder)
    ]


class StoredEvidence:
    """Names and evidence for the items that a comparison shows (an `EvidenceSource`)."""

    def __init__(self, session: ReadSession) -> None:
        self._session = session

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        """The name and type of every entity asked for."""
        columns = entity.c
        return {
            row.id: EntityLabel(row.name, row.type)
            for chunk in chunks(sorted(entities))
            for row in self._session.connection.execute(
                select(columns.id, columns.name, columns.type).where(columns.id.in_(chunk))
            )
        }

    def mentions(
        self, wanted: Collection[EntityPlace], limit: int
    ) -> Mapping[EntityPlace, Sequence[Spot]]:
        """The first `limit` mentions at each place, in the order of the text."""
        spots: defaultdict[EntityPlace, list[Spot]] = defaultdict(list)
        for chunk in chunks(sorted(wanted)):
            # A join with the places: were they in an IN, SQLite would read every mention it has.
            places = parameters.pairs([(place.entity, place.article) for place in chunk])
            rows = self._session.connection.execute(
                select(
                    cluster.c.article_id,
                    cluster.c.revision,
                    cluster.c.entity_id,
                    mention.c.start,
                    mention.c.end,
                    mention.c.text,
                )
                .join_from(
                    places,
                    cluster,
                    (cluster.c.entity_id == places.c.first)
                    & (cluster.c.article_id == places.c.second),
                )
                .join(mention, mention.c.cluster_id == cluster.c.id)
                .order_by(mention.c.start, mention.c.end, mention.c.id)
            )
            for article_id, number, entity_id, start, end, text in rows:
                found = spots[EntityPlace(article_id, number, entity_id)]
                if len(found) < limit:
                    found.append(Spot(article_id, number, start, end, text))
        return spots

    def terms(
        self, wanted: Collection[TermPlace], limit: int
    ) -> Mapping[TermPlace, Sequence[Spot]]:
        """The first `limit` occurrences at each place, in the order of the text."""
        lemmas: defaultdict[int, set[str]] = defaultdict(set)
        for place in wanted:
            lemmas[place.article].add(place.lemma)
        spots: dict[TermPlace, list[Spot]] = {}
        for chunk in chunks(sorted(lemmas)):
            rows = self._session.connection.execute(
                select(
                    analysis.c.article_id, analysis.c.revision, analysis.c.spans, revision.c.text
                )
                .join_from(article, analysis, CURRENT_ANALYSIS)
                .join(revision, CURRENT_REVISION)
                .where(article.c.id.in_(chunk))
            )
            for article_id, number, spans, text in rows:
                for lemma in lemmas[article_id]:
                    spots[TermPlace(article_id, number, lemma)] = [
                        Spot(article_id, number, start, end, text[start:end])
                        for start, end in spans[lemma][:limit]
                    ]
        return spots

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        """The text of every article asked for: its current revision's."""
        return {
            row.id: row.text
            for chunk in chunks(sorted(articles))
            for row in self._session.connection.execute(
                select(article.c.id, revision.c.text)
                .join_from(article, revision, CURRENT_REVISION)
                .where(article.c.id.in_(chunk))
            )
        }


def _sides() -> Select[tuple[int, str, str | None]]:
    return select(article.c.id, article.c.state, article.c.reason).select_from(article)


def _side_article(row: Result[tuple[int, str, str | None]]) -> SideArticle:
    # A text that no pipeline could read is ready too, and its reason says so.
    return SideArticle(row.id, row.state, row.state == "ready" and row.reason is None, row.reason)


def _findings(
    s: ReadSession, articles: Sequence[int], sections: Collection[Section], encoder: str | None
) -> Iterator[Findings]:
    needs = frozenset[str]().union(*(NEEDS[section] for section in sections))
    entities = _entities(s, articles) if "entities" in needs else {}
    owners = _owners(s, articles) if "owners" in needs else {}
    vectors = vectors_of(s, articles, encoder) if encoder and "vectors" in needs else {}
    found = findings_of(s, articles, needs)
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
        yield Findings(
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
