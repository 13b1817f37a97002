"""What thirty lines reach: the cosine of word weights, every sentence free to match several, and
under 'only' what is least alike. The alignment must be worth its weights beside that."""

from collections import Counter
from collections.abc import Mapping
from math import log
from typing import Any

from app.compare.statements.omission import tells
from evaluation.aligned import ReadPair

_ALIKE = 0.25


def predicted(pair: ReadPair) -> Mapping[str, Any]:
    """The row that `score_alignment.py` reads."""
    statements = pair.statements
    held = Counter(stem for each in statements for stem in set(each.stems))
    weight = {stem: log((1 + len(statements)) / count) for stem, count in held.items()}
    norm = [sum(weight[stem] ** 2 for stem in set(each.stems)) ** 0.5 for each in statements]
    spans = [[each.sentence.start, each.sentence.end] for each in statements]
    aligned, best = [], [0.0] * len(statements)
    for one in range(pair.border):
        for other in range(pair.border, len(statements)):
            common = set(statements[one].stems) & set(statements[other].stems)
            product = norm[one] * norm[other]
            alike = sum(weight[stem] ** 2 for stem in common) / product if product else 0.0
            best[one], best[other] = max(best[one], alike), max(best[other], alike)
            if alike >= _ALIKE:
                aligned.append([spans[one], spans[other]])
    row: dict[str, Any] = {"pair": pair.gold["pair"], "aligned": aligned}
    for side, places in enumerate((range(pair.border), range(pair.border, len(statements)))):
        alone = [p for p in places if best[p] < _ALIKE and tells(statements[p])]
        row[f"only_{'ab'[side]}"] = [spans[p] for p in sorted(alone, key=lambda p: best[p])]
    return row
