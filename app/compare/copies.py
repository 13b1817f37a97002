"""Which articles carry one text: found by their fingerprints, before any text is read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from app.domain.comparison import ArticleFindings, Side

# Share of n-grams from which a text is derived wholly; ours, by reading.
WHOLLY = 0.7
# Articles with a fingerprint up to which all pairs of them are counted: their number grows with the
# square.
_EVERY_PAIR = 40

type Pair = tuple[int, int]


class Copies:
    """What the articles of some sides share: `common` has how many fingerprints two of them do."""

    def __init__(self, sides: Iterable[Side]) -> None:
        articles = {a.article: (side.key, a) for side in sides for a in side.articles}
        self._sizes = {each: len(found.fingerprints) for each, (_, found) in articles.items()}
        self.common = _common(articles)
        self._root: dict[int, int] = {}
        for pair in self.common:
            if self.share(pair) >= WHOLLY:
                one, other = map(self.origin, pair)
                self._root[max(one, other)] = min(one, other)

    def share(self, pair: Pair) -> float:
        """How much of the shorter of two articles stands in the other, about (0..1)."""
        fewest = min(self._sizes[each] for each in pair)
        return self.common[pair] / fewest if fewest else 0.0

    def origin(self, article: int) -> int:
        """The first of the articles that carry the text of this one: itself where none does."""
        while (before := self._root.get(article, article)) != article:
            article = before
        return article

    def origins(self, articles: Iterable[int]) -> int:
        """Of how many texts these articles are: what says the same in copies of one agency text
        says it once."""
        return len({self.origin(each) for each in articles})


def _common(articles: Mapping[int, tuple[str, ArticleFindings]]) -> Counter[Pair]:
    """How many fingerprints two articles share. Of those that many articles have, only pairs with
    the first of each side are counted: enough to tell a text that all of them carry."""
    index: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(articles):
        for fingerprint in articles[number][1].fingerprints:
            index[fingerprint].append(number)
    common: Counter[Pair] = Counter()
    for found in index.values():
        if len(found) == 1:
            continue
        if len(found) <= _EVERY_PAIR:
            common.update(combinations(found, 2))
        else:
            common.update(_with_first(found, articles))
    return common


def _with_first(
    found: Sequence[int], articles: Mapping[int, tuple[str, ArticleFindings]]
) -> set[Pair]:
    first: dict[str, int] = {}
    for each in found:
        first.setdefault(articles[each][0], each)
    return {
        (min(one, other), max(one, other))
        for one in first.values()
        for other in found
        if one != other
    }
