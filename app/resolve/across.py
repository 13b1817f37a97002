"""The clusters of an article to the entities of all articles."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.annotation import Cluster, Reason
from app.domain.entity import EntityCandidate
from app.resolve.context import UNKNOWN, Context, Nearness
from app.resolve.entity_index import EntityIndex, Recall, age, no_recall
from app.resolve.pairs import APART, IN_DOUBT, SAME_CORE, THRESHOLD, ClusterNames, pair_reason

# Likeness of the articles adds at most so much to a score, and so much for each unit of it.
_CONTEXT, _PER_LIKENESS = 0.3, 1.6
# A candidate that is ahead of another by less than this does not stand out.
_MARGIN = 0.04
# The rules that may be left out to measure what they bring.
RULES = (
    "same name, other type",
    "same word, other type",
    "same name but for its form",
    "same short name",
    "surname in another article",
    "context",
)
# The rules whose reasons come from this step alone.
ACROSS = frozenset({"same entry", "same name", *RULES})


@dataclass(frozen=True, slots=True)
class Assignment:
    """The entity of a cluster: one that exists, or (`entity` None) a new one, which it shares with
    the other clusters of the call that have its `group`."""

    entity: int | None
    group: int
    # Why, the name's rule first; empty for a new entity that only this cluster has.
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """The clusters of one article, and what the article is about."""

    clusters: Sequence[ClusterNames]
    context: Context

    @classmethod
    def of(cls, clusters: Iterable[Cluster], context: Context) -> "ArticleNames":
        """The names of an article that has these clusters."""
        return cls([ClusterNames.of(cluster) for cluster in clusters], context)


def assign(
    articles: Iterable[ArticleNames],
    candidates: Iterable[EntityCandidate],
    recall: Recall = no_recall,
    *,
    without: Collection[str] = (),
) -> list[list[Assignment]]:
    """The entity of each cluster of each article, in their order, with the reasons and their scores
    (0..1). The articles are taken one after another: which of them come in one call makes no
    difference.

    A cluster goes to the candidate with the highest score, if that reaches THRESHOLD: for its
    knowledge entry, one of its names, or a name that differs in a company's legal form or a middle
    name. What is less than a name (a first name, a surname, an acronym) reaches it only if the
    articles are alike: `recall` gives those that name the candidates. Where two candidates are as
    near, it abstains and makes a new entity. Of candidates with equal names it takes the nearest,
    of equally near ones the oldest, unless all share is a short form. Two knowledge entries are
    never joined; nor is anything by less than a name that its own article keeps apart. Rules named
    in `without` are left out.
    """
    known = EntityIndex(candidates, recall)
    results = []
    group = 0
    for names in articles:
        results.append(_assign_article(names, known, group, without))
        group += len(names.clusters)
    return results


class CorpusResolver:
    """Resolves articles one after another, starting without any entity: the result depends on
    nothing but their order. Keeps all entities in memory, about a kilobyte each, and what articles
    are about. Rules named in `without` are left out."""

    def __init__(self, without: Collection[str] = ()) -> None:
        self._known = EntityIndex((), no_recall)
        self._groups = 0
        self._without = without

    def take(self, names: ArticleNames) -> list[tuple[int, tuple[Reason, ...]]]:
        """Resolves the next article. Returns the entity of each cluster, as a number, and the
        reasons."""
        found = _assign_article(names, self._known, self._groups, self._without)
        self._groups += len(names.clusters)
        return [(each.group, each.reasons) for each in found]


def _assign_article(
    names: ArticleNames, known: "EntityIndex", group: int, without: Collection[str]
) -> list[Assignment]:
    """The assignments of one article, whose first cluster may make the entity of `group`."""
    found: dict[int, Assignment] = {}
    taken: set[int] = set()
    for in_doubt in (False, True):
        for index, cluster in enumerate(names.clusters):
            if index in found:
                continue
            chosen = _choose(cluster, names.context, known, without, taken if in_doubt else None)
            if chosen is not None:
                candidate, reasons = chosen
            elif in_doubt:
                # Negative ids stand for entities that this call makes.
                entity = -1 - group - index
                candidate = EntityCandidate(entity, cluster.name, cluster.type, None, frozenset())
                reasons = ()
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
    for index, to in found.items():
        if names.clusters[index].type in _SHORTENED:
            known.name(-1 - to.group if to.entity is None else to.entity, names.context)
    return [found[index] for index in range(len(names.clusters))]


# Types of which a name may be less than a name.
_SHORTENED = frozenset({"PERSON", "ORG"})


type _Choice = tuple[EntityCandidate, tuple[Reason, ...]]


def _choose(
    cluster: ClusterNames,
    context: Context,
    known: EntityIndex,
    without: Collection[str],
    taken: Collection[int] | None,
) -> _Choice | None:
    """The best candidate and why. Rules that are in doubt count only if `taken` is given: the
    entities of the article's other names."""
    sure: list[tuple[EntityCandidate, Reason]] = []
    doubtful: list[tuple[EntityCandidate, Reason]] = []
    for candidate in known.like(cluster.keys, cluster.knowledge_id):
        reason = pair_reason(cluster, candidate)
        if reason is None or reason.rule in without:
            continue
        if reason.rule not in IN_DOUBT:
            sure.append((candidate, reason))
        elif taken is not None and not (reason.rule in APART and candidate.entity in taken):
            doubtful.append((candidate, reason))
    if sure:
        best = max(reason.score for _, reason in sure)
        top = [(candidate, reason) for candidate, reason in sure if reason.score == best]
        if len(top) == 1:
            return top[0][0], (top[0][1],)
        return _nearest(cluster, top, _weighed(cluster, context, known, top, without))
    weighed = _weighed(cluster, context, known, doubtful, without)
    close = [each for each in weighed if each[0] >= THRESHOLD and _is_close(weighed[0], each)]
    if len(close) > 1:
        # Somebody of whom no article says more than this is not two, but who that is stays open.
        close = [each for each in close if each[1][1][0].rule == "same short name"]
    return close[0][1] if close else None


