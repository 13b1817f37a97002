"""Articles resolved one after another into one collection, as the service does it."""

from collections.abc import Collection as Names
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.annotation import Cluster
from app.resolve.across import Candidate, assign, keys


@dataclass
class _Entity:
    name: str
    type: str
    knowledge_id: str | None
    keys: set[str] = field(default_factory=set)


class Collection:
    """Entities in memory, looked up by key and by knowledge id."""

    def __init__(self, without: Names[str] = ()) -> None:
        self._without = without
        self._entities: list[_Entity] = []
        self._by_key: dict[str, set[int]] = {}
        self._by_knowledge: dict[str, int] = {}

    def add(self, clusters: Sequence[Cluster]) -> list[int]:
        """The entity of each cluster of one article, in their order."""
        assignments = assign(clusters, self._candidates(clusters), without=self._without)
        made: dict[int, int] = {}
        entities = []
        for cluster, assignment in zip(clusters, assignments, strict=True):
            entity = assignment.entity
            if entity is None:
                if assignment.group not in made:
                    made[assignment.group] = len(self._entities)
                    self._entities.append(_Entity(cluster.name, cluster.type, None))
                entity = made[assignment.group]
            self._join(entity, cluster)
            entities.append(entity)
        return entities

    def alone(self) -> int:
        """A new entity for a mention that nothing could claim."""
        self._entities.append(_Entity("", "", None))
        return len(self._entities) - 1

    def _candidates(self, clusters: Iterable[Cluster]) -> list[Candidate]:
        found: set[int] = set()
        for cluster in clusters:
            for key in keys(cluster):
                found |= self._by_key.get(key, set())
            if cluster.knowledge_id in self._by_knowledge:
                found.add(self._by_knowledge[cluster.knowledge_id])
        return [
            Candidate(i, e.name, e.type, e.knowledge_id, frozenset(e.keys))
            for i, e in ((i, self._entities[i]) for i in sorted(found))
        ]

    def _join(self, number: int, cluster: Cluster) -> None:
        entity = self._entities[number]
        if cluster.knowledge_id:
            entity.knowledge_id = cluster.knowledge_id
            self._by_knowledge[cluster.knowledge_id] = number
        for key in keys(cluster):
            entity.keys.add(key)
            self._by_key.setdefault(key, set()).add(number)
