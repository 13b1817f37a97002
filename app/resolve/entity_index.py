"""The entities that resolution across articles knows, looked up by what a name shares with them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nsmallest

from app.domain.entity import EntityCandidate
from app.resolve.context import Context, Nearness, latest, nearness
from app.resolve.pairs import ClusterNames

# A name that more entities than this share decides nothing, and is not worth comparing them all.
OWNERS = 20

# The articles that name entities of the store, as far as resolution reads them.
type Recall = Callable[[Collection[int]], Mapping[int, Sequence[Context]]]


def no_recall(_entities: Collection[int]) -> Mapping[int, Sequence[Context]]:
    """Recalls no article: all articles that name the candidates are in the call."""
    return {}


class EntityIndex:
    """Candidates by their keys and knowledge entries. A candidate that shares neither with a
    cluster cannot be its entity; to compare every cluster with every candidate would take long
    where there are thousands. Of a key that more than `OWNERS` share, those that came up most often
    are compared."""

    def __init__(self, candidates: Iterable[EntityCandidate], recall: Recall) -> None:
        self._candidates: dict[int, EntityCandidate] = {}
        self._by_key: defaultdict[str, set[int]] = defaultdict(set)
        self._by_entry: defaultdict[str, set[int]] = defaultdict(set)
        self._times: Counter[int] = Counter()
        self._recall = recall
        self._recalled: set[int] = set()
        self._seen: defaultdict[int, tuple[Context, ...]] = defaultdict(tuple)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: EntityCandidate) -> None:
        """Adds a candidate, or replaces it by what it has become."""
        self._candidates[candidate.entity] = candidate
        self._times[candidate.entity] += 1
        for key in candidate.keys:
            self._by_key[key].add(candidate.entity)
        if candidate.knowledge_id:
            self._by_entry[candidate.knowledge_id].add(candidate.entity)

    def name(self, entity: int, context: Context) -> None:
        """Notes that an article names an entity."""
        self._seen[entity] = latest(self._seen[entity], context)

    def near(
        self, cluster: ClusterNames, context: Context, candidates: Sequence[EntityCandidate]
    ) -> list[Nearness]:
        """For each candidate, how alike the article that has the cluster is to the articles that
        name it."""
        stored = {each.entity for each in candidates if each.entity >= 0} - self._recalled
        if stored:
            self._recalled |= stored
            for entity, seen in self._recall(stored).items():
                for each in seen:
                    self.name(entity, each)
        return [
            nearness(context, self._seen[each.entity], cluster.keys | each.keys)
            for each in candidates
        ]

    def like(self, keys: Iterable[str], knowledge_id: str | None) -> list[EntityCandidate]:
        """The candidates that share one of the keys or the knowledge entry, by entity."""
        found: set[int] = set()
        for key in keys:
            owners: Collection[int] = self._by_key.get(key, ())
            if len(owners) > OWNERS:
                owners = nsmallest(OWNERS, owners, self._rank)
            found.update(owners)
        if knowledge_id:
            found |= self._by_entry.get(knowledge_id, frozenset())
        return [self._candidates[entity] for entity in sorted(found)]

    def _rank(self, entity: int) -> tuple[int, tuple[bool, int]]:
        return -self._times[entity], age(self._candidates[entity])


def age(candidate: EntityCandidate) -> tuple[bool, int]:
    """Sorts entities of the store before those of this call, the oldest of each first."""
    return candidate.entity < 0, abs(candidate.entity)
