"""Pairs chosen one to one, so that what they score together is the most there is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

# Components larger than this (pairs) are paired greedily: the exact way takes cubic time.
_EXACT = 40_000


def assign(scores: Mapping[tuple[int, int], float]) -> Iterator[tuple[int, int]]:
    """The pairs `(row, column)` of the best assignment (Kuhn 1955, Crouse 2016), each row and each
    column in one at most; only pairs that have a score, which is above 0."""
    for part in _components(scores):
        rows = sorted({row for row, _ in part})
        columns = sorted({column for _, column in part})
        if len(part) == 1:
            yield part[0]
        elif len(rows) * len(columns) <= _EXACT:
            yield from _exact(part, rows, columns, scores)
        else:
            yield from _greedy(part, scores)


def _exact(
    part: list[tuple[int, int]],
    rows: list[int],
    columns: list[int],
    scores: Mapping[tuple[int, int], float],
) -> Iterator[tuple[int, int]]:
    # Here, for they take a third of a second that a process without comparisons need not spend.
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(columns)}
    table = np.zeros((len(rows), len(columns)))
    for row, column in part:
        table[row_at[row], column_at[column]] = scores[row, column]
    for row, column in zip(*linear_sum_assignment(table, maximize=True), strict=True):
        if table[row, column] > 0:
            yield rows[row], columns[column]


def _greedy(
    part: list[tuple[int, int]], scores: Mapping[tuple[int, int], float]
) -> Iterator[tuple[int, int]]:
    rows: set[int] = set()
    columns: set[int] = set()
    for row, column in sorted(part, key=lambda pair: (-scores[pair], pair)):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield row, column


def _components(scores: Mapping[tuple[int, int], float]) -> Iterator[list[tuple[int, int]]]:
    """The pairs in parts that share no row and no column, each in order."""
    of_row: defaultdict[int, list[int]] = defaultdict(list)
    of_column: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in scores:
        of_row[row].append(column)
        of_column[column].append(row)
    seen: set[int] = set()
    for first in sorted(of_row):
        if first in seen:
            continue
        seen.add(first)
        rows, waiting, columns = [], [first], set[int]()
        while waiting:
            row = waiting.pop()
            rows.append(row)
            for column in of_row[row]:
                if column not in columns:
                    columns.add(column)
                    for other in of_column[column]:
                        if other not in seen:
                            seen.add(other)
                            waiting.append(other)
        yield sorted((row, column) for row in rows for column in of_row[row])
