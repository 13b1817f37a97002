"""Stories as they form in memory: all of a collection anew, in an order of its own."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from app.domain.story import Group, Member, NearStory, Profile
from app.stories.indexing import CANDIDATES, PER_KEY, WINDOW_DAYS, indexed
from app.stories.joining import MOST

type Profiles = Callable[[Collection[int]], Mapping[int, Profile]]


class _Place(NamedTuple):
    story: int | None
    day: date | None
    fixed: bool


class MemoryShelf:
    """Where articles stand (see `Shelf`). `profiles` gives those of articles that stand here
    already: they are not kept, so that a hundred thousand articles take some hundred megabytes.

    Dated articles are best added by day: those looked at for a key are the ones added last. New
    stories are numbered after `last`.
    """

    def __init__(self, profiles: Profiles, last: int = 0) -> None:
        self._profiles = profiles
        self._places: dict[int, _Place] = {}
        self._stories: defaultdict[int, list[int]] = defaultdict(list)
        self._fixed: set[int] = set()
        self._index: defaultdict[str, tuple[array[int], array[int]]] = defaultdict(
            lambda: (array("q"), array("H"))
        )
        self._last = last

    def stand(self, new: Member) -> None:
        """Takes the article up, in no story yet; others find it from now on."""
        self._places[new.article] = _Place(None, new.day, new.fixed)
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
                if article != new.article and _within(self._places[article].day, new.day):
                    shared[article] += weight * other
                    looked_at += 1
                    if looked_at == PER_KEY:
                        break
        best = sorted(shared, key=lambda article: (-shared[article], article))[:CANDIDATES]
        return self._members(best)

    def story(self, story: int, day: date | None) -> NearStory:
        """A story as it is now; of a large one the articles nearest to the day."""
        articles, fixed = sorted(self._stories[story]), story in self._fixed
        if len(articles) <= MOST:
            return NearStory(story, tuple(self._members(articles)), whole=False, fixed=fixed)
        days = {article: _days_apart(self._places[article].day, day) for article in articles}
        nearest = sorted(articles, key=lambda article: (days[article], article))[:MOST]
        return NearStory(story, tuple(self._members(nearest)), whole=True, fixed=fixed)

    def place(self, group: Group) -> None:
        """Puts articles into their story, a new one where it has no id."""
        articles = list(group.articles)
        for whole in group.whole:
            articles += self._stories[whole]
        story = group.story
        if story is None:
            self._last += 1
            story = self._last
        for article in articles:
            was = self._places[article]
            if was.fixed:
                self._fixed.add(story)
            if was.story == story:
                continue
            if was.story is not None:
                self._stories[was.story].remove(article)
            self._stories[story].append(article)
            self._places[article] = was._replace(story=story)

    def stories(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each story with its articles, ascending."""
        for story, articles in self._stories.items():
            if articles:
                yield story, tuple(sorted(articles))

    def _members(self, articles: Collection[int]) -> list[Member]:
        profiles = self._profiles(articles)
        return [
            Member(article, place.story, place.day, profiles[article], place.fixed)
            for article in articles
            for place in (self._places[article],)
        ]


def _within(one: date | None, other: date | None) -> bool:
    return one is None or other is None or _days_apart(one, other) <= WINDOW_DAYS


def _days_apart(one: date | None, other: date | None) -> int:
    return 0 if one is None or other is None else abs((one - other).days)
