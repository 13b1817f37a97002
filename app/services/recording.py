"""Analyses into the store, their clusters resolved to the entities of all articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.annotation import Analysis, Cluster
from app.resolve.across import OWNERS, Assignment, Candidate, Named, assign_named, keys
from app.services.stories import join_stories
from app.store.analyses import store_analysis
from app.store.candidates import candidates
from app.store.records import ResolvedAnalysis, ResolvedCluster
from app.store.sessions import ReadSession, WriteSession


@dataclass(frozen=True, slots=True)
class Analysed:
    """An analysis of one revision of one article."""

    article: int
    revision: int
    analysis: Analysis


def record(session: WriteSession, analysed: Sequence[Analysed]) -> tuple[int, ...]:
    """The ids of the articles that are ready now, in the caller's transaction.

    Resolution across articles belongs into the same transaction: two articles that name somebody
    for the first time must not make two entities of them. What is no longer pending at its
    revision is dropped.
    """
    assigned = resolve_across(session, [each.analysis.clusters for each in analysed])
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
    join_stories(session, ((article, profiles[article]) for article in ready))
    return ready


def resolve_across(
    session: ReadSession, articles: Sequence[Sequence[Cluster]]
) -> list[list[Assignment]]:
    """Where each cluster of each article goes, among the entities of the store as it stands."""
    named = [[Named.of(cluster) for cluster in some] for some in articles]
    wanted = {key for some in named for each in some for key in each.keys}
    known = {each.knowledge_id for some in named for each in some if each.knowledge_id}
    found = [
        Candidate(each.entity, each.name, each.type, each.knowledge_id, each.keys)
        for each in candidates(session, wanted, known, OWNERS)
    ]
    return assign_named(named, found)
