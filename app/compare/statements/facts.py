"""Pairs of sentences to facts: groups in which every sentence of one side is paired with every one
of the others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

type Pair = tuple[int, int]


def groups(pairs: Mapping[Pair, float], sides: Sequence[int]) -> list[list[int]]:
    """Groups of sentences, each in order, that cover all pairs: within a group every two sentences
    of different sides are a pair. No chain is closed: where a pairs with b and b with c, but not a
    with c, there are two groups. A sentence may stand in several.

    `pairs` has for each the probability, by which a group takes in the surest first; `sides` the
    side of each sentence. Time grows with the pairs, and with the sizes of the groups.
    """
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), probability in pairs.items():
        near[one][other] = near[other][one] = probability
    covered: set[Pair] = set()
    found = []
    for pair in sorted(pairs, key=lambda each: (-pairs[each], each)):
        if pair in covered:
            continue
        group = _grown(pair, near, sides)
        covered.update(
            (min(one, other), max(one, other))
            for one in group
            for other in group
            if sides[one] != sides[other]
        )
        found.append(sorted(group))
    return found


def _grown(
    pair: Pair, near: Mapping[int, Mapping[int, float]], sides: Sequence[int]
) -> Sequence[int]:
    """The pair with all sentences that are paired with every one of another side in the group, the
    surest first."""
    group: list[int] = []
    # For each sentence that may come in its least probability with those that are in.
    open_: dict[int, float] = {}
    for first in pair:
        _add(first, group, open_, near, sides)
    while open_:
        surest = min(open_, key=lambda each: (-open_[each], each))
        _add(surest, group, open_, near, sides)
    return group


def _add(
    one: int,
    group: list[int],
    open_: dict[int, float],
    near: Mapping[int, Mapping[int, float]],
    sides: Sequence[int],
) -> None:
    open_.pop(one, None)
    pairs = near[one]
    for other in [each for each in open_ if sides[each] != sides[one]]:
        if other in pairs:
            open_[other] = min(open_[other], pairs[other])
        else:
            del open_[other]
    for other, probability in pairs.items():
        # Who is paired with one that came in before has been looked at then.
        if other not in group and all(sides[member] == sides[other] for member in group):
            open_.setdefault(other, probability)
    group.append(one)
