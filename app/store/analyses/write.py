"""What an analysis found, put in place of what stood there before, with every count."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from app.domain.annotation import Mention
from app.domain.names import name_key, name_skeleton
from app.store.analyses.findings import FoundIn, store_findings
from app.store.analyses.model_output import keep_annotations_once
from app.store.analyses.packed_analysis import packed
from app.store.articles.imports import finish_imports
from app.store.corrections.log import corrections_in_force
from app.store.corrections.replay import replay_articles
from app.store.engine.bulk_writes import insert_rows, reserve_ids, upsert
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.records import ResolvedAnalysis, ResolvedCluster
from app.store.tables import (
    analysis,
    article,
    cluster,
    entity,
    entity_article,
    mention,
    revision,
)
from app.store.tables.joins import CURRENT_REVISION


class _Article(NamedTuple):
    revision: int
    source_id: int | None
    published_at: datetime | None
    published_day: date | None
    body_start: int
    lead_start: int
    lead_end: int


def store_analysis(s: WriteSession, results: Sequence[ResolvedAnalysis]) -> tuple[int, ...]:
    """The ids of the articles that are ready now.

    A result whose article is gone, has a newer revision or is no longer pending is dropped: each
    revision is analysed once for each pipeline version. What stood there before is replaced.
    Entities that do not exist yet are made, one for each `group` of the whole call. The corrections
    in force are applied to what is stored.
    """
    current = _pending(s, [result.article for result in results])
    kept = [
        result
        for result in {result.article: result for result in results}.values()
        if result.article in current and current[result.article].revision == result.revision
    ]
    if not kept:
        return ()
    tally = Tally()
    tally.take_out(s.connection, [result.article for result in kept])
    entities = _entities(s, [each for result in kept for each in result.clusters])
    position = iter(entities)
    owners = [[next(position) for _ in result.clusters] for result in kept]
    _store_clusters(s, kept, owners, current, tally)
    tally.apply(s.connection)
    replay_articles(s, corrections_in_force(s), [result.article for result in kept])
    _store_found(s, kept)
    finish_imports(s)
    return tuple(result.article for result in kept)


def _pending(s: WriteSession, article_ids: Collection[int]) -> dict[int, _Article]:
    rows = s.connection.execute(
        select(
            article.c.id,
            article.c.revision,
            article.c.source_id,
            article.c.published_at,
            article.c.published_day,
            revision.c.body_start,
            revision.c.lead_start,
            revision.c.lead_end,
        )
        .join_from(article, revision, CURRENT_REVISION)
        .where(article.c.id.in_(article_ids), article.c.state == "pending")
    )
    return {row.id: _Article(*row[1:]) for row in rows}


def _entities(s: WriteSession, clusters: Sequence[ResolvedCluster]) -> list[int]:
    """The entity of each cluster, made where it does not exist yet. Those that exist learn what
    only this cluster knows of them: the knowledge entry and the place."""
    made: dict[object, dict[str, Any]] = {}
    slots: list[object] = []
    for index, each in enumerate(clusters):
        if each.entity is not None:
            slots.append(each.entity)
            continue
        slot = ("alone", index) if each.group is None else ("group", each.group)
        slots.append(slot)
        new = made.setdefault(
            slot,
            {
                "type": each.cluster.type,
                "name": each.cluster.name,
                "key": name_key(each.cluster.name),
                "skeleton": name_skeleton(each.cluster.name),
                "mentions": 0,
                "articles": 0,
                **_known(each),
            },
        )
        new |= {name: value for name, value in _known(each).items() if new[name] is None}
    ids = dict(zip(made, reserve_ids(s.connection, entity, len(made)), strict=True))
    insert_rows(
        s.connection,
        entity,
        ("id", *_ENTITY),
        [(ids[slot], *map(new.__getitem__, _ENTITY)) for slot, new in made.items()],
    )
    _teach(s, [each for each in clusters if each.entity is not None])
    return [ids[slot] if slot in ids else int(str(slot)) for slot in slots]


def _known(each: ResolvedCluster) -> dict[str, Any]:
    place = each.cluster.place
    return {
        "knowledge_id": each.cluster.knowledge_id,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "country": place and place.country,
    }


def _teach(s: WriteSession, clusters: Sequence[ResolvedCluster]) -> None:
    for column in ("knowledge_id", "latitude"):
        names = (
            ("knowledge_id",) if column == "knowledge_id" else ("latitude", "longitude", "country")
        )
        known = {
            each.entity: {f"new_{name}": _known(each)[name] for name in names}
            for each in clusters
            if _known(each)[column] is not None
        }
        if known:
            s.connection.execute(
                update(entity)
                .where(entity.c.id == bindparam("the_id"), entity.c[column].is_(None))
                .values({name: bindparam(f"new_{name}") for name in names}),
                [{"the_id": key, **values} for key, values in known.items()],
            )


def _store_clusters(
    s: WriteSession,
    results: Sequence[ResolvedAnalysis],
    owners: Sequence[Sequence[int]],
    places: Mapping[int, _Article],
    tally: Tally,
) -> None:
    rows = _Rows()
    ids = iter(reserve_ids(s.connection, cluster, sum(len(each.clusters) for each in results)))
    for result, owned in zip(results, owners, strict=True):
        rows.add(result, owned, ids, places[result.article], tally)
    insert_rows(s.connection, cluster, _CLUSTER, rows.clusters)
    insert_rows(s.connection, mention, _MENTION, rows.mentions)
    insert_rows(s.connection, entity_article, _ENTITY_ARTICLE, rows.entities)


_ENTITY = (
    "type",
    "name",
    "key",
    "skeleton",
    "mentions",
    "articles",
    "knowledge_id",
    "latitude",
    "longitude",
    "country",
)
_CLUSTER = (
    "id",
    "article_id",
    "revision",
    "entity_id",
    "mentions",
    "headline",
    "lead",
    "first_start",
    "type",
    "name",
    "knowledge_id",
    "known_by",
    "reasons",
)
_MENTION = ("article_id", "revision", "cluster_id", "start", "end", "type", "text")
_ENTITY_ARTICLE = (
    "entity_id",
    "article_id",
    "mentions",
    "headline",
    "lead",
    "source_id",
    "published_at",
    "published_day",
)


class _Rows:
    """What is found in articles, as rows of their tables."""

    def __init__(self) -> None:
        self.clusters: list[tuple[object, ...]] = []
        self.mentions: list[tuple[object, ...]] = []
        self.entities: list[tuple[object, ...]] = []

    def add(
        self,
        result: ResolvedAnalysis,
        owners: Sequence[int],
        ids: Iterator[int],
        place: _Article,
        tally: Tally,
    ) -> None:
        """The rows of one article: its clusters get the next of `ids`."""
        sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        found: list[tuple[Mention, int | None]] = []
        found += [(each, None) for each in result.analysis.unresolved]
        for each, owner in zip(result.clusters, owners, strict=True):
            named = each.cluster.mentions
            starts = [name.start for name in named]
            counts = (
                len(starts),
                sum(start < place.body_start for start in starts),
                sum(place.lead_start <= start < place.lead_end for start in starts),
            )
            number = next(ids)
            self.clusters.append(
                (
                    number,
                    result.article,
                    result.revision,
                    owner,
                    *counts,
                    min(starts, default=0),
                    each.cluster.type,
                    each.cluster.name,
                    each.cluster.knowledge_id,
                    each.keys,
                    each.cluster.reasons + each.reasons,
                )
            )
            sums[owner] = [have + more for have, more in zip(sums[owner], counts, strict=True)]
            found += [(name, number) for name in named]
            for name in named:
                tally.surface(owner, name.text, 1)
            for key in set(each.keys):
                tally.key(owner, key, 1)
        found.sort(key=lambda pair: (pair[0].start, pair[0].end))
        self.mentions += [
            (result.article, result.revision, within, name.start, name.end, name.type, name.text)
            for name, within in found
        ]
        for owner, counted in sorted(sums.items()):
            tally.article(owner, place.source_id, place.published_at, counted[0])
            self.entities.append(
                (
                    owner,
                    result.article,
                    *counted,
                    place.source_id,
                    place.published_at,
                    place.published_day,
                )
            )


def _store_found(s: WriteSession, results: Sequence[ResolvedAnalysis]) -> None:
    found = [(result, packed(result.analysis)) for result in results]
    now = datetime.now(UTC)
    replaced = ("created_at", "language", "terms", "spans", "annotation")
    upsert(
        s.connection,
        analysis,
        ("article_id", "revision", "pipeline", *replaced),
        [
            (
                result.article,
                result.revision,
                each.pipeline,
                now,
                each.language,
                each.terms,
                each.spans,
                each.annotation,
            )
            for result, each in found
        ],
        replace=replaced,
    )
    keep_annotations_once(
        s,
        [
            (result.article, result.revision, each.pipeline, each.annotation)
            for result, each in found
            if each.annotation is not None
        ],
    )
    store_findings(s, [FoundIn(result.article, result.revision, each) for result, each in found])
    s.connection.execute(
        update(article)
        .where(article.c.id == bindparam("the_id"))
        .values(
            state="ready",
            pipeline=bindparam("the_pipeline"),
            reason=bindparam("the_reason"),
        ),
        [
            {
                "the_id": result.article,
                "the_pipeline": result.analysis.pipeline,
                "the_reason": result.analysis.reason,
            }
            for result in results
        ],
    )
    languages = [
        {"the_id": result.article, "the_language": result.analysis.language}
        for result in results
        if result.analysis.language is not None
    ]
    if languages:
        s.connection.execute(
            update(article)
            .where(article.c.id == bindparam("the_id"), article.c.language.is_(None))
            .values(language=bindparam("the_language")),
            languages,
        )
