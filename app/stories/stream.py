"""Articles that join stories one after another.

Candidates come from an index of the most telling keys, a few for each key, so that an article costs
the same however many there are.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from app.domain.story import Group, Member, NearStory
from app.stories.joining import join, near


class Shelf(Protocol):
    """Where articles stand with their stories."""

    def candidates(self, new: Member) -> Sequence[Member]:
        """The articles that share most of the keys under which this one is indexed."""
        ...

    def story(self, story: int, day: date | None) -> NearStory:
        """A story as it is now; of a large one the articles nearest to the day."""
        ...

    def place(self, group: Group) -> None:
        """Puts articles into their story, a new one where it has no id."""
        ...


def add(shelf: Shelf, new: Member) -> None:
    """Lets an article that is on no story's shelf join one, or begin one. `new.story` is one that
    it is alone in, or, where it is `fixed`, the one that a person put it into."""
    if new.fixed:
        shelf.place(Group(new.story, (new.article,)))
        return
    around = [shelf.story(story, new.day) for story in near(new, shelf.candidates(new))]
    for group in join(new, around):
        shelf.place(group)
