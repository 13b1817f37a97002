"""The clusters of an article to the entities of all articles."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from app.domain.annotation import Cluster, Reason
from app.domain.names import name_key
from app.resolve.cues import Cues
from app.resolve.names import kind_of
from app.resolve.persons import is_full, one_person, surname

# Mark the keys of what is less than a name, so that they cannot be taken for one.
_SURNAME, _CORE = "~", "="
_CUES = Cues.of("")
SAME_ENTRY = 1.0
SAME_NAME = 0.95
SAME_CORE = 0.85
SAME_NAME_OTHER_TYPE = 0.75
SURNAME_USED = 0.72
SURNAME_ONLY = 0.7
THRESHOLD = 0.7
# A name that more entities than this share decides nothing, and is not worth comparing them all.
OWNERS = 20
# What the reasons of this step are called, and no other's.
ACROSS = frozenset(
    {
        "same entry",
        "same name",
        "same name, other type",
        "same name but for its form",
        "surname in another article",
    }
)
# The rules that may be left out to measure what they bring.
RULES = ("same name, other type", "same name but for its form", "surname in another article")


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


@dataclass(frozen=True, slots=True)
class Named:
    """What resolution across articles reads of a cluster; `keys` as the function gives them."""

    name: str
    type: str
    knowledge_id: str | None
    keys: frozenset[str]

    @classmethod
    def of(cls, cluster: Cluster) -> "Named":
        """The same of a cluster."""
        return cls(cluster.name, cluster.type, cluster.knowledge_id, frozenset(keys(cluster)))


def keys(cluster: Cluster) -> tuple[str, ...]:
    """The keys under which a cluster's candidates are looked up: each of its names as
    `name_key` gives it; marked with "=", the core of it (an organisation without "Inc." and the
    like, a person's first name and surname); marked with "~", a person's surname."""
    found = {name_key(cluster.name): None}
    found |= {name_key(mention.text): None for mention in cluster.mentions}
    for key in list(found):
        words = key.split()
        if cluster.type == "ORG":
            while len(words) > 1 and words[-1] in _CUES.company_forms:
                words.pop()
            found[_CORE + " ".join(words)] = None
        elif cluster.type == "PERSON":
            words = [word for word in words if word not in _CUES.suffixes]
            if words and is_full(words, _CUES):
                found[f"{_CORE}{words[0]} {words[-1]}"] = None
            if words:
                found[_SURNAME + words[-1]] = None
    return tuple(found)


def assign(
    clusters: Sequence[Cluster],
    candidates: Iterable[Candidate],
    *,
    without: Collection[str] = (),
) -> list[Assignment]:
    """The entity of each cluster of one article, as `assign_all` finds it."""
    return assign_all([clusters], candidates, without=without)[0]


def assign_all(
    articles: Sequence[Sequence[Cluster]],
    candidates: Iterable[Candidate],
    *,
    without: Collection[str] = (),
) -> list[list[Assignment]]:
    """The entity of each cluster of each article, in their order, with the reasons and their
    scores (0..1); the articles are taken one after another, so that it does not matter which of
    them come in one call.

    A cluster goes to the candidate with the highest score from THRESHOLD on: its knowledge entry,
    one of its names, a name that differs in a company's legal form or a middle name, a surname.
    Of equal ones by name the oldest is taken; where two people could be meant by a short form of
    their names it abstains and makes a new entity. What differs in its knowledge entry is never
    joined, nor by surname what its article keeps apart. Rules named in `without` are left out.
    """
    named = [[Named.of(cluster) for cluster in clusters] for clusters in articles]
    return assign_named(named, candidates, without=without)


def assign_named(
    articles: Sequence[Sequence[Named]],
    candidates: Iterable[Candidate],
    *,
    without: Collection[str] = (),
) -> list[list[Assignment]]:
    """The same for clusters whose keys are at hand."""
    known = _Known(candidates)
    results = []
    group = 0
    for clusters in articles:
        results.append(_assign_article(clusters, known, group, without))
        group += len(clusters)
    return results


class Resolution:
    """Articles resolved from nothing, one after another: what it says of them depends on nothing
    but their order. It holds all their entities, about a kilobyte each."""

    def __init__(self) -> None:
        self._known = _Known(())
        self._groups = 0

    def take(self, clusters: Sequence[Named]) -> list[tuple[int, tuple[Reason, ...]]]:
        """The entity of each cluster of the next article, as a number, and why."""
        found = _assign_article(clusters, self._known, self._groups, ())
        self._groups += len(clusters)
        return [(each.group, each.reasons) for each in found]


def _assign_article(
    clusters: Sequence[Named], known: "_Known", group: int, without: Collection[str]
) -> list[Assignment]:
    """The assignments of one article, whose first cluster may make the entity of `group`."""
    found: dict[int, Assignment] = {}
    taken: set[int] = set()
    for by_surname in (False, True):
        for index, cluster in enumerate(clusters):
            if index in found:
                continue
            like = known.like(cluster.keys, cluster.knowledge_id)
            chosen = _choose(cluster, like, without, taken if by_surname else None)
            reasons: tuple[Reason, ...] = ()
            if chosen is not None:
                candidate, reasons = chosen[0], (chosen[1],)
            elif by_surname:
                # Negative ids stand for entities that this call makes.
                entity = -1 - group - index
                candidate = Candidate(entity, cluster.name, cluster.type, None, frozenset())
            else:
                continue
            taken.add(candidate.entity)
            known.add(
                replace(
                    candidate,
                    knowledge_id=candidate.knowledge_id or cluster.knowledge_id,
                    keys=candidate.keys | cluster.keys,
                )
            )
            found[index] = (
                Assignment(None, -1 - candidate.entity, reasons)
                if candidate.entity < 0
                else Assignment(candidate.entity, group + index, reasons)
            )
    return [found[index] for index in range(len(clusters))]


class _Known:
    """Candidates by their keys and knowledge entries. One that shares neither with a cluster can
    not be its entity, and to look at each for each would take long where there are thousands.
    Of a key that more than `OWNERS` share, those that came up most often are looked at."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates: dict[int, Candidate] = {}
        self._by_key: defaultdict[str, set[int]] = defaultdict(set)
        self._by_entry: defaultdict[str, set[int]] = defaultdict(set)
        self._times: Counter[int] = Counter()
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Take in a candidate, or what has become of one."""
        self._candidates[candidate.entity] = candidate
        self._times[candidate.entity] += 1
        for key in candidate.keys:
            self._by_key[key].add(candidate.entity)
        if candidate.knowledge_id:
            self._by_entry[candidate.knowledge_id].add(candidate.entity)

    def like(self, keys: Iterable[str], knowledge_id: str | None) -> list[Candidate]:
        """The candidates that share one of the keys, or the entry, by entity."""
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
        return -self._times[entity], _age(self._candidates[entity])


def _choose(
    cluster: Named,
    candidates: Iterable[Candidate],
    without: Collection[str],
    taken: Collection[int] | None,
) -> tuple[Candidate, Reason] | None:
    """The best candidate and why; by surname alone only if `taken` is given and lacks it."""
    scored = []
    for candidate in candidates:
        reason = _reason(cluster, candidate)
        if reason is None or reason.score < THRESHOLD or reason.rule in without:
            continue
        if reason.score > SURNAME_USED or (taken is not None and candidate.entity not in taken):
            scored.append((candidate, reason))
    if not scored:
        return None
    best = max(reason.score for _, reason in scored)
    top = [(candidate, reason) for candidate, reason in scored if reason.score == best]
    if len(top) > 1 and cluster.type == "PERSON" and best <= SAME_CORE:
        return None
    return min(top, key=lambda pair: (-len(cluster.keys & pair[0].keys), _age(pair[0])))


def _age(candidate: Candidate) -> tuple[bool, int]:
    return candidate.entity < 0, abs(candidate.entity)


def _reason(cluster: Named, candidate: Candidate) -> Reason | None:
    """Why the cluster may be the candidate, None where nothing says so."""
    own = cluster.keys
    if cluster.knowledge_id and candidate.knowledge_id:
        if cluster.knowledge_id != candidate.knowledge_id:
            return None
        detail = f"{cluster.name} is {cluster.knowledge_id}"
        return Reason("same entry", detail, SAME_ENTRY)
    shared = [key for key in own & candidate.keys if not key.startswith(_SURNAME)]
    names = [key for key in shared if not key.startswith(_CORE)]
    same_kind = kind_of(cluster.type) == kind_of(candidate.type)
    if same_kind and cluster.type == "PERSON" and not any(_full_names([key]) for key in names):
        by_surname = _by_surname(cluster, candidate)
        if by_surname is not None:
            return by_surname
    if names:
        key = max(names, key=lambda key: (len(key), key))
        detail = f"{cluster.name} and {candidate.name} are both called {key!r}"
        if same_kind:
            return Reason("same name", detail, SAME_NAME)
        # "Jack Daniels" the man and the company are rare, the model's slips are not; with a
        # single word ("Ford") it is the other way round.
        if " " in key:
            return Reason("same name, other type", detail, SAME_NAME_OTHER_TYPE)
        return None
    if shared and same_kind:
        if cluster.type == "PERSON" and not _one_person(own, candidate.keys):
            return None
        detail = f"{cluster.name} and {candidate.name} are both {min(shared)[1:]!r}"
        return Reason("same name but for its form", detail, SAME_CORE)
    return None


def _full_names(keys: Iterable[str]) -> list[list[str]]:
    """The words of each full name of a person among some keys."""
    names = (key.split() for key in keys if not key.startswith((_SURNAME, _CORE)))
    return [words for words in names if is_full(words, _CUES)]


def _one_person(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether every full name on one side can be the same person's as each on the other."""
    others = _full_names(theirs)
    return all(one_person(one, other, _CUES) for one in _full_names(mine) for other in others)


def _by_surname(cluster: Named, candidate: Candidate) -> Reason | None:
    """The surname, where one side has nothing but it."""
    own = cluster.keys
    mine, theirs = _full_names(own), _full_names(candidate.keys)
    if bool(mine) == bool(theirs):
        return None
    short = candidate.keys if mine else own
    lasts = {surname(words, _CUES) for words in mine or theirs}
    alone = {key.split()[-1] for key in short if not key.startswith((_SURNAME, _CORE))}
    if lasts.isdisjoint(alone):
        return None
    detail = f"{cluster.name} and {candidate.name} share a surname that no other has here"
    # Whom some article has called by the surname alone is likelier to be called so again.
    used = not mine and not alone.isdisjoint(candidate.keys)
    return Reason("surname in another article", detail, SURNAME_USED if used else SURNAME_ONLY)
