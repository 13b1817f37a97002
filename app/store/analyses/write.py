"""Writing what analyses found, with every count that it changes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import insert, select

from app.store.analyses.clusters import AnalysedArticle, store_clusters
from app.store.analyses.findings import RevisionQuotes, store_quotes
from app.store.analyses.model_output import drop_repeated_annotations
from app.store.analyses.packed_analysis import as_packed
from app.store.articles.imports import finish_imports
from app.store.articles.searchable import change_language
from app.store.changes import date_of, note
from app.store.corrections.log import corrections_in_force
from app.store.corrections.replay import replay_articles
from app.store.engine.bulk_writes import update_rows, upsert
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.records import ResolvedAnalysis
from app.store.tables import analysis, article, pipeline, revision
from app.store.tables.joins import CURRENT_REVISION


def store_analysis(s: WriteSession, results: Sequence[ResolvedAnalysis]) -> tuple[int, ...]:
    """Stores what analyses found in articles, in place of what stood there before, and marks the
    articles as ready.

    A result whose article is gone, has a newer revision or is no longer pending is dropped: each
    revision is analysed once for each pipeline version. Entities that do not exist yet are made,
    one for each `group` of the whole call. The corrections in force are applied to what is stored.
    Returns the ids of the articles that are ready now.
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
    store_clusters(s, kept, current, tally)
    tally.apply(s)
    replay_articles(s, corrections_in_force(s), [result.article for result in kept])
    _store_found(s, kept, current)
    _mark_ready(s, kept)
    note(s, "article", "analysed", [result.article for result in kept])
    finish_imports(s)
    return tuple(result.article for result in kept)


def _pending(s: WriteSession, article_ids: Collection[int]) -> dict[int, AnalysedArticle]:
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
            revision.c.text,
        )
        .join_from(article, revision, CURRENT_REVISION)
        .where(article.c.id.in_(article_ids), article.c.state == "pending")
    )
    return {row.id: AnalysedArticle(*row[1:]) for row in rows}


def _store_found(
    s: WriteSession, results: Sequence[ResolvedAnalysis], articles: Mapping[int, AnalysedArticle]
) -> None:
    found = [
        (result, as_packed(result.analysis, articles[result.article].text)) for result in results
    ]
    pipelines = _pipelines(s, {each.pipeline for _, each in found})
    now = datetime.now(UTC)
    replaced = (
        *("created_at", "language", "terms", "spans"),
        *("findings", "fingerprints", "annotation"),
    )
    upsert(
        s.connection,
        analysis,
        ("article_id", "revision", "pipeline_id", *replaced),
        [
            (
                result.article,
                result.revision,
                pipelines[each.pipeline],
                now,
                each.language,
                each.terms,
                each.spans,
                each.findings,
                each.fingerprints,
                each.annotation,
            )
            for result, each in found
        ],
        replace=replaced,
    )
    drop_repeated_annotations(
        s,
        [
            (result.article, result.revision, pipelines[each.pipeline])
            for result, each in found
            if each.annotation is not None
        ],
    )
    store_quotes(
        s, [RevisionQuotes(result.article, result.revision, each.quotes) for result, each in found]
    )


def _pipelines(s: WriteSession, versions: set[str]) -> dict[str, int]:
    """The ids of pipeline versions, which are made known where they are not."""
    known = select(pipeline.c.version, pipeline.c.id).where(pipeline.c.version.in_(versions))
    ids = {row.version: row.id for row in s.connection.execute(known)}
    for version in sorted(versions - ids.keys()):
        made = insert(pipeline).values(version=version).returning(pipeline.c.id)
        ids[version] = s.connection.execute(made).scalar_one()
    return ids


def _mark_ready(s: WriteSession, results: Sequence[ResolvedAnalysis]) -> None:
    """Marks the articles as ready; one that came without a language has the one that was found."""
    at = date_of(s, "article", [result.article for result in results])
    update_rows(
        s.connection,
        article,
        ("state", "pipeline", "reason", "updated_at"),
        [
            (result.article, "ready", result.analysis.pipeline, result.analysis.reason, at)
            for result in results
        ],
    )
    found = {each.article: each.analysis.language for each in results if each.analysis.language}
    without = select(article.c.id).where(article.c.id.in_(found), article.c.language.is_(None))
    languages = {each: found[each] for each in s.connection.execute(without).scalars()}
    if languages:
        change_language(s, languages)
        update_rows(s.connection, article, ("language",), list(languages.items()))
