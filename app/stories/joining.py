"""A new article to its story, with the articles around it grouped anew.

An article does not simply join the nearest story: the articles of all stories near it are grouped
together with it. So the first report of another event may join a story that it resembles, and
leaves it again once the second one comes; and whatever the order of arrival, the stories come out
nearly the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.rebuild import keep_ids
from app.domain.story import UNIT, Group, Member, NearStory
from app.stories.likeness import likenesses, likenesses_to

# Stories around an article that are grouped anew with it, the nearest ones.
STORIES = 4
# A story of more articles than this stays whole: that many agree on what it is about. So many of
# its articles, those nearest in time, stand for it.
MOST = 32


def near(new: Member, candidates: Sequence[Member]) -> list[int]:
    """The stories that an article may belong to, the nearest first: those with an article among
    the candidates that is as like it as two articles of a story have to be."""
    from app.stories.linkage import LEAST

    best: dict[int, float] = {}
    for each, likeness in zip(candidates, likenesses_to(new, candidates), strict=True):
        if each.story is not None and likeness >= LEAST * UNIT:
            best[each.story] = max(best.get(each.story, 0.0), likeness)
    return sorted(best, key=lambda story: (-best[story], story))[:STORIES]


def join(new: Member, around: Sequence[NearStory]) -> list[Group]:
    """The stories that the article and the stories around it are now.

    A story's id stays with most of its articles. Those that a person put into it stay there
    together, and no two stories that persons made become one. `new.story` is one that it is alone
    in.
    """
    if not around:
        return [Group(new.story, (new.article,))]
    from app.stories.linkage import groups

    everyone = [new]
    blocks: list[list[int]] = [[0]]
    whole: dict[int, int] = {}
    standing: set[int] = set()
    fixed: dict[int, int] = {}
    for story in around:
        rows = list(range(len(everyone), len(everyone) + len(story.members)))
        everyone += story.members
        held = rows if story.whole else [row for row in rows if everyone[row].fixed]
        if story.whole:
            whole[rows[0]] = story.story
            standing.update(rows)
        if story.fixed and held:
            fixed[held[0]] = len(blocks)
        if held:
            blocks.append(held)
        blocks.extend([row] for row in rows if row not in held)
    likeness = likenesses([each.profile for each in everyone], [each.day for each in everyone])
    found = groups(likeness, blocks, apart=tuple(fixed.values()))
    ids = _ids(
        [Counter(everyone[row].story for row in rows) for rows in found],
        [next((everyone[row].story for row in rows if row in fixed), None) for rows in found],
    )
    return [
        Group(
            story,
            tuple(everyone[row].article for row in rows if row not in standing),
            tuple(whole[row] for row in rows if row in whole),
        )
        for rows, story in zip(found, ids, strict=True)
    ]


def _ids(
    overlaps: Sequence[Mapping[int | None, int]], kept: Sequence[int | None]
) -> list[int | None]:
    """The id of each group: that which it has to keep, else that of a story of which it has most
    articles."""
    together = {
        (story, number): count
        for number, counts in enumerate(overlaps)
        for story, count in counts.items()
        if story is not None
    }
    fixed = {number: story for number, story in enumerate(kept) if story is not None}
    ids = keep_ids(together, fixed)
    return [ids.get(number) for number in range(len(kept))]
