"""Clusters of several texts to entities in memory, as ingest does it with those of the store."""

from collections.abc import Sequence

from app.domain.annotation import Cluster
from app.resolve.across import Candidate, assign, keys


def resolve_together(texts: Sequence[Sequence[Cluster]]) -> list[list[int]]:
    """The entity of each cluster of each text, numbered from 1 as they appear."""
    known: dict[int, Candidate] = {}
    entities = []
    for clusters in texts:
        made: dict[int, int] = {}
        found = []
        for cluster, assignment in zip(clusters, assign(clusters, known.values()), strict=True):
            entity = assignment.entity
            if entity is None:
                entity = made.setdefault(assignment.group, len(known) + 1)
            known[entity] = _with(known.get(entity), entity, cluster)
            found.append(entity)
        entities.append(found)
    return entities


def _with(known: Candidate | None, entity: int, cluster: Cluster) -> Candidate:
    """The candidate once this cluster is of it too."""
    if known is None:
        return Candidate(
            entity, cluster.name, cluster.type, cluster.knowledge_id, frozenset(keys(cluster))
        )
    return Candidate(
        entity,
        known.name,
        known.type,
        known.knowledge_id or cluster.knowledge_id,
        known.keys | frozenset(keys(cluster)),
    )
