"""Which articles are in which story, while articles join stories one after another."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.story import Group, Member, NearStory


class Membership(NamedTuple):
    """The story of an article (None: it has none yet), its day, and whether a person put it
    there."""

    story: int | None
    day: date | None
    fixed: bool


class StoryGrouping(ABC):
    """The stories of articles, in memory or in the store: who keeps them says how they are found,
    loaded and moved. Of a story of more than `most` articles so many stand for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._memberships: dict[int, Membership] = {}

    @abstractmethod
    def candidates(self, new: Member) -> Sequence[Member]:
        """The articles that share most of the keys under which this one is indexed."""

    def story(self, story: int, day: date | None) -> NearStory:
        """A story as it is now; of a large one the articles nearest to the day."""
        held = sorted(self._articles_of(story))
        fixed = any(self._memberships[each].fixed for each in held)
        if len(held) <= self._most:
            return NearStory(story, tuple(self._members(held)), whole=False, fixed=fixed)
        apart = {each: days_apart(self._memberships[each].day, day) for each in held}
        nearest = sorted(held, key=lambda each: (apart[each], each))[: self._most]
        return NearStory(story, tuple(self._members(nearest)), whole=True, fixed=fixed)

    def put(self, group: Group) -> None:
        """Puts articles into their story, a new one where it has no id."""
        articles = list(group.articles)
        for whole in group.whole:
            articles += self._articles_of(whole)
        target = self._new_story() if group.story is None else group.story
        for each in articles:
            if self._memberships[each].story != target:
                self._move(each, target)

    def _move(self, article: int, to: int | None) -> None:
        was = self._memberships[article]
        if was.story is not None:
            self._articles_of(was.story).remove(article)
        if to is not None:
            self._articles_of(to).append(article)
        self._memberships[article] = was._replace(story=to)

    @abstractmethod
    def _articles_of(self, story: int) -> list[int]:
        """The articles of a story, a list that the caller may change."""

    @abstractmethod
    def _members(self, articles: Collection[int]) -> list[Member]:
        """These articles with their profiles."""

    @abstractmethod
    def _new_story(self) -> int:
        """Makes a story. Returns its id."""


def days_apart(one: date | None, other: date | None) -> int:
    """Days between two, 0 where one of them is not known."""
    return 0 if one is None or other is None else abs((one - other).days)
