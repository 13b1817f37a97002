"""`python -m evaluation.references`: are pronouns given to the name that they mean?

Gold are the pronouns of MEANTIME's and ECB+'s chains, and `gold_references.jsonl`: a random sample
of those of PolNeAR, read by us, each with the start of a mention of whom it means (null: somebody
whom the text names nowhere). A pronoun of a chain without a name counts against whatever it is given
to. `tuned` are the articles that weights were tried on, `other` the rest, parted by the hash of
their ids.
"""

import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.annotate import portrayal, quotes
from app.annotate.references import references
from app.annotate.references.language import standing
from app.domain.annotation import Annotation, Cluster
from app.domain.reference import Reference
from app.resolve.knowledge import Knowledge
from app.resolve.within import resolve
from app.services.finding import names
from evaluation.annotated import annotated
from evaluation.corpora import EVAL, Corpus

GOLD = Path(__file__).with_name("gold_references.jsonl")
ASKED = 0.9


@dataclass(frozen=True, slots=True)
class Meant:
    """A gold pronoun: where it starts, where names of whom it means do, and their last words."""

    article: str
    start: int
    word: str
    mentions: frozenset[int]
    surnames: frozenset[str]


def chained(corpus: Corpus) -> Iterator[tuple[str, Meant]]:
    """The corpus and the gold of each pronoun in a chain."""
    words = standing("en")
    rows = [json.loads(line) for line in corpus.path.read_text(encoding="utf-8").splitlines()]
    surnames: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for mention in row["mentions"]:
            if mention["named"]:
                surnames[row["scope"], mention["chain"]].add(_surname(mention["text"]))
    for row in rows:
        for mention in row["mentions"]:
            if words is not None and mention["text"].lower() in words.pronouns:
                chain = [m for m in row["mentions"] if m["chain"] == mention["chain"]]
                yield (
                    row["corpus"],
                    Meant(
                        row["id"],
                        mention["start"],
                        mention["text"].lower(),
                        frozenset(m["start"] for m in chain if m["named"]),
                        frozenset(surnames[row["scope"], mention["chain"]]),
                    ),
                )


def sampled(corpus: Corpus) -> Iterator[tuple[str, Meant]]:
    """The same of the sample that we read."""
    texts = dict(zip(corpus.ids, corpus.texts, strict=True))
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, at = texts[row["article"]], row["mention"]
        word = text[row["start"] : row["end"]].lower()
        found = frozenset() if at is None else frozenset([at])
        yield "polnear", Meant(row["article"], row["start"], word, found, frozenset())


def _surname(name: str) -> str:
    words = name.lower().replace("’", "'").removesuffix("'s").split()
    return words[-1] if words else ""


def _right(meant: Meant, cluster: Cluster) -> bool:
    return any(
        mention.start in meant.mentions or _surname(mention.text) in meant.surnames
        for mention in cluster.mentions
    )


def counts(
    corpus: Corpus, annotations: Sequence[Annotation], gold: Sequence[tuple[str, Meant]]
) -> tuple[Counter[tuple[str, str, str]], float, int]:
    """How many gold pronouns there are, how many were resolved and how many rightly, by half and
    corpus and by half and word; the seconds that it took, for how many tokens."""
    knowledge = Knowledge.load()
    asked: dict[str, list[tuple[str, Meant]]] = defaultdict(list)
    for title, meant in gold:
        asked[meant.article].append((title, meant))
    found: Counter[tuple[str, str, str]] = Counter()
    taken, tokens = 0.0, 0
    for key, text, annotation in zip(corpus.ids, corpus.texts, annotations, strict=True):
        if key not in asked:
            continue
        clusters = resolve(text, 0, annotation, knowledge).clusters
        mentions = names(clusters)
        said = quotes.utterances(text, 0, annotation, mentions)
        labels = portrayal.labels(text, annotation, mentions)
        begun = time.process_time()
        resolved = references(text, annotation, clusters, said, labels)
        taken += time.process_time() - begun
        tokens += len(annotation.tokens.starts)
        _count(found, asked[key], resolved, clusters)
    return found, taken, tokens


def _count(
    found: Counter[tuple[str, str, str]],
    asked: Sequence[tuple[str, Meant]],
    resolved: Sequence[Reference],
    clusters: Sequence[Cluster],
) -> None:
    owners = {mention.start: cluster for cluster in clusters for mention in cluster.mentions}
    given = {reference.start: owners[reference.mention] for reference in resolved}
    for title, meant in asked:
        half = "other" if hashlib.sha256(meant.article.encode()).digest()[0] % 2 else "tuned"
        for group in (title, meant.word):
            found[half, group, "gold"] += 1
            if meant.start in given:
                found[half, group, "resolved"] += 1
                found[half, group, "right"] += _right(meant, given[meant.start])


def main() -> int:
    """The exit code: 1 where the precision over all corpora is below what was asked."""
    if not EVAL.is_dir():
        print(f"The data to measure with is not here: {EVAL}")
        return 2
    found: Counter[tuple[str, str, str]] = Counter()
    seconds, tokens = 0.0, 0
    for name, gold in (("entities.jsonl", chained), ("quotes.jsonl", sampled)):
        corpus = Corpus.read(name)
        more, taken, size = counts(corpus, annotated(corpus.texts), list(gold(corpus)))
        found += more
        seconds, tokens = seconds + taken, tokens + size
    corpora = ("meantime", "ecbplus", "polnear")
    below = False
    print(f"{'':10s} {'half':6s} {'gold':>5s} {'resolved':>9s} {'precision':>9s} {'recall':>7s}")
    for group in [*corpora, *sorted({key[1] for key in found} - set(corpora)), "all"]:
        for half in ("tuned", "other"):
            groups = corpora if group == "all" else (group,)
            total, resolved, right = (
                sum(found[half, each, what] for each in groups)
                for what in ("gold", "resolved", "right")
            )
            precision, recall = right / max(1, resolved), right / max(1, total)
            print(f"{group:10s} {half:6s} {total:5d} {resolved:9d} {precision:9.3f} {recall:7.3f}")
            below = below or (group == "all" and precision < ASKED)
    print(f"{seconds / tokens * 1e6:.1f} µs a token")
    return int(below)


if __name__ == "__main__":
    raise SystemExit(main())
