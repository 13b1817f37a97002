"""A new article to its story, with the articles around it grouped anew.

An article does not simply join the nearest story: the articles of all stories near it are grouped
together with it. So the first report of another event may join a story that it resembles, and
leaves it again once the second one comes; and whatever the order of arrival, the stories come out
nearly the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.story import UNIT, Profile
from app.stories.likeness import likenesses
from app.stories.linkage import LEAST, groups

# Stories around an article that are grouped anew with it, the nearest ones.
STORIES = 4
# A story of more articles than this stays whole: that many agree on what it is about. So many of
# its articles, those nearest in time, stand for it.
MOST = 32


@dataclass(frozen=True, slots=True)
class Member:
    """An article with its story (None: it has none yet)."""

    article: int
    story: int | None
    day: date | None
    profile: Profile


@dataclass(frozen=True, slots=True)
class NearStory:
    """A story near an article: all its articles, or, where `whole`, those that stand for it."""

    story: int
    members: tuple[Member, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are one story from now on: those of `whole` stories, and others by id. `story`
    is the id that it keeps; None: a new one."""

    story: int | None
    articles: tuple[int, ...]
    whole: tuple[int, ...] = ()


def near(new: Member, candidates: Sequence[Member]) -> list[int]:
    """The stories that an article may belong to, the nearest first: those with an article among
    the candidates that is as like it as two articles of a story have to be."""
    if not candidates:
        return []
    everyone = [new, *candidates]
    row = likenesses([each.profile for each in everyone], [each.day for each in everyone])[0]
    best: dict[int, float] = {}
    for each, likeness in zip(candidates, row[1:], strict=True):
        if each.story is not None and likeness >= LEAST * UNIT:
            best[each.story] = max(best.get(each.story, 0.0), float(likeness))
    return sorted(best, key=lambda story: (-best[story], story))[:STORIES]


def join(new: Member, around: Sequence[NearStory]) -> list[Group]:
    """The stories that the article and the stories around it are now.

    A story's id stays with most of its articles. `new.story` is one that it is alone in.
    """
    everyone = [new, *(each for story in around for each in story.members)]
    blocks: list[list[int]] = [[0]]
    whole: dict[int, int] = {}
    standing: set[int] = set()
    start = 1
    for story in around:
        rows = list(range(start, start + len(story.members)))
        start += len(rows)
        if story.whole:
            whole[rows[0]] = story.story
            standing.update(rows)
            blocks.append(rows)
        else:
            blocks.extend([row] for row in rows)
    likeness = likenesses([each.profile for each in everyone], [each.day for each in everyone])
    found = groups(likeness, blocks)
    ids = _ids([Counter(everyone[row].story for row in rows) for rows in found])
    return [
        Group(
            story,
            tuple(everyone[row].article for row in rows if row not in standing),
            tuple(whole[row] for row in rows if row in whole),
        )
        for rows, story in zip(found, ids, strict=True)
    ]


def _ids(overlaps: Sequence[Mapping[int | None, int]]) -> list[int | None]:
    """The id of each group: a story's goes to the group that has most of its articles."""
    pairs = sorted(
        (-count, story, number)
        for number, counts in enumerate(overlaps)
        for story, count in counts.items()
        if story is not None
    )
    ids: list[int | None] = [None] * len(overlaps)
    taken: set[int] = set()
    for _, story, number in pairs:
        if ids[number] is None and story not in taken:
            ids[number] = story
            taken.add(story)
    return ids
