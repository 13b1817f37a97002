"""Analyses into the store, their clusters resolved to the entities of all articles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.annotation import Analysis
from app.resolve.across import ArticleNames, Assignment, assign
from app.resolve.context import SEEN, Context
from app.resolve.entity_index import OWNERS
from app.resolve.pairs import keys
from app.services.stories import join_stories
from app.store.analyses.entity_candidates import (
    entity_candidates,
    last_articles_naming,
    published_days,
)
from app.store.analyses.write import store_analysis
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.records import ResolvedAnalysis, ResolvedCluster


@dataclass(frozen=True, slots=True)
class Analysed:
    """An analysis of one revision of one article."""

    article: int
    revision: int
    analysis: Analysis


def record(session: WriteSession, analysed: Sequence[Analysed]) -> tuple[int, ...]:
    """Stores analyses in the caller's transaction: resolves their clusters to the entities of all
    articles, and lets the articles join stories. Returns the ids of those that are ready now.

    Resolution across articles belongs in the same transaction: two articles that name somebody
    for the first time must not make two entities of them. An analysis of an article that is no
    longer pending at that revision is dropped.
    """
    days = published_days(session, [each.article for each in analysed])
    assigned = resolve_across(
        session,
        [
            ArticleNames.of(
                each.analysis.clusters,
                Context(each.article, days.get(each.article), each.analysis.profile),
            )
            for each in analysed
        ],
    )
    ready = store_analysis(
        session,
        [
            ResolvedAnalysis(
                each.article,
                each.revision,
                each.analysis,
                tuple(
                    ResolvedCluster(cluster, to.entity, str(to.group), to.reasons, keys(cluster))
                    for cluster, to in zip(each.analysis.clusters, of_article, strict=True)
                ),
            )
            for each, of_article in zip(analysed, assigned, strict=True)
        ],
    )
    profiles = {each.article: each.analysis.profile for each in analysed}
    join_stories(session, {article: profiles[article] for article in ready})
    return ready


def resolve_across(
    session: ReadSession, articles: Sequence[ArticleNames]
) -> list[list[Assignment]]:
    """The entity that each cluster of each article goes to, one of the store or a new one."""
    clusters = [each for names in articles for each in names.clusters]
    wanted = {key for each in clusters for key in each.keys}
    known = {each.knowledge_id for each in clusters if each.knowledge_id}
    found = entity_candidates(session, wanted, known, OWNERS)

    def recall(entities: Collection[int]) -> dict[int, list[Context]]:
        return {
            entity: [Context(*each) for each in seen]
            for entity, seen in last_articles_naming(session, entities, SEEN).items()
        }

    return assign(articles, found, recall)
