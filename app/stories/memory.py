"""Stories as they form in memory: all of a collection anew, in an order of its own."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from app.domain.story import Member, Profile
from app.domain.story_grouping import Membership, StoryGrouping, days_apart
from app.stories.indexing import CANDIDATES, PER_KEY, WINDOW_DAYS, indexed
from app.stories.joining import MOST

type Profiles = Callable[[Collection[int]], Mapping[int, Profile]]


class MemoryGrouping(StoryGrouping):
    """Stories in memory. `profiles` gives those of articles that were taken up already: they are
    not kept, so that a hundred thousand articles take some hundred megabytes.

    Dated articles are best added by day: those looked at for a key are the ones added last. New
    stories are numbered after `last`.
    """

    def __init__(self, profiles: Profiles, last: int = 0) -> None:
        super().__init__(MOST)
        self._profiles = profiles
        self._stories: defaultdict[int, list[int]] = defaultdict(list)
        self._index: defaultdict[str, tuple[array[int], array[int]]] = defaultdict(
            lambda: (array("q"), array("H"))
        )
        self._last = last

    def take_up(self, new: Member) -> None:
        """Takes the article up, in no story yet; others find it from now on."""
        self._memberships[new.article] = Membership(None, new.day, new.fixed)
        for key, weight in indexed(new.profile):
            articles, weights = self._index[key]
            articles.append(new.article)
            weights.append(weight)

    def candidates(self, new: Member) -> list[Member]:
        """The articles that share most of the keys under which this one is indexed."""
        shared: Counter[int] = Counter()
        for key, weight in indexed(new.profile):
            looked_at = 0
            articles, weights = self._index.get(key, ((), ()))
            for article, other in zip(reversed(articles), reversed(weights), strict=True):
                day = self._memberships[article].day
                if article != new.article and days_apart(day, new.day) <= WINDOW_DAYS:
                    shared[article] += weight * other
                    looked_at += 1
                    if looked_at == PER_KEY:
                        break
        best = sorted(shared, key=lambda article: (-shared[article], article))[:CANDIDATES]
        return self._members(best)

    def stories(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each story with its articles, ascending."""
        for story, articles in self._stories.items():
            if articles:
                yield story, tuple(sorted(articles))

    def _articles_of(self, story: int) -> list[int]:
        return self._stories[story]

    def _members(self, articles: Collection[int]) -> list[Member]:
        profiles = self._profiles(articles)
        return [
            Member(article, at.story, at.day, profiles[article], at.fixed)
            for article in articles
            for at in (self._memberships[article],)
        ]

    def _new_story(self) -> int:
        self._last += 1
        return self._last
