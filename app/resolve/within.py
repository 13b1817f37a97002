"""An annotated text to its entities."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from app.domain.annotation import Annotation, Cluster, Mention, Reason
from app.domain.names import name_key
from app.resolve.again import find_again, find_surnames
from app.resolve.annotated_text import AnnotatedText
from app.resolve.defined import define, named_definitions
from app.resolve.evidence import WITNESSES, weigh
from app.resolve.found import FoundName
from app.resolve.headline_alone import headline_alone
from app.resolve.headline_over_body import headline_over_body
from app.resolve.headlines import part
from app.resolve.institutions import institutions
from app.resolve.joins import Join, groups
from app.resolve.knowledge import Knowledge
from app.resolve.known import recognise
from app.resolve.marked import marked, whole
from app.resolve.members import without_members
from app.resolve.names import Name, distinct, sense_key, vote
from app.resolve.organisations import organisation_joins, without_short_names
from app.resolve.persons import person_joins, without_namesakes
from app.resolve.places import locate, without_far_places
from app.resolve.senses import tell_apart
from app.resolve.shapes import by_shape
from app.resolve.spans import mend
from app.resolve.states import behind_commas
from app.resolve.storms import storm_joins

type FindingLayer = Callable[[AnnotatedText, Sequence[FoundName]], tuple[FoundName, ...]]
type JoiningLayer = Callable[[AnnotatedText, Sequence[Name]], Iterator[Join]]

RESOLVER = "6"


def same_entry(reading: AnnotatedText, names: Sequence[Name]) -> Iterator[Join]:
    """Names of one knowledge entry."""
    first: dict[str, Name] = {}
    for name in names:
        if name.entry is not None:
            owner = first.setdefault(name.entry, name)
            if owner is not name:
                yield Join(owner.key, name.key, "known name")


def same_definition(reading: AnnotatedText, names: Sequence[Name]) -> Iterator[Join]:
    """Short forms with the long forms that the text defines for them."""
    keys = {name.key for name in names}
    for definition in named_definitions(reading):
        long = name_key(reading.text[slice(*definition.long)])
        short = name_key(reading.text[slice(*definition.short)])
        if sense_key(short, long) in keys:
            short = sense_key(short, long)
        if long in keys and short in keys and long != short:
            yield Join(long, short, "abbreviation")


# In their order; each is measured on its own by `python -m evaluation`.
FINDING: Mapping[str, FindingLayer] = {
    "spans": mend,
    "whole": whole,
    "knowledge": recognise,
    "headlines": part,
    "headline alone": headline_alone,
    "headline over body": headline_over_body,
    "institutions": institutions,
    "abbreviations": define,
    "marked": marked,
    "members": without_members,
    "states": behind_commas,
    "shapes": by_shape,
    "surnames": find_surnames,
    "again": find_again,
    "senses": tell_apart,
}
JOINING: Mapping[str, JoiningLayer] = {
    "same entry": same_entry,
    "same definition": same_definition,
    "persons": person_joins,
    "organisations": organisation_joins,
    "storms": storm_joins,
}
LAYERS = (*FINDING, *WITNESSES, *JOINING, "places")


def resolve(
    text: str,
    body_start: int,
    annotation: Annotation,
    knowledge: Knowledge,
    *,
    without: Collection[str] = (),
) -> tuple[Cluster, ...]:
    """The clusters of one text in the order of their first mentions; a name that nothing joins to
    another is a cluster of its own. Layers named in `without` are left out, to measure what each
    brings."""
    reading = AnnotatedText.of(text, body_start, annotation, knowledge)
    found = tuple(FoundName(m.start, m.end, m.type) for m in annotation.mentions)
    for title, find in FINDING.items():
        if title not in without:
            found = find(reading, found)
    names = without_short_names(reading, without_namesakes(reading, distinct(reading, found)))
    if "places" not in without:
        names = without_far_places(reading, names)
    witnesses = [witness for title, witness in WITNESSES.items() if title not in without]
    weights = weigh(reading, names, witnesses)
    names = [name.typed(weights[name.key]) if name.key in weights else name for name in names]
    joins = [
        join
        for title, link in JOINING.items()
        if title not in without
        for join in link(reading, names)
    ]
    clusters = [_cluster(reading, group, joins) for group in groups(names, joins)]
    if "places" not in without:
        clusters = locate(clusters, reading.knowledge)
    return tuple(sorted(clusters, key=lambda cluster: cluster.mentions[0].start))


def _cluster(reading: AnnotatedText, group: Sequence[Name], joins: Sequence[Join]) -> Cluster:
    keys = {name.key for name in group}
    inner = [join for join in joins if join.into in keys and join.key in keys]
    entry = next((name.entry for name in group if name.entry), None)
    known = reading.knowledge.entries[entry] if entry else None
    fullest = max(group, key=lambda name: (len(name.words), len(name.surface)))
    kind = known.type if known else _type(group, inner)
    surfaces = {name.key: name.surface for name in group}
    return Cluster(
        name=known.name if known else fullest.surface,
        type=kind,
        mentions=tuple(
            Mention(found.start, found.end, reading.text[found.start : found.end], kind)
            for found in sorted(
                (found for name in group for found in name.mentions), key=lambda f: f.start
            )
        ),
        knowledge_id=entry,
        reasons=tuple(
            Reason(join.rule, f"{surfaces[join.key]} = {surfaces[join.into]}", join.score)
            for join in inner
        ),
        place=known.place if known else None,
    )


def _type(group: Sequence[Name], joins: Sequence[Join]) -> str:
    """The type of the names that others were joined to; where there is none, that of all their
    mentions."""
    if len(group) == 1:
        return group[0].type
    joined = {join.key for join in joins}
    votes: Counter[str] = Counter()
    for name in group:
        if name.key not in joined:
            votes[name.type] += len(name.mentions)
    return vote(votes or Counter(name.type for name in group))
