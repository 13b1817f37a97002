"""A claim on one side and its denial on another.

The two share few words, so no likeness finds them. But who denies something usually says so beside
the accusation, and other sides tell that accusation too: what reports the same as the accusation
is denied as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from app.compare.statements.differences import Found
from app.compare.statements.facts import Pair
from app.compare.statements.features import Floats
from app.compare.statements.reading import Reading, Readings

# A denial is of the accusations of its article that are most alike to it, and so alike at least.
_ACCUSATIONS, _ALIKE = 2, 0.1


class Denial(NamedTuple):
    """A sentence that denies and one of another side that claims: the pair, in order, the words
    that deny and the claim, and the pair of accusation and claim by which they were found."""

    pair: Pair
    found: Found
    by: Pair


def denials(
    readings: Readings,
    articles: Iterable[slice],
    within: Callable[[slice], Floats],
    same: Mapping[Pair, float],
) -> Iterator[Denial]:
    """The denials of what other sides report. `articles` are the ranges of the sentences of each
    article, `within` tells how alike those of one are to each other, `same` are the pairs that
    report one thing."""
    partners: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in same:
        partners[one].append(other)
        partners[other].append(one)
    for article in articles:
        places = range(article.start, article.stop)
        accusing = [place for place in places if partners[place] and _accuses(readings[place])]
        denying = [place for place in places if accusing and _denies(readings[place])]
        if not denying:
            continue
        alike = within(article)
        for place in denying:
            near = {
                other: float(alike[place - article.start, other - article.start])
                for other in accusing
                if readings[other].names & readings[place].names
            }
            ranked = sorted(near, key=lambda other: (-near[other], other))
            for accusation in ranked[:_ACCUSATIONS]:
                if near[accusation] < _ALIKE:
                    break
                for claim in partners[accusation]:
                    if not _denies(readings[claim]):
                        yield _denial(readings, place, claim, accusation)


def _denies(of: Reading) -> bool:
    return bool(of.keys & of.lists.denial)


def _accuses(of: Reading) -> bool:
    return bool(of.keys & of.lists.accusing) and not _denies(of)


def _denial(readings: Readings, place: int, claim: int, accusation: int) -> Denial:
    denying = readings[place]
    spans = denying.having(denying.keys & denying.lists.denial), readings[claim].whole
    first = place < claim
    return Denial(
        (min(place, claim), max(place, claim)),
        Found("negation", *(spans if first else spans[::-1])),
        (min(accusation, claim), max(accusation, claim)),
    )
