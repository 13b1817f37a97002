"""`python -m evaluation.homonyms`: names of several topics that are taken for one thing.

The topics of ECB+ are events that have nothing to do with each other, so a first name, a surname
or an acronym that two of them have is mostly of two things (no gold says which). Counted are such
names of no knowledge entry that one entity has in several topics, with and without what the
articles around them have in common as evidence.
"""

from collections import defaultdict
from collections.abc import Sequence

from app.domain.annotation import Cluster
from app.domain.names import name_key
from app.resolve.within import resolve
from app.services import knowledge
from evaluation.annotated import annotated
from evaluation.collection import Collection, about
from evaluation.corpora import EVAL, rows_of


def main() -> int:
    """The exit code: 1 where the evidence separates nothing."""
    if not EVAL.is_dir():
        print(f"The data to measure with is not here: {EVAL}")
        return 2
    rows = [row for row in rows_of(EVAL / "entities.jsonl") if row["corpus"] == "ecbplus"]
    rows.sort(key=lambda row: row["id"])
    texts = [row["text"] for row in rows]
    known = knowledge.load(())
    found = []
    for text, annotation in zip(texts, annotated(texts), strict=True):
        clusters = resolve(text, 0, annotation, known)
        found.append((clusters, about(text, annotation, clusters)))
    counts = []
    for title, without in (("with what articles share", ()), ("without", ("context",))):
        collection = Collection(without)
        topics: defaultdict[int, set[str]] = defaultdict(set)
        names: dict[int, str] = {}
        for row, (clusters, what) in zip(rows, found, strict=True):
            for cluster, entity in zip(clusters, collection.add(clusters, what), strict=True):
                if _is_short(cluster):
                    topics[entity].add(row["scope"])
                    names[entity] = cluster.name
        several = sorted(names[entity] for entity, seen in topics.items() if len(seen) > 1)
        counts.append(len(several))
        print(f"{title}: {len(several)} of {len(names)} entities of short names in several topics")
        print(f"  {', '.join(several)}")
    return int(counts[0] >= counts[1])


def _is_short(cluster: Cluster) -> bool:
    """Whether the names of a cluster are single words or acronyms, of nothing well-known."""
    if cluster.knowledge_id is not None or cluster.type not in ("PERSON", "ORG"):
        return False
    surfaces: Sequence[str] = [mention.text for mention in cluster.mentions]
    if cluster.type == "ORG":
        return all(text.isupper() and len(text) <= 5 for text in surfaces)
    return all(len(name_key(text).split()) == 1 for text in surfaces)


if __name__ == "__main__":
    raise SystemExit(main())
