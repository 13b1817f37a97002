"""The words, names and years that tell an article from others, weighted.

A term weighs by how often it stands in the text (saturating as in BM25; Robertson et al. 1994), by
how rare it is in the language, by how early it first appears, and more where it is part of a name.
How rare a word is comes from counts that ship with the project, not from the collection: so a
profile depends on its article alone, whatever came before. A year that the text names weighs like
two rare words: two elections, two awards are alike but for their years.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from app.domain.annotation import Cluster, Term
from app.domain.names import name_key
from app.domain.story import NAME_MARK, UNIT, YEAR_MARK, Profile

VERSION = "3"
# Keys of one profile; more of them changed nothing on the public data.
KEYS = 64
# BM25's k1: a word that stands ten times weighs about twice as much as one that stands once.
_SATURATION = 1.2
# Shares of all content words: what is rarer than one in a million counts as that rare, and what
# is more common than one in 400 tells nothing.
_RAREST, _COMMON = 1e-6, 1 / 400
# A word of the first line weighs three times one far down; the advantage falls to a third of
# itself in 400 code points, which is where a lead ends.
_LEAD, _LEAD_LENGTH = 2.0, 400.0
# A word that is part of a name, and the name as a whole beside its words: that is what joins
# 'IS' and 'Islamic State'.
_IN_NAME, _WHOLE_NAME = 1.5, 0.4
# Years that are no part of a larger number, an amount or a span; how many of them are kept, and
# their weight: the middle of a plateau from 1.8 to 2.2.
_YEAR = re.compile(r"(?<![\w.,$£€-])(?:19|20)\d\d(?![\w-]|[.,]\d)")
_YEARS, _YEAR_SHARE, _YEAR_WEIGHT = 4, 1e-4, 2.0


def profile(
    text: str, terms: Iterable[Term], clusters: Sequence[Cluster], shares: Mapping[str, float]
) -> Profile:
    """What an article is about. `terms` are the words of the text, `clusters` its names;
    `shares` say how common lemmas are in its language (0..1 of all content words; empty where
    nobody counted them)."""
    spans = sorted((each.start, each.end) for found in clusters for each in found.mentions)
    weights: dict[str, float] = {}
    for term in terms:
        share = shares.get(term.lemma, 0.0)
        if share <= _COMMON:
            named = _IN_NAME if any(_within(spans, *span) for span in term.spans) else 1.0
            first = min(start for start, _ in term.spans)
            weights[term.lemma] = named * _weight(len(term.spans), share, first)
    for name, starts in _names(clusters).items():
        share = min(shares.get(word, 0.0) for word in name.split())
        weights[NAME_MARK + name] = _WHOLE_NAME * _weight(len(starts), share, min(starts))
    best = [*_heaviest(weights, KEYS), *_heaviest(_years(text), _YEARS)]
    length = math.sqrt(sum(weight * weight for _, weight in best))
    return Profile(
        tuple(key for key, _ in best), tuple(round(UNIT * weight / length) for _, weight in best)
    )


def _heaviest(weights: Mapping[str, float], most: int) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]


def _years(text: str) -> dict[str, float]:
    starts: dict[str, list[int]] = {}
    for match in _YEAR.finditer(text):
        starts.setdefault(YEAR_MARK + match.group(), []).append(match.start())
    return {
        year: _YEAR_WEIGHT * _weight(len(found), _YEAR_SHARE, found[0])
        for year, found in starts.items()
    }


def _weight(count: int, share: float, first: int) -> float:
    often = (_SATURATION + 1) * count / (count + _SATURATION)
    rare = -math.log(max(share, _RAREST))
    early = 1 + _LEAD * math.exp(-first / _LEAD_LENGTH)
    return often * rare * early


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_right(spans, (start, math.inf)) - 1
    return place >= 0 and end <= spans[place][1]


def _names(clusters: Sequence[Cluster]) -> dict[str, list[int]]:
    """Where each name's mentions start."""
    found: dict[str, list[int]] = {}
    for cluster in clusters:
        if name := name_key(cluster.name):
            found.setdefault(name, []).extend(mention.start for mention in cluster.mentions)
    return {name: starts for name, starts in found.items() if starts}
