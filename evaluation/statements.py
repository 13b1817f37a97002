"""`python -m evaluation.statements`: what the alignment of sentences notices, and what it confuses.

Sentences deleted from a copy, denied in it, or with a number changed; identical texts; and pairs of
sentences that are meant to deceive (`evaluation.sentence_pairs`). Totals and categories alone are
printed: nothing is ever tuned on those pairs.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from app.domain.annotation import AnalysisInput
from app.domain.comparison import Spot, TextToCompare
from app.domain.sections.statements import StatementSection
from app.domain.text import Span
from evaluation import sentence_pairs
from evaluation.changed_figures import Copy, copies
from evaluation.changed_quotes import carriers
from evaluation.compared_statements import Statements, crossed
from evaluation.corpora import rows_of

# What is asked for; None: reported only.
ASKED: Mapping[str, float | None] = {
    "deleted sentence under only": 0.98,
    "deleted sentence not shared": None,
    "denied sentence not the same": 0.98,
    "denied sentence differs": None,
    "changed number differs": 0.98,
    "changed number, nothing else differs": 0.98,
    "identical texts, all the same": 1.0,
    "unseen pairs, precision": 0.72,
    "unseen pairs, recall": 0.75,
    "unseen pairs alone, precision": None,
    "unseen pairs alone, recall": None,
    "traps, precision": 0.70,
    "traps, recall": 0.70,
    "traps of one thing differ": None,
    "French and English found": 0.80,
    "French and English, not confused": 0.70,
    "older paraphrases, precision": None,
    "older paraphrases, recall": None,
}
_AUXILIARIES = ("was", "were", "is", "are", "has", "have", "had", "will", "would", "could")


def figures(statements: Statements) -> dict[str, float]:
    """Every figure of `ASKED`, in 0..1."""
    found = [*changed(statements, carriers()), *deceiving(statements)]
    return dict(zip(ASKED, found, strict=True))


def changed(
    statements: Statements, texts: Sequence[TextToCompare], seed: int = 1
) -> Iterator[float]:
    """The first figures of `ASKED`: what is noticed of changes in copies of these texts."""
    random = Random(seed)
    of: Counter[str] = Counter()
    for text in (each.text for each in texts):
        (analysis,) = statements.analyse([AnalysisInput(text, 0, "en")])
        spans = [Span(each.start, each.end) for each in analysis.findings.sentences]
        of["texts"] += 1
        of["identical"] += _all_same(statements(text, text), spans)
        for span in random.sample(spans, min(6, len(spans))):
            section = statements(text, text[: span.start] + text[span.end :])
            told = {one.start for item in section.shared for one, _ in crossed(item)}
            of["deletions"] += 1
            of["deleted"] += any(each.spot.start == span.start for each in section.only["a"])
            of["not shared"] += span.start not in told
        for copy in _denied(text, spans, random):
            verdict = _told(statements(text, copy.text), copy.at)
            of["denials"] += 1
            of["not the same"] += "same" not in verdict
            of["denied"] += "negation" in verdict
        for copy in copies(statements.analyse, TextToCompare("a", text, language="en")):
            section = statements(text, copy.text)
            of["numbers"] += 1
            of["number"] += "number" in _told(section, copy.at)
            of["alone"] += not _differs_elsewhere(section, copy.at)
    yield of["deleted"] / of["deletions"]
    yield of["not shared"] / of["deletions"]
    yield of["not the same"] / of["denials"]
    yield of["denied"] / of["denials"]
    yield of["number"] / of["numbers"]
    yield of["alone"] / of["numbers"]
    yield of["identical"] / of["texts"]


def deceiving(statements: Statements) -> Iterator[float]:
    """The other figures of `ASKED`: what becomes of pairs that are meant to deceive."""
    unseen = rows_of(sentence_pairs.UNSEEN)
    for claims in (
        sentence_pairs.in_articles(statements, unseen),
        sentence_pairs.alone(statements, unseen)[0],
    ):
        yield from (claims.precision, claims.recall)
    claims, traps = sentence_pairs.alone(statements, rows_of(sentence_pairs.TRAPS))
    yield from (claims.precision, claims.recall)
    of_one_thing = [traps[category] for category in sentence_pairs.DIFFER]
    yield sum(each["differs"] for each in of_one_thing) / sum(map(Counter.total, of_one_thing))
    foreign = rows_of(sentence_pairs.CROSSLINGUAL)
    claims, _ = sentence_pairs.alone(statements, foreign, "fr en")
    yield from (claims.recall, 1 - claims.wrong / len(foreign))
    claims = sentence_pairs.in_articles(statements, rows_of(sentence_pairs.PARAPHRASES))
    yield from (claims.precision, claims.recall)


def _all_same(section: StatementSection, spans: Sequence[Span]) -> bool:
    """Whether every sentence is told to be the same as its copy, and nothing to differ or to
    stand alone."""
    told = {
        Span(one.start, one.end)
        for item in section.shared
        for one, other in crossed(item)
        if (one.start, one.end) == (other.start, other.end)
    }
    differs = any(item.kind == "differs" for item in section.shared)
    return told >= set(spans) and not differs and not any(section.only.values())


def _told(section: StatementSection, at: int) -> set[str]:
    """What is said of the sentences that have a character in both texts: "same", or in what they
    differ."""
    return {
        what
        for item in section.shared
        if any(_has(one, at) and _has(other, at) for one, other in crossed(item))
        for what in ([item.kind] if item.kind == "same" else [each.what for each in item.differs])
    }


def _differs_elsewhere(section: StatementSection, at: int) -> bool:
    """Whether sentences are told to differ of which the copy's is as it was."""
    return any(
        item.kind == "differs" and not _has(other, at)
        for item in section.shared
        for _, other in crossed(item)
    )


def _has(spot: Spot, at: int) -> bool:
    return spot.start <= at < spot.end


def _denied(text: str, spans: Sequence[Span], random: Random) -> Iterator[Copy]:
    """Copies of a text in each of which one sentence is denied: 'not' behind its auxiliary."""
    able = []
    for each in spans:
        for word in _AUXILIARIES:
            at = text.find(f" {word} ", each.start, each.end)
            behind = text[at + len(word) + 2 :]
            if at >= 0 and not behind.startswith(("not ", "never ", "no ", "n't")):
                able.append(at + len(word) + 1)
                break
    for at in random.sample(able, min(4, len(able))):
        yield Copy(f"{text[:at]} not{text[at:]}", at)


def main() -> int:
    """The exit code: 1 where less is reached than was asked."""
    statements = Statements()
    reached = figures(statements)
    for name, value in reached.items():
        asked = ASKED[name]
        print(f"{name:36s} {value:.3f} {'' if asked is None else f'{asked:6.2f}'}")
    _, traps = sentence_pairs.alone(statements, rows_of(sentence_pairs.TRAPS))
    for category, verdicts in sorted(traps.items()):
        told = ", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items()))
        print(f"traps, {category}: {told}")
    return int(any(reached[name] < asked for name, asked in ASKED.items() if asked is not None))


if __name__ == "__main__":
    raise SystemExit(main())
