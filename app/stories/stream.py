"""Articles that join stories one after another, in memory.

Candidates come from an index of the most telling keys, a few for each key, so that an article costs
the same however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.domain.story import Profile
from app.stories.joining import MOST, Member, NearStory, join, near

# The keys of an article, the weightiest, under which others find it; for each of them the articles
# nearest in time that are looked at; and of these, the ones most alike by the keys they share.
INDEXED_KEYS = 24
PER_KEY = 40
CANDIDATES = 32
# Days beyond which a dated article is no candidate.
WINDOW_DAYS = 180


class Stream:
    """Stories as they form. Dated articles are best added by day: those looked at for a key are
    the ones added last."""

    def __init__(self) -> None:
        self._members: dict[int, Member] = {}
        self._stories: dict[int, list[int]] = {}
        self._index: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._last = 0

    def add(self, article: int, day: date | None, profile: Profile) -> None:
        """Lets an article join a story, or begin one."""
        new = Member(article, None, day, profile)
        around = [self._near(story, day) for story in near(new, self._candidates(new))]
        self._members[article] = new
        for group in join(new, around):
            articles = list(group.articles)
            for story in group.whole:
                articles += self._stories[story]
            self._place(articles, group.story)
        for key, weight in _indexed(profile):
            self._index[key].append((article, weight))

    def stories(self) -> Iterator[tuple[int, ...]]:
        """The articles of each story, ascending."""
        for articles in self._stories.values():
            if articles:
                yield tuple(sorted(articles))

    def _place(self, articles: list[int], story: int | None) -> None:
        if story is None:
            self._last += 1
            story = self._last
        for article in articles:
            member = self._members[article]
            if member.story == story:
                continue
            if member.story is not None:
                self._stories[member.story].remove(article)
            self._stories.setdefault(story, []).append(article)
            self._members[article] = replace(member, story=story)

    def _candidates(self, new: Member) -> list[Member]:
        shared: Counter[int] = Counter()
        for key, weight in _indexed(new.profile):
            looked_at = 0
            for article, other in reversed(self._index.get(key, ())):
                if _within(self._members[article].day, new.day):
                    shared[article] += weight * other
                    looked_at += 1
                    if looked_at == PER_KEY:
                        break
        best = sorted(shared, key=lambda article: (-shared[article], article))[:CANDIDATES]
        return [self._members[article] for article in best]

    def _near(self, story: int, day: date | None) -> NearStory:
        members = [self._members[article] for article in self._stories[story]]
        if len(members) <= MOST:
            return NearStory(story, tuple(members), whole=False)
        members.sort(key=lambda each: (_days_apart(each.day, day), each.article))
        return NearStory(story, tuple(members[:MOST]), whole=True)


def _indexed(profile: Profile) -> list[tuple[str, int]]:
    """The keys under which an article is found, with their weights."""
    return list(zip(profile.keys, profile.weights, strict=True))[:INDEXED_KEYS]


def _within(one: date | None, other: date | None) -> bool:
    return one is None or other is None or _days_apart(one, other) <= WINDOW_DAYS


def _days_apart(one: date | None, other: date | None) -> int:
    return 0 if one is None or other is None else abs((one - other).days)