def _nearest(
    cluster: ClusterNames, equals: Sequence[tuple[EntityCandidate, Reason]], weighed: "_Weighed"
) -> _Choice | None:
    """Of candidates whose names fit equally well, the one whose articles are most alike. Where none
    stands out, the one that shares most keys, of several the oldest; nobody if they are people with
    a name that is only similar."""
    if not _is_close(weighed[0], weighed[1]):
        return weighed[0][1]
    if cluster.type == "PERSON" and equals[0][1].score <= SAME_CORE:
        return None
    candidate, reason = min(
        equals, key=lambda pair: (-len(cluster.keys & pair[0].keys), age(pair[0]))
    )
    return candidate, (reason,)


# Choices by their scores, the highest first.
type _Weighed = list[tuple[float, _Choice]]


def _weighed(
    cluster: ClusterNames,
    context: Context,
    known: EntityIndex,
    pairs: Sequence[tuple[EntityCandidate, Reason]],
    without: Collection[str],
) -> _Weighed:
    """The pairs, best first, with what the articles share added to their scores."""
    if not pairs:
        return []
    near = [UNKNOWN] * len(pairs)
    if "context" not in without:
        near = known.near(cluster, context, [candidate for candidate, _ in pairs])
    weighed: _Weighed = []
    for (candidate, reason), each in zip(pairs, near, strict=True):
        score = reason.score + min(_CONTEXT, _PER_LIKENESS * each.likeness)
        weighed.append((score, (candidate, _explained(reason, score, each))))
    return sorted(weighed, key=lambda each: (-each[0], age(each[1][0])))


def _explained(reason: Reason, score: float, near: Nearness) -> tuple[Reason, ...]:
    own = replace(reason, score=round(min(score, 1.0), 6))
    if not near.shared:
        return (own,)
    detail = f"the articles share {', '.join(map(repr, near.shared))}"
    return own, Reason("context", detail, round(near.likeness, 6))


def _is_close(first: tuple[float, _Choice], other: tuple[float, _Choice]) -> bool:
    """Whether the first is ahead of the other by less than counts."""
    return first[0] - other[0] < _MARGIN
