"""The words of a text that stand for its names."""

from bisect import bisect_right
from collections.abc import Sequence

from app.annotate.references.descriptions import described
from app.annotate.references.language import reference_words
from app.annotate.references.members import members
from app.annotate.references.people import PeopleParse
from app.annotate.references.pronouns import antecedents
from app.domain.annotation import Annotation, Cluster
from app.domain.portrayal import Label
from app.domain.quote import Utterance
from app.domain.reference import Reference


def references(
    text: str,
    annotation: Annotation,
    clusters: Sequence[Cluster],
    quotes: Sequence[Utterance],
    labels: Sequence[Label],
) -> tuple[Reference, ...]:
    """The pronouns and definite descriptions that mean a named cluster, in the order of the text.
    Left out are those that may mean another one, or nobody whom the text names."""
    words = reference_words(annotation.language)
    if words is None or not clusters:
        return ()
    parse = PeopleParse(text, annotation, clusters, quotes, labels, words)
    found: list[Reference] = []
    meant: dict[int, int] = {}
    for reason, phrases in (("called so before", described), ("of a party", members)):
        for first, noun, number in phrases(parse):
            meant[noun] = number
            start, end = parse.starts[first], parse.ends[noun]
            mention = _nearest(clusters[number], start)
            found.append(Reference(start, end, text[start:end], "description", mention, reason))
    found += [
        Reference(
            parse.starts[token],
            parse.ends[token],
            text[parse.starts[token] : parse.ends[token]],
            "pronoun",
            _nearest(clusters[person], parse.starts[token]),
            reason,
        )
        for token, person, reason in antecedents(parse, meant)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


def _nearest(cluster: Cluster, at: int) -> int:
    """Where the last mention before an offset starts; without one, the first behind it."""
    index = bisect_right(cluster.mentions, at, key=lambda mention: mention.start)
    return cluster.mentions[max(0, index - 1)].start
