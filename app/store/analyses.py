"""What an analysis found, put in place of what stood there before, with every count."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from app.domain.annotation import Annotation, Mention, Term, Tokens
from app.domain.names import name_key, name_skeleton
from app.store.corrections import corrections_in_force
from app.store.counts import Tally
from app.store.dialect import upsert
from app.store.findings import FoundIn, store_findings
from app.store.imports import finish_imports
from app.store.records import ResolvedAnalysis, ResolvedCluster
from app.store.replay import replay_articles
from app.store.sessions import ReadSession, WriteSession
from app.store.tables import (
    analysis,
    article,
    cluster,
    entity,
    entity_article,
    mention,
    revision,
)


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
    for result, owned in zip(kept, owners, strict=True):
        _store_clusters(s, result, owned, current[result.article], tally)
    tally.apply(s.connection)
    replay_articles(s, corrections_in_force(s), [result.article for result in kept])
    _store_found(s, kept)
    finish_imports(s)
    return tuple(result.article for result in kept)


def stored_annotation(s: ReadSession, article_id: int, number: int) -> Annotation | None:
    """What the model said last of one revision; None where there was no model, or no analysis."""
    found = s.connection.execute(
        select(analysis.c.annotation)
        .where(analysis.c.article_id == article_id, analysis.c.revision == number)
        .order_by(analysis.c.created_at.desc())
        .limit(1)
    ).scalar()
    if found is None:
        return None
    columns = found["tokens"]
    return Annotation(
        model=found["model"],
        language=found["language"],
        tokens=Tokens(**{name: tuple(values) for name, values in columns.items()}),
        sentences=tuple((start, end) for start, end in found["sentences"]),
        mentions=tuple(Mention(**each) for each in found["mentions"]),
        values=tuple(Mention(**each) for each in found["values"]),
    )


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
        .join_from(
            article,
            revision,
            (revision.c.article_id == article.c.id) & (revision.c.number == article.c.revision),
        )
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
    ids: dict[object, int] = {}
    if made:
        found = s.connection.execute(
            insert(entity).returning(entity.c.id, sort_by_parameter_order=True),
            list(made.values()),
        ).scalars()
        ids = dict(zip(made, found, strict=True))
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
    result: ResolvedAnalysis,
    owners: Sequence[int],
    place: _Article,
    tally: Tally,
) -> None:
    rows = []
    sums: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for each, owner in zip(result.clusters, owners, strict=True):
        mentions = each.cluster.mentions
        headline = sum(1 for found in mentions if found.start < place.body_start)
        leading = sum(1 for found in mentions if place.lead_start <= found.start < place.lead_end)
        rows.append(
            {
                "article_id": result.article,
                "revision": result.revision,
                "entity_id": owner,
                "mentions": len(mentions),
                "headline": headline,
                "lead": leading,
                "first_start": min((found.start for found in mentions), default=0),
                "type": each.cluster.type,
                "name": each.cluster.name,
                "knowledge_id": each.cluster.knowledge_id,
                "known_by": list(each.keys),
                "reasons": [asdict(reason) for reason in each.cluster.reasons + each.reasons],
            }
        )
        sums[owner].update({"mentions": len(mentions), "headline": headline, "lead": leading})
        for found in mentions:
            tally.surface(owner, found.text, 1)
        for key in set(each.keys):
            tally.key(owner, key, 1)
    ids: Sequence[int] = ()
    if rows:
        ids = (
            s.connection.execute(
                insert(cluster).returning(cluster.c.id, sort_by_parameter_order=True), rows
            )
            .scalars()
            .all()
        )
    owned = [
        (found, cluster_id)
        for each, cluster_id in zip(result.clusters, ids, strict=True)
        for found in each.cluster.mentions
    ]
    unowned = [(found, None) for found in result.analysis.unresolved]
    _store_mentions(s, result, [*owned, *unowned])
    for owner, counts in sums.items():
        tally.article(owner, place.source_id, place.published_at, counts["mentions"])
    if sums:
        s.connection.execute(
            insert(entity_article),
            [
                {
                    "entity_id": owner,
                    "article_id": result.article,
                    "mentions": counts["mentions"],
                    "headline": counts["headline"],
                    "lead": counts["lead"],
                    "source_id": place.source_id,
                    "published_at": place.published_at,
                    "published_day": place.published_day,
                }
                for owner, counts in sorted(sums.items())
            ],
        )


def _store_mentions(
    s: WriteSession, result: ResolvedAnalysis, found: list[tuple[Mention, int | None]]
) -> None:
    if found:
        s.connection.execute(
            insert(mention),
            [
                {
                    "article_id": result.article,
                    "revision": result.revision,
                    "cluster_id": cluster_id,
                    "start": each.start,
                    "end": each.end,
                    "type": each.type,
                    "text": each.text,
                }
                for each, cluster_id in sorted(found, key=lambda pair: (pair[0].start, pair[0].end))
            ],
        )


def _store_found(s: WriteSession, results: Sequence[ResolvedAnalysis]) -> None:
    now = datetime.now(UTC)
    upsert(
        s.connection,
        analysis,
        [
            {
                "article_id": result.article,
                "revision": result.revision,
                "pipeline": result.analysis.pipeline,
                "created_at": now,
                "language": result.analysis.language,
                "terms": {lemma: len(spans) for lemma, spans in terms.items()},
                "spans": terms,
                "annotation": result.analysis.annotation,
            }
            for result in results
            for terms in (_places(result.analysis.terms),)
        ],
        replace=("created_at", "language", "terms", "spans", "annotation"),
    )
    store_findings(
        s,
        [
            FoundIn(
                result.article,
                result.revision,
                result.analysis.pipeline,
                result.analysis.findings,
            )
            for result in results
        ],
    )
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


def _places(terms: Iterable[Term]) -> dict[str, list[tuple[int, int]]]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for term in terms:
        places[term.lemma].extend(term.spans)
    return {lemma: sorted(spans) for lemma, spans in places.items()}
