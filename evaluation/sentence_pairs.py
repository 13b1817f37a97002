"""Pairs of sentences that are meant to deceive: the same said otherwise, and something else in much
the same words. Only `kind: same` counts as a claim that two sentences report one thing.

Rows have a `sentence`, the `same` said otherwise, and an `other` about the same thing: the
opposite, another actor, another fact. `unseen_pairs.jsonl` was written, in the style of news, by
somebody who had read neither the word lists nor the code nor any other pair; `traps.jsonl` and
`crosslingual.jsonl` (a French sentence, the others English) lie with the shared data. Nothing is
ever tuned on these three: no word, no threshold, no error of them read to mend the alignment.
`paraphrases.jsonl` is older and by the hand that wrote the first word lists: a figure, no more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Literal

from app.domain.sections.statements import StatementSection
from evaluation.compared_statements import Statements, crossed
from evaluation.corpora import EVAL

PARAPHRASES = Path(__file__).with_name("paraphrases.jsonl")
UNSEEN = Path(__file__).with_name("unseen_pairs.jsonl")
TRAPS, CROSSLINGUAL = EVAL / "traps.jsonl", EVAL / "crosslingual.jsonl"
# Traps that are about one thing: they should be told as a difference.
DIFFER = ("opposite", "denial", "number")
# Sentences of a made-up article.
_SENTENCES = 16

type Row = Mapping[str, str]
type Verdict = Literal["same", "differs", "neither"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What was claimed to be the same: of `positives` pairs `found`, and `wrong` ones."""

    positives: int
    found: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share of claims that are right."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the pairs that is found."""
        return self.found / max(1, self.positives)


def in_articles(statements: Statements, rows: Sequence[Row]) -> Claims:
    """The pairs as made-up articles: sixteen sentences beside all that say the same, and beside
    all that say something else. Every claim but that of a pair that is the same is wrong."""
    found = wrong = 0
    for some in batched(rows, _SENTENCES):
        true = {(row["sentence"], row["same"]) for row in some}
        for kind in ("same", "other"):
            claims = _same(
                statements(
                    " ".join(row["sentence"] for row in some), " ".join(row[kind] for row in some)
                )
            )
            found += len(claims & true)
            wrong += len(claims - true)
    return Claims(len(rows), found, wrong)


def alone(
    statements: Statements, rows: Sequence[Row], languages: str = "en en"
) -> tuple[Claims, Mapping[str, Counter[Verdict]]]:
    """Each pair as two articles of one sentence; and what is said of the sentences that say
    something else, by category."""
    found = wrong = 0
    traps: dict[str, Counter[Verdict]] = {}
    for row in rows:
        found += _verdict(statements(row["sentence"], row["same"], languages)) == "same"
        verdict = _verdict(statements(row["sentence"], row["other"], languages))
        wrong += verdict == "same"
        traps.setdefault(row.get("cat", "all"), Counter())[verdict] += 1
    return Claims(len(rows), found, wrong), traps


def _same(section: StatementSection) -> set[tuple[str, str]]:
    return {
        (one.text, other.text)
        for item in section.shared
        if item.kind == "same"
        for one, other in crossed(item)
    }


def _verdict(section: StatementSection) -> Verdict:
    kinds = {item.kind for item in section.shared}
    if "same" in kinds:
        return "same"
    return "differs" if kinds else "neither"
