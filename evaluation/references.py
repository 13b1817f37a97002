"""`python -m evaluation.references`: are pronouns and descriptions given to the name they mean?

Gold are the pronouns, and the descriptions that open with an article, of MEANTIME's and ECB+'s
chains; beside them `gold_references.jsonl`, read by us, each row with the start of a mention of
whom it means (null: somebody whom the text does not name, or not there). Its pronouns are a random
sample of PolNeAR's; its descriptions (`judged`) are of those that were resolved, in all three
corpora: they tell the precision, and nothing of how many are found. A pronoun of a chain without a
name counts against whatever it is given to. `tuned` are the articles that weights were tried on,
`other` the rest, parted by the hash of their ids.
"""

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.annotate import portrayal, quotes
from app.annotate.references import genders, references
from app.annotate.references.language import reference_words
from app.domain.annotation import Annotation, Cluster
from app.domain.reference import Reference
from app.resolve.knowledge import Knowledge
from app.resolve.within import resolve
from app.services.text_findings import names
from evaluation.annotated import annotated
from evaluation.corpora import EVAL, Corpus, rows_of

GOLD = Path(__file__).with_name("gold_references.jsonl")
ASKED = 0.9


@dataclass(frozen=True, slots=True)
class Meant:
    """A gold reference: where it starts, what it is (a pronoun by its word), where names of whom it
    means do, and their last words."""

    article: str
    start: int
    kind: str
    word: str
    mentions: frozenset[int]
    surnames: frozenset[str]


def chained(corpus: Corpus) -> Iterator[tuple[str, Meant]]:
    """The corpus and the gold of each pronoun and definite description in a chain. Descriptions are
    of a chain with a name, and one at a place: the shortest."""
    rows = rows_of(corpus.path)
    surnames: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for mention in row["mentions"]:
            if mention["named"]:
                surnames[row["scope"], mention["chain"]].add(_surname(mention["text"]))
    for row in rows:
        at: set[int] = set()
        for mention in sorted(row["mentions"], key=lambda m: (m["start"], m["end"])):
            chain = [m for m in row["mentions"] if m["chain"] == mention["chain"]]
            kind = _kind(mention, chain)
            if kind is None or mention["start"] in at:
                continue
            at.add(mention["start"])
            yield (
                row["corpus"],
                Meant(
                    row["id"],
                    mention["start"],
                    kind,
                    mention["text"].lower() if kind == "pronoun" else "the ...",
                    frozenset(m["start"] for m in chain if m["named"]),
                    frozenset(surnames[row["scope"], mention["chain"]]),
                ),
            )


def _kind(mention: dict[str, Any], chain: Sequence[dict[str, Any]]) -> str | None:
    words = reference_words("en")
    text = mention["text"].lower()
    if words is not None and text in words.pronouns:
        return "pronoun"
    named = any(each["named"] for each in chain)
    is_open = text.startswith(("the ", "this ")) and not mention["named"]
    return "description" if named and is_open else None


def sampled(corpus: Corpus) -> Iterator[tuple[str, Meant]]:
    """The same of what we read in a corpus."""
    texts = dict(zip(corpus.ids, corpus.texts, strict=True))
    # The sample has rows of other corpora too.
    for row in rows_of(GOLD):
        if row["article"] not in texts:
            continue
        text, at, kind = texts[row["article"]], row["mention"], row["kind"]
        word = text[row["start"] : row["end"]].lower() if kind == "pronoun" else "the ..."
        found = frozenset() if at is None else frozenset([at])
        title = "polnear" if kind == "pronoun" else "judged"
        yield title, Meant(row["article"], row["start"], kind, word, found, frozenset())


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
        clusters = resolve(text, 0, annotation, knowledge)
        mentions = names(clusters)
        labels = portrayal.Portrait(text, annotation, mentions).labels
        told = genders(text, clusters, labels, annotation.language)
        said = quotes.utterances(text, 0, annotation, mentions, told)
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
        for group in (f"{title} {meant.kind}s", meant.word, f"all {meant.kind}s"):
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
    for name in ("entities.jsonl", "quotes.jsonl"):
        corpus = Corpus.read(name)
        gold = [*(chained(corpus) if name == "entities.jsonl" else ()), *sampled(corpus)]
        more, taken, size = counts(corpus, annotated(corpus.texts), gold)
        found += more
        seconds, tokens = seconds + taken, tokens + size
    below = False
    print(f"{'':24s} {'half':6s} {'gold':>5s} {'resolved':>9s} {'precision':>9s} {'recall':>7s}")
    for group in sorted({key[1] for key in found}):
        for half in ("tuned", "other"):
            total, resolved, right = (
                found[half, group, what] for what in ("gold", "resolved", "right")
            )
            precision, recall = right / max(1, resolved), right / max(1, total)
            print(f"{group:24s} {half:6s} {total:5d} {resolved:9d} {precision:9.3f} {recall:7.3f}")
            below = below or (group.startswith("all ") and precision < ASKED)
    print(f"{seconds / tokens * 1e6:.1f} µs a token")
    return int(below)


if __name__ == "__main__":
    raise SystemExit(main())
