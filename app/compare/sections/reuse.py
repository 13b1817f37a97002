"""Text that one side takes over from another, and texts of several outlets that have one origin.

Verdicts as in METER (Clough, Gaizauskas, Piao & Wilks 2002), by the share of word n-grams: a text
is derived wholly where most of it stands in the other, partly where a passage does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from app.compare import passages
from app.compare.copies import WHOLLY, Copies
from app.compare.evidence import spot_in
from app.compare.method import Method
from app.compare.notes import joined, reach
from app.compare.passages import WordAt
from app.domain import deadline
from app.domain.comparison import ArticleFindings, EvidenceSource, Side, rounded
from app.domain.sections.reuse import Derived, Origin, Passage, ReusePair, ReuseSection

_GRAM = 5  # words of an n-gram; ours
# With so few articles every pair is shown, also those that share nothing.
_FEW = 8


def reuse_section(
    sides: Sequence[Side], source: EvidenceSource, *, copies: Copies, evidence: int, top: int
) -> ReuseSection:
    """Pairs of articles of two sides that share text, the most alike first, cut at `top`, each
    with at most `evidence` passages, the longest first; and the origins that articles share."""
    articles = {a.article: (side.key, a) for side in sides for a in side.articles}
    across = [pair for pair in copies.common if articles[pair[0]][0] != articles[pair[1]][0]]
    if len(articles) <= _FEW:
        every = combinations(sorted(articles), 2)
        across = [pair for pair in every if articles[pair[0]][0] != articles[pair[1]][0]]
    ranked = sorted(across, key=lambda pair: (-copies.share(pair), pair))
    shown = ranked[:top]
    texts = source.texts(sorted({each for pair in shown for each in pair}))
    words = {
        each: passages.words(texts[each], articles[each][1].body_start)
        for each in sorted({each for pair in shown for each in pair})
    }
    order = {side.key: place for place, side in enumerate(sides)}
    pairs = []
    for pair in shown:
        deadline.check()
        first, second = sorted(pair, key=lambda each: order[articles[each][0]])
        pairs.append(_pair(first, second, articles, words, texts, evidence))
    pairs.sort(key=lambda each: (-each.containment, sorted(each.articles)))
    return ReuseSection(
        tuple(pairs),
        tuple(_origins(copies, articles, order)),
        len(ranked) - len(shown),
        joined(
            reach(sides, "words", lambda article: range(article.words)),
            None
            if any(each.verdict != "not" for each in pairs)
            else f"No two articles of two sides share a passage of {passages.LEAST} words or more.",
        ),
    )


def _pair(
    first: int,
    second: int,
    articles: Mapping[int, tuple[str, ArticleFindings]],
    words: Mapping[int, Sequence[WordAt]],
    texts: Mapping[int, str],
    limit: int,
) -> ReusePair:
    (one, here), (other, there) = articles[first], articles[second]
    share = passages.containment(words[first], words[second], _GRAM)
    found = passages.shared(words[first], words[second], seed=_GRAM, least=passages.LEAST)
    verdict: Derived = "wholly" if share >= WHOLLY else "partly" if found else "not"

    return ReusePair(
        (one, other),
        (first, second),
        rounded(share),
        verdict,
        tuple(
            Passage(
                each.words,
                {
                    one: spot_in(here, each.first.start, each.first.end, texts),
                    other: spot_in(there, each.second.start, each.second.end, texts),
                },
            )
            for each in found[:limit]
        ),
    )


def _origins(
    copies: Copies, articles: Mapping[int, tuple[str, ArticleFindings]], order: Mapping[str, int]
) -> Iterator[Origin]:
    """The origins of two articles or more."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for each in sorted(articles):
        groups[copies.origin(each)].append(each)
    for first in sorted(groups):
        if len(groups[first]) > 1:
            sides = {articles[each][0] for each in groups[first]}
            yield Origin(tuple(groups[first]), tuple(sorted(sides, key=lambda key: order[key])))


METHOD = Method(
    "reuse",
    needs=frozenset({"fingerprints"}),
    version="1",
    make=lambda material, evidence, top: reuse_section(
        material.sides, material.source, copies=material.copies, evidence=evidence, top=top
    ),
)
