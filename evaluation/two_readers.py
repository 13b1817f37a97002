"""How far two people agree who read the same articles: the ceiling of what can be asked.

`gold_alignment_second.jsonl` has second readings of two pairs of `gold_alignment.jsonl`, by a
reader who had not seen the first.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.aligned import OWN_GOLD
from evaluation.corpora import rows_of

SECOND = Path(__file__).with_name("gold_alignment_second.jsonl")

type Pairs = set[tuple[str, int, int]]


class Agreement(NamedTuple):
    """F1 (0..1) of the pairs of sentences of two readings: of any grade, and of grade 2."""

    any_grade: float
    grade_2: float


def agreement() -> Agreement:
    """That of the two readers, over all pairs of articles that both read."""
    second = rows_of(SECOND)
    both = {row["pair"] for row in second}
    first = [row for row in rows_of(OWN_GOLD) if row["pair"] in both]
    return Agreement(*(_f1(_pairs(first, least), _pairs(second, least)) for least in (1, 2)))


def _pairs(rows: Iterable[Mapping[str, Any]], least: int) -> Pairs:
    return {
        (row["pair"], one, other)
        for row in rows
        for one, other, grade in row["aligned"]
        if grade >= least
    }


def _f1(one: Pairs, other: Pairs) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))
