"""Articles that join stories one after another.

Candidates come from an index of the most telling keys, a few for each key, so that an article costs
the same however many there are.
"""

from app.domain.story import Group, Member
from app.domain.story_grouping import StoryGrouping
from app.stories.joining import join, near


def add(grouping: StoryGrouping, new: Member) -> None:
    """Lets an article that is in no story yet join one, or begin one. `new.story` is one that
    it is alone in, or, where it is `fixed`, the one that a person put it into."""
    if new.fixed:
        grouping.put(Group(new.story, (new.article,)))
        return
    around = [grouping.story(story, new.day) for story in near(new, grouping.candidates(new))]
    for group in join(new, around):
        grouping.put(group)
