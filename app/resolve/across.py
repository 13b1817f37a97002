"""The clusters of an article to the entities of all articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.annotation import Cluster, Reason
from app.domain.names import name_key
from app.resolve.names import kind_of
from app.resolve.persons import surname

# Marks the key of a surname, so that it cannot be taken for a name.
_SURNAME = "~"
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SAME_NAME = 0.9
_SURNAME_ONLY = 0.7


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity as resolution sees it: `keys` are those of all its clusters."""

    entity: int
    name: str
    type: str
    knowledge_id: str | None
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a cluster goes: to an entity that there is, or (`entity` None) to a new one, which it
    shares with the other clusters of the call that have its `group`."""

    entity: int | None
    group: int
    reasons: tuple[Reason, ...]


def keys(cluster: Cluster) -> tuple[str, ...]:
    """The keys under which a cluster's candidates are looked up: each of its names as
    `name_key` gives it, and for a person's full name the surname, marked with "~"."""
    found = {name_key(cluster.name): None}
    found |= {name_key(mention.text): None for mention in cluster.mentions}
    if cluster.type == "PERSON":
        for key in list(found):
            last = surname(key.split(), _SUFFIXES)
            if last:
                found[_SURNAME + last] = None
    return tuple(found)


def assign(clusters: Sequence[Cluster], candidates: Iterable[Candidate]) -> list[Assignment]:
    """The entity of each cluster, in their order, with the reasons and their scores (0..1).

    A cluster goes to the one candidate with its knowledge entry, else with one of its names and
    its type, else, for a person known by surname on one side, with that surname. Where more than
    one candidate is left it abstains and makes a new entity. Nothing that differs in its knowledge
    entry is ever joined.
    """
    known = list(candidates)
    assignments = []
    for group, cluster in enumerate(clusters):
        own = frozenset(keys(cluster))
        found = _choose(cluster, own, known)
        if found is None:
            # Negative ids stand for entities that this call makes.
            new = Candidate(-1 - group, cluster.name, cluster.type, cluster.knowledge_id, own)
            known.append(new)
            assignments.append(Assignment(None, group, ()))
            continue
        candidate, reason = found
        if candidate.entity < 0:
            assignments.append(Assignment(None, -1 - candidate.entity, (reason,)))
        else:
            assignments.append(Assignment(candidate.entity, group, (reason,)))
    return assignments


def _choose(
    cluster: Cluster, own: frozenset[str], candidates: Sequence[Candidate]
) -> tuple[Candidate, Reason] | None:
    if cluster.knowledge_id is not None:
        for candidate in candidates:
            if candidate.knowledge_id == cluster.knowledge_id:
                detail = f"{cluster.name} is {cluster.knowledge_id}"
                return candidate, Reason("known name", detail, 1.0)
    fit = [candidate for candidate in candidates if _compatible(cluster, candidate)]
    names = {key for key in own if not key.startswith(_SURNAME)}
    same = [candidate for candidate in fit if names & candidate.keys]
    exact = [candidate for candidate in same if candidate.type == cluster.type]
    for narrowed in (exact, same):
        if len(narrowed) == 1:
            shared = min(names & narrowed[0].keys)
            detail = f"{cluster.name} and {narrowed[0].name} are both called {shared!r}"
            return narrowed[0], Reason("same name", detail, _SAME_NAME)
    if same or cluster.type != "PERSON":
        return None
    return _by_surname(cluster, own, fit)


def _by_surname(
    cluster: Cluster, own: frozenset[str], fit: Sequence[Candidate]
) -> tuple[Candidate, Reason] | None:
    """The only person with the surname, where one side has nothing but the surname."""
    full = any(key.startswith(_SURNAME) for key in own)
    if full:
        lasts = {key[len(_SURNAME) :] for key in own if key.startswith(_SURNAME)}
        owners = [c for c in fit if lasts & c.keys and not _has_full_name(c)]
    else:
        lasts = set(own)
        owners = [c for c in fit if any(_SURNAME + last in c.keys for last in lasts)]
    if len(owners) != 1:
        return None
    detail = f"{cluster.name} and {owners[0].name} share a surname that no other has here"
    return owners[0], Reason("surname", detail, _SURNAME_ONLY)


def _has_full_name(candidate: Candidate) -> bool:
    return any(key.startswith(_SURNAME) for key in candidate.keys)


def _compatible(cluster: Cluster, candidate: Candidate) -> bool:
    if cluster.knowledge_id and candidate.knowledge_id:
        return cluster.knowledge_id == candidate.knowledge_id
    return kind_of(cluster.type) == kind_of(candidate.type)
