"""What is measured: the bare model, and ours with or without some of its layers."""

from collections.abc import Collection as Names
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.annotation import Annotation, Mention
from app.resolve.knowledge import Knowledge
from app.resolve.within import resolve
from evaluation.collection import Collection, about


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention with the entity that it was taken for, numbered over the whole corpus."""

    mention: Mention
    entity: int


def ours(
    texts: Sequence[str],
    annotations: Sequence[Annotation],
    knowledge: Knowledge,
    without: Names[str] = (),
) -> list[list[Linked]]:
    """The linked mentions of each text, the texts arriving in their order."""
    collection = Collection(without)
    results = []
    for text, annotation in zip(texts, annotations, strict=True):
        clusters = resolve(text, 0, annotation, knowledge, without=without)
        entities = collection.add(clusters, about(text, annotation, clusters))
        linked = [
            Linked(mention, entity)
            for cluster, entity in zip(clusters, entities, strict=True)
            for mention in cluster.mentions
        ]
        results.append(sorted(linked, key=lambda each: each.mention.start))
    return results


def bare(texts: Sequence[str], annotations: Sequence[Annotation]) -> list[list[Linked]]:
    """The model's own mentions. Within a text a person's surname goes to the full name that came
    last before it; across texts equal strings of one type are one entity."""
    numbers: dict[tuple[str, str], int] = {}
    results = []
    for annotation in annotations:
        full: dict[str, str] = {}
        linked = []
        for mention in annotation.mentions:
            name = mention.text
            if mention.type == "PERSON":
                name = full.get(name, name)
                full[name.split()[-1]] = name
            key = (mention.type, name)
            linked.append(Linked(mention, numbers.setdefault(key, len(numbers))))
        results.append(linked)
    return results
