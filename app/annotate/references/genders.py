"""The gender that a text tells of those whom it names: by titles, nouns and first names."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.annotate.references.language import ReferenceWords, reference_words
from app.domain.annotation import Cluster
from app.domain.portrayal import Label

_TELLING = frozenset(["title", "apposition", "description"])


def genders(
    text: str, clusters: Sequence[Cluster], labels: Sequence[Label], language: str
) -> dict[int, str]:
    """The gender ("m" or "f") of each mention of a person, by where it starts; those of whom none
    is told, or two, are left out."""
    words = reference_words(language)
    if words is None:
        return {}
    told = genders_of(text, clusters, telling(clusters, labels, words), words)
    return {
        mention.start: gender
        for number, gender in told.items()
        if gender is not None
        for mention in clusters[number].mentions
    }


def telling(
    clusters: Sequence[Cluster], labels: Sequence[Label], words: ReferenceWords
) -> dict[int, list[Label]]:
    """The labels that tell what somebody is, by the number of the cluster, but for those of what
    somebody is no more."""
    owners = {
        mention.start: number
        for number, cluster in enumerate(clusters)
        for mention in cluster.mentions
    }
    # 'Former' is a modifier of its own in 'former president X'.
    past = {
        label.mention
        for label in labels
        if label.kind == "modifier" and not words.past.isdisjoint(label.text.lower().split())
    }
    found: dict[int, list[Label]] = {}
    for label in labels:
        owner = owners.get(label.mention)
        if owner is not None and label.kind in _TELLING and label.mention not in past:
            found.setdefault(owner, []).append(label)
    return found


def genders_of(
    text: str,
    clusters: Sequence[Cluster],
    labels: Mapping[int, Sequence[Label]],
    words: ReferenceWords,
) -> dict[int, str | None]:
    """The gender of each person, by the number of the cluster; None where none is told, or two."""
    return {
        number: _gender(text, cluster, labels.get(number, ()), words)
        for number, cluster in enumerate(clusters)
        if cluster.type == "PERSON"
    }


def _gender(
    text: str, cluster: Cluster, labels: Sequence[Label], words: ReferenceWords
) -> str | None:
    told: Counter[str] = Counter()
    for surface in {mention.text for mention in cluster.mentions} | {cluster.name}:
        parts = surface.lower().split()
        if parts and parts[0] in words.titles:
            told[words.titles[parts[0]]] += 1
        elif len(parts) > 1 and parts[0] in words.first_names:
            told[words.first_names[parts[0]]] += 1
    for mention in cluster.mentions:
        before = text[max(0, mention.start - 16) : mention.start].lower().split()
        if before and before[-1] in words.titles:
            told[words.titles[before[-1]]] += 1
    for label in labels:
        for word in label.text.lower().split():
            if word in words.nouns and "'" not in label.text and "’" not in label.text:
                told[words.nouns[word]] += 1
    return next(iter(told)) if len(told) == 1 else None
