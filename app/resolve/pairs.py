"""Two names, one of an article and one of an entity: why they may be of the same thing."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.annotation import Cluster, Reason
from app.domain.entity import EntityCandidate
from app.domain.names import name_key
from app.resolve.cues import NameCues
from app.resolve.names import kind_of
from app.resolve.persons import is_full, one_person, surname

# Mark the keys of what is less than a name, so that they cannot be taken for one.
_SURNAME, _CORE, _ACRONYM = "~", "=", "^"
_MARKS = (_SURNAME, _CORE, _ACRONYM)
_CUES = NameCues.of("")
# Letters of an acronym, which more than one thing may have.
_ACRONYM_LETTERS = 5
SAME_ENTRY = 1.0
SAME_NAME = 0.95
SAME_CORE = 0.85
SAME_NAME_OTHER_TYPE = 0.75
# These are less than THRESHOLD: what the articles have in common must speak for them too. Whom some
# article has called by the surname alone is likelier to be called so again.
SURNAME_USED = 0.67
SHORT_NAME = SURNAME_ONLY = 0.62
# Less: an article too short to say what it is about does not make up for it.
SAME_WORD_OTHER_TYPE = 0.61
THRESHOLD = 0.7
# The rules of those, and the rule that joins nothing that one article names twice.
IN_DOUBT = frozenset({"same short name", "same word, other type", "surname in another article"})
APART = frozenset({"same word, other type", "surname in another article"})


@dataclass(frozen=True, slots=True)
class ClusterNames:
    """What resolution across articles reads of a cluster."""

    # "Bashar al-Assad"
    name: str
    # "PERSON"
    type: str
    # The knowledge entry that it is: "Q44329".
    knowledge_id: str | None
    # As `keys` gives them: "bashar al assad", "~assad".
    keys: frozenset[str]

    @classmethod
    def of(cls, cluster: Cluster) -> "ClusterNames":
        """What is read of this cluster."""
        return cls(cluster.name, cluster.type, cluster.knowledge_id, frozenset(keys(cluster)))


def keys(cluster: Cluster) -> tuple[str, ...]:
    """The keys under which a cluster's candidates are looked up: each of its names as
    `name_key` gives it; marked with "=", the core of it (an organisation without "Inc." and the
    like, a person's first name and surname); marked with "~", a person's surname; marked with
    "^", an organisation's acronym."""
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
    if cluster.type == "ORG":
        surfaces = (cluster.name, *(mention.text for mention in cluster.mentions))
        found |= {_ACRONYM + name_key(text): None for text in surfaces if _is_acronym(text)}
    return tuple(found)


def _is_acronym(text: str) -> bool:
    return text.isalpha() and text.isupper() and 1 < len(text) <= _ACRONYM_LETTERS


def pair_reason(cluster: ClusterNames, candidate: EntityCandidate) -> Reason | None:
    """Why the cluster may be the candidate, None where nothing says so."""
    own = cluster.keys
    if cluster.knowledge_id and candidate.knowledge_id:
        if cluster.knowledge_id != candidate.knowledge_id:
            return None
        detail = f"{cluster.name} is {cluster.knowledge_id}"
        return Reason("same entry", detail, SAME_ENTRY)
    shared = [key for key in own & candidate.keys if not key.startswith((_SURNAME, _ACRONYM))]
    names = [key for key in shared if not key.startswith(_CORE)]
    same_kind = kind_of(cluster.type) == kind_of(candidate.type)
    if same_kind and cluster.type == "PERSON" and not any(_full_names([key]) for key in names):
        by_surname = _by_surname(cluster, candidate)
        if by_surname is not None:
            return by_surname
        if _are_two(own, candidate.keys):
            return None  # both are called by the surname that Helen and Tobias share
    if names:
        key = max(names, key=lambda key: (len(key), key))
        detail = f"{cluster.name} and {candidate.name} are both called {key!r}"
        if same_kind and _is_short(cluster, candidate, names):
            return Reason("same short name", detail, SHORT_NAME)
        if same_kind:
            return Reason("same name", detail, SAME_NAME)
        # "Jack Daniels" the man and the company are rare, the model's slips are not; a single word
        # ("Ford") takes articles that have something in common.
        if " " in key:
            return Reason("same name, other type", detail, SAME_NAME_OTHER_TYPE)
        return Reason("same word, other type", detail, SAME_WORD_OTHER_TYPE)
    if shared and same_kind:
        if cluster.type == "PERSON" and not _one_person(own, candidate.keys):
            return None
        detail = f"{cluster.name} and {candidate.name} are both {min(shared)[1:]!r}"
        return Reason("same name but for its form", detail, SAME_CORE)
    return None


def _is_short(cluster: ClusterNames, candidate: EntityCandidate, names: Iterable[str]) -> bool:
    """Whether all that two share are names that many have: a first name, a surname, an acronym."""
    if cluster.type == "PERSON":
        return not _full_names(names)
    return all(_ACRONYM + key in cluster.keys & candidate.keys for key in names)


def _full_names(keys: Iterable[str]) -> list[list[str]]:
    """The words of each full name of a person among some keys."""
    names = (key.split() for key in keys if not key.startswith(_MARKS))
    return [words for words in names if is_full(words, _CUES)]


def _one_person(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether each full name on one side can be the same person's as each on the other side."""
    others = _full_names(theirs)
    return all(one_person(one, other, _CUES) for one in _full_names(mine) for other in others)


def _are_two(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether both have full names, of which no two can be one person's."""
    own, others = _full_names(mine), _full_names(theirs)
    return bool(own and others) and not any(
        one_person(one, other, _CUES) for one in own for other in others
    )


def _by_surname(cluster: ClusterNames, candidate: EntityCandidate) -> Reason | None:
    """The reason that a surname gives, where one side has nothing but the surname."""
    own = cluster.keys
    mine, theirs = _full_names(own), _full_names(candidate.keys)
    if bool(mine) == bool(theirs):
        return None
    short = candidate.keys if mine else own
    lasts = {surname(words, _CUES) for words in mine or theirs}
    alone = {key.split()[-1] for key in short if not key.startswith(_MARKS)}
    if lasts.isdisjoint(alone):
        return None
    detail = f"{cluster.name} and {candidate.name} share a surname"
    used = not mine and not alone.isdisjoint(candidate.keys)
    return Reason("surname in another article", detail, SURNAME_USED if used else SURNAME_ONLY)
