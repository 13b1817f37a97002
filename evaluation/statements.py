"""`python -m evaluation.statements`: what the alignment of sentences notices, and what it confuses.

Sentences deleted from a copy, sentences denied in a copy, and pairs of our own words
(`paraphrases.jsonl`): a sentence, the same said otherwise, and something else about the same
thing (the opposite, another actor, another fact). The errors of half of the pairs, chosen by a
hash, were read when the floor was chosen ("tuned"). The other half is no unseen one: whoever wrote
the pairs wrote the word lists too, and many words stand in both. Neither says what strangers' text
gives.

Nearest to that is the corpus "unseen" (`unseen_pairs.jsonl`, rows of the same shape: 60 pairs that
are the same, 60 that are not). Its sentences are as news reports have them, and were written in our
own words by somebody who had read neither the word lists, nor the code of the alignment, nor the
other pairs; all were written before any was measured, and none was changed after. Nothing is ever
tuned on it: no word, no threshold, no error of it read to mend the alignment.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from random import Random

from app.domain.annotation import AnalysisInput
from app.domain.compared_statements import StatementSection
from app.domain.comparison import TextToCompare
from app.services.analyse import Analyser
from app.services.compare import MAX_TOP, compare_texts
from evaluation.annotated import MODELS
from evaluation.changed_quotes import carriers
from evaluation.corpora import rows_of

PAIRS = Path(__file__).with_name("paraphrases.jsonl")
UNSEEN = Path(__file__).with_name("unseen_pairs.jsonl")
ASKED = {"deleted": 0.95, "denied": 0.95, "identical": 1.0, "precision": 0.9, "recall": 0.7}
# Sentences of a made-up article.
_SENTENCES = 16
_AUXILIARIES = ("was", "were", "is", "are", "has", "have", "had", "will", "would", "could")


@dataclass(frozen=True, slots=True)
class Pairs:
    """What became of pairs: of `positives`, `found` were aligned; `wrong` alignments in all."""

    positives: int
    found: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share of alignments that are right."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """The share of paraphrases that are aligned."""
        return self.found / max(1, self.positives)


def paraphrases(analyser: Analyser) -> dict[str, Pairs]:
    """What became of the pairs of each corpus: "tuned", "other", these two together ("both"), and
    "unseen"."""
    halves: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    for row in rows_of(PAIRS):
        halves[zlib.crc32(str(row["id"]).encode()) % 2 == 0].append(row)
    tuned, other = _pairs(analyser, halves[True]), _pairs(analyser, halves[False])
    both = Pairs(
        tuned.positives + other.positives, tuned.found + other.found, tuned.wrong + other.wrong
    )
    unseen = _pairs(analyser, rows_of(UNSEEN))
    return {"tuned": tuned, "other": other, "both": both, "unseen": unseen}


def _pairs(analyser: Analyser, rows: Sequence[Mapping[str, str]]) -> Pairs:
    found = wrong = 0
    for some in batched(rows, _SENTENCES):
        for kind in ("same", "other"):
            section = _compare(
                analyser,
                " ".join(row["sentence"] for row in some),
                " ".join(row[kind] for row in some),
            )
            for one, two in _aligned(section):
                right = any(one == row["sentence"] and two == row["same"] for row in some)
                found += right
                wrong += not right
    return Pairs(len(rows), found, wrong)


def changed(analyser: Analyser, texts: Sequence[TextToCompare], seed: int = 1) -> dict[str, float]:
    """The shares (0..1) of deleted sentences that are reported as one-sided, of denied ones that
    are not aligned, and of sentences of identical texts that are."""
    random = Random(seed)
    counts = dict.fromkeys(("deleted", "of deleted", "denied", "of denied"), 0)
    aligned = every = 0
    for text in texts:
        section = _compare(analyser, text.text, text.text)
        aligned += len(section.shared)
        every += len(section.shared) + len(section.only["a"])
        (analysis,) = analyser.analyse([AnalysisInput(text.text, 0, text.language)])
        spans = [(each.start, each.end) for each in analysis.findings.sentences]
        for start, end in random.sample(spans, min(6, len(spans))):
            copy = text.text[:start] + text.text[end:]
            only = _compare(analyser, text.text, copy).only["a"]
            counts["of deleted"] += 1
            counts["deleted"] += any(each.spot.start == start for each in only)
        for start, end, copy in _denied(text.text, spans, random):
            only = _compare(analyser, text.text, copy).only["a"]
            counts["of denied"] += 1
            counts["denied"] += any(
                start <= each.spot.start < end or each.spot.start <= start < each.spot.end
                for each in only
            )
    return {
        "deleted": counts["deleted"] / counts["of deleted"],
        "denied": counts["denied"] / counts["of denied"],
        "identical": aligned / every,
    }


def _denied(
    text: str, spans: Sequence[tuple[int, int]], random: Random
) -> Iterator[tuple[int, int, str]]:
    """Copies of a text in each of which one sentence is denied: 'not' behind its auxiliary."""
    able = []
    for start, end in spans:
        for word in _AUXILIARIES:
            at = text.find(f" {word} ", start, end)
            behind = text[at + len(word) + 2 :]
            if at >= 0 and not behind.startswith(("not ", "never ", "no ", "n't")):
                able.append((start, end, at + len(word) + 1))
                break
    for start, end, at in random.sample(able, min(4, len(able))):
        yield start, end, f"{text[:at]} not{text[at:]}"


def _compare(analyser: Analyser, one: str, other: str) -> StatementSection:
    answer, _ = compare_texts(
        [TextToCompare("a", one), TextToCompare("b", other)],
        analyser.analyse,
        sections=["statements"],
        top=MAX_TOP,
    )
    assert answer.statements is not None
    return answer.statements


def _aligned(section: StatementSection) -> Iterator[tuple[str, str]]:
    for each in section.shared:
        for one in each.sides["a"]:
            for other in each.sides["b"]:
                yield one.text, other.text


def main() -> int:
    """The exit code: 1 where less is reached than was asked."""
    analyser = Analyser(MODELS, "en")
    reached: Mapping[str, float] = changed(analyser, carriers())
    for name, value in reached.items():
        print(f"{name:28s} {value:.3f} {ASKED[name]:6.2f}")
    faults = any(value < ASKED[name] for name, value in reached.items())
    for where, pairs in paraphrases(analyser).items():
        print(f"paraphrases ({where}), precision {pairs.precision:.3f} {ASKED['precision']:6.2f}")
        print(f"paraphrases ({where}), recall    {pairs.recall:.3f} {ASKED['recall']:6.2f}")
        faults |= pairs.precision < ASKED["precision"] or pairs.recall < ASKED["recall"]
    return int(faults)


if __name__ == "__main__":
    raise SystemExit(main())
