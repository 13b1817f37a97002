"""Pairs of real articles whose sentences people set against each other, as the alignment sees them.

Gold of two hands: `../shared/eval/alignment.jsonl`, and `gold_alignment.jsonl` beside this file, 17
pairs of other stories that three readers read who had seen nothing of the method (offsets and
numbers, no text). A sentence of ours stands for the sentence of the gold that it overlaps most.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.annotate.vectors import SentenceEncoder
from app.compare.statements.features import Floats, Table, Weigher
from app.compare.statements.sentences import Statement, statements_of
from app.domain.comparison import EvidenceSource, Side, TextToCompare
from app.services.pipeline import Analyser
from app.services.texts import text_sides
from evaluation.corpora import EVAL, rows_of

SHARED_GOLD = EVAL / "alignment.jsonl"
OWN_GOLD = Path(__file__).with_name("gold_alignment.jsonl")

type Grades = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ReadPair:
    """Two articles that were read: the row of the gold, the story, our sentences of both (those of
    the second from `border` on), and for each the number of the gold's sentence; -1 for none."""

    gold: Mapping[str, Any]
    story: str
    open_half: bool
    sides: Sequence[Side]
    source: EvidenceSource
    statements: Sequence[Statement]
    border: int
    places: Sequence[int]

    def table(self, *, words: bool = True) -> Table:
        """The features of all pairs of sentences; without `words` as for two languages."""
        first, second = slice(0, self.border), slice(self.border, len(self.statements))
        return Weigher(self.statements, words=words).table(first, second)

    def grades(self, table: Table) -> Grades:
        """For each row of a table the gold's grade: 2 (the same fact), 1 (a part), 0."""
        grade = {(one, other): value for one, other, value in self.gold["aligned"]}
        return np.array(
            [
                grade.get((self.places[row], self.places[column]), 0)
                for row, column in zip(table.rows, table.columns, strict=True)
            ],
            np.int64,
        )

    def partnered(self, place: int) -> bool:
        """Whether the gold has a partner of any grade for one of our sentences."""
        side = int(place >= self.border)
        return any(pair[side] == self.places[place] for pair in self.gold["aligned"])


def read_pairs(analyser: Analyser, *, vectors: bool = True) -> list[ReadPair]:
    """All pairs of the gold, the shared half first."""
    rows = {row["id"]: row for row in rows_of(EVAL / "stories.jsonl")}
    encoder = SentenceEncoder() if vectors else None
    found = []
    for path in (SHARED_GOLD, OWN_GOLD):
        for gold in rows_of(path):
            articles = [rows[gold[side]] for side in "ab"]
            texts = [
                TextToCompare(side, row["text"], row["title"] or None, None, "en")
                for side, row in zip("ab", articles, strict=True)
            ]
            brought = text_sides(texts, analyser.analyse, encoder)
            statements = statements_of(brought.sides, brought.source.texts([0, 1]))
            border = sum(each.side == 0 for each in statements)
            found.append(
                ReadPair(
                    gold,
                    articles[0]["story"],
                    path == SHARED_GOLD,
                    brought.sides,
                    brought.source,
                    statements,
                    border,
                    [_place(each, gold[f"sentences_{'ab'[each.side]}"]) for each in statements],
                )
            )
    return found


def gold_hash() -> str:
    """The SHA-256 of both files of the gold."""
    digest = hashlib.sha256()
    for path in (SHARED_GOLD, OWN_GOLD):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fitted(values: Floats, right: NDArray[np.bool_], strength: float = 1.0) -> tuple[float, Floats]:
    """The base and the weights of a logistic regression, ridge penalty on standardised features,
    by Newton's method."""
    mean, scale = values.mean(axis=0), values.std(axis=0)
    scale[scale == 0] = 1.0
    rows = np.column_stack([np.ones(len(values)), (values - mean) / scale])
    penalty = np.diag([0.0, *np.full(values.shape[1], 1 / strength)])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (right - chance) - penalty @ weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-10:
            break
    of = weights[1:] / scale
    return float(weights[0] - of @ mean), of


def _place(each: Statement, sentences: Sequence[Sequence[int]]) -> int:
    at = each.sentence
    overlaps = [min(end, at.end) - max(start, at.start) for start, end in sentences]
    best = max(overlaps, default=0)
    return overlaps.index(best) if best > 0 else -1
