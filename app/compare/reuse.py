"""Text that one side takes over from another, and texts of several outlets that have one origin.

Verdicts as in METER (Clough, Gaizauskas, Piao & Wilks 2002), by the share of word n-grams: a text
is derived wholly where most of it stands in the other, partly where a passage does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from app.compare import passages
from app.compare.passages import Word
from app.domain.compared_reuse import Derived, Origin, Passage, ReusePair, ReuseSection
from app.domain.comparison import EvidenceSource, Findings, Side, Spot

METHOD = "1"

_GRAM = 5  # words
_LEAST = 8  # words of a passage that is no accident
# Share of n-grams from which a text is derived wholly; ours, by reading.
_WHOLLY = 0.7
# Articles with a fingerprint up to which all pairs of them are counted: their number grows with the
# square.
_EVERY_PAIR = 40
# All pairs of so few are shown, whatever they share.
_FEW = 8


def reuse_section(
    sides: Sequence[Side], source: EvidenceSource, *, evidence: int, top: int
) -> ReuseSection:
    """Pairs of articles of two sides that share text, the most alike first, cut at `top`, each
    with at most `evidence` passages, the longest first; and the origins that articles share."""
    articles = {a.article: (side.key, a) for side in sides for a in side.articles}
    common = _common(articles)
    across = [pair for pair in common if articles[pair[0]][0] != articles[pair[1]][0]]
    if len(articles) <= _FEW:
        every = combinations(sorted(articles), 2)
        across = [pair for pair in every if articles[pair[0]][0] != articles[pair[1]][0]]

    def estimate(pair: tuple[int, int]) -> float:
        sizes = [len(articles[each][1].fingerprints) for each in pair]
        return common[pair] / min(sizes) if min(sizes) else 0.0

    ranked = sorted(across, key=lambda pair: (-estimate(pair), pair))
    shown = ranked[:top]
    texts = source.texts(sorted({each for pair in shown for each in pair}))
    words = {
        each: passages.words(texts[each], articles[each][1].body_start)
        for each in sorted({each for pair in shown for each in pair})
    }
    order = {side.key: place for place, side in enumerate(sides)}
    pairs = []
    for pair in shown:
        first, second = sorted(pair, key=lambda each: order[articles[each][0]])
        pairs.append(_pair(first, second, articles, words, texts, evidence))
    pairs.sort(key=lambda each: (-each.containment, sorted(each.articles)))
    alike = [pair for pair in common if estimate(pair) >= _WHOLLY]
    return ReuseSection(
        tuple(pairs), tuple(_origins(alike, articles, order)), len(ranked) - len(shown)
    )


def _common(articles: Mapping[int, tuple[str, Findings]]) -> Counter[tuple[int, int]]:
    """How many fingerprints two articles share. Of those that many articles have, only pairs with
    the first of each side are counted: enough to tell a text that all of them carry."""
    index: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(articles):
        for fingerprint in articles[number][1].fingerprints:
            index[fingerprint].append(number)
    common: Counter[tuple[int, int]] = Counter()
    for found in index.values():
        if len(found) <= _EVERY_PAIR:
            common.update(combinations(found, 2))
        else:
            common.update(_with_first(found, articles))
    return common


def _with_first(
    found: Sequence[int], articles: Mapping[int, tuple[str, Findings]]
) -> set[tuple[int, int]]:
    first: dict[str, int] = {}
    for each in found:
        first.setdefault(articles[each][0], each)
    return {
        (min(one, other), max(one, other))
        for one in first.values()
        for other in found
        if one != other
    }


def _pair(
    first: int,
    second: int,
    articles: Mapping[int, tuple[str, Findings]],
    words: Mapping[int, Sequence[Word]],
    texts: Mapping[int, str],
    limit: int,
) -> ReusePair:
    (one, here), (other, there) = articles[first], articles[second]
    share = passages.containment(words[first], words[second], _GRAM)
    found = passages.shared(words[first], words[second], seed=_GRAM, least=_LEAST)
    verdict: Derived = "wholly" if share >= _WHOLLY else "partly" if found else "not"

    def spot(article: Findings, start: int, end: int) -> Spot:
        text = texts[article.article][start:end]
        return Spot(article.article, article.revision, start, end, text)

    return ReusePair(
        (one, other),
        (first, second),
        round(share, 6),
        verdict,
        tuple(
            Passage(
                each.words,
                {
                    one: spot(here, each.first.start, each.first.end),
                    other: spot(there, each.second.start, each.second.end),
                },
            )
            for each in found[:limit]
        ),
    )


def _origins(
    alike: Sequence[tuple[int, int]],
    articles: Mapping[int, tuple[str, Findings]],
    order: Mapping[str, int],
) -> Iterator[Origin]:
    """Articles that are joined by being alike, of two articles or more."""
    root: dict[int, int] = {}

    def find(each: int) -> int:
        while root.setdefault(each, each) != each:
            each = root[each]
        return each

    for one, other in alike:
        root[max(find(one), find(other))] = min(find(one), find(other))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for each in sorted(root):
        groups[find(each)].append(each)
    for first in sorted(groups):
        sides = {articles[each][0] for each in groups[first]}
        yield Origin(tuple(groups[first]), tuple(sorted(sides, key=lambda key: order[key])))
