"""Predicted pairs of sentences scored by the shared script, with bootstrap intervals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from app.compare.copies import Copies
from app.compare.shared_quotes import shared_quotes
from app.compare.statements.model import Model
from app.compare.statements.omission import ALONE
from app.compare.statements.section import statement_section
from app.domain.limits import MAX_TOP
from app.domain.sections.statements import SharedStatement
from evaluation.aligned import ReadPair
from evaluation.corpora import scorer

_DRAWS = 2_000

type Row = Mapping[str, Any]
type Counts = Mapping[str, int]
type Figures = Mapping[str, float]


class Interval(NamedTuple):
    """Where 95 of 100 draws of pairs of articles put a figure."""

    low: float
    high: float


def predicted(pair: ReadPair, model: Model, *, apart: float | None = None) -> Row:
    """What the section `statements` says of two articles, in the form that the script reads. With
    `apart` what stands alone is decided by that probability."""
    section = statement_section(
        pair.sides,
        pair.source,
        copies=Copies(pair.sides),
        quoted=lambda: shared_quotes(pair.sides, pair.source),
        evidence=0,
        top=MAX_TOP,
        unclear=apart is not None,
        model=model,
    )
    row: dict[str, Any] = {"pair": pair.gold["pair"], "aligned": [], "differ": []}
    for item in section.shared:
        if item.kind == "same":
            row["aligned"] += _crossed(item)
        else:
            row["differ"] += [[*two, item.differs[0].what] for two in _crossed(item)]
    for key in "ab":
        own = section.only[key]
        if apart is not None and section.unclear_items is not None:
            # Above the threshold what is unclear has words of another side: that stays so.
            between = [e for e in section.unclear_items[key] if e.confidence < ALONE]
            every = sorted((*own, *between), key=lambda each: -each.importance)
            own = tuple(each for each in every if each.confidence >= apart)
        row[f"only_{key}"] = [[each.spot.start, each.spot.end] for each in own]
    return row


def counted(gold: Iterable[Mapping[str, Any]], rows: Iterable[Row]) -> list[Counts]:
    """The script's counts for each pair of articles of the gold."""
    script = scorer("score_alignment.py")
    by_pair = {row["pair"]: row for row in rows}
    found: list[Counts] = []
    for each in gold:
        counts: dict[str, int] = {}
        script.score_pair(each, by_pair[each["pair"]], counts)
        found.append(counts)
    return found


def figures(counts: Iterable[Counts]) -> Figures:
    """The script's figures (0..1) of all these pairs together; 0 for what cannot be divided."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    summary = scorer("score_alignment.py").summary(total)
    return {name: value or 0.0 for name, value in summary.items()}


def intervals(counts: Sequence[Counts], names: Iterable[str]) -> dict[str, Interval]:
    """The bootstrap's percentile intervals, drawn over pairs of articles."""
    draws: dict[str, list[float]] = {name: [] for name in names}
    for drawn in _draws(counts):
        reached = figures(drawn)
        for name, values in draws.items():
            values.append(reached[name])
    return {name: _middle(sorted(values)) for name, values in draws.items()}


def _draws(counts: Sequence[Counts]) -> Iterator[list[Counts]]:
    random = Random(1)
    for _ in range(_DRAWS):
        yield random.choices(counts, k=len(counts))


def _middle(values: Sequence[float]) -> Interval:
    cut = len(values) // 40
    return Interval(values[cut], values[-cut - 1])


def _crossed(item: SharedStatement) -> list[list[list[int]]]:
    return [
        [[one.start, one.end], [other.start, other.end]]
        for one in item.sides["a"]
        for other in item.sides["b"]
    ]
