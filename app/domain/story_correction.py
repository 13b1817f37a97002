"""What people correct about stories: which articles belong together, and which do not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

type StoryCorrectionKind = Literal["merge_stories", "split_story"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Articles that a correction put into a story, or said to stay there, and the one in which
    they were before."""

    story: int
    was: int
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoryCorrection:
    """One entry of the log. `story` is what was corrected; `other` what it was merged into, or
    what was split off it. All articles of both stories are placed by it, and stay where they are
    while it is in force (`undone_at` None)."""

    id: int
    kind: StoryCorrectionKind
    story: int
    other: int
    placed: tuple[Placement, ...]
    author: str | None
    reason: str | None
    created_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None


def assigned_stories(log: Iterable[StoryCorrection]) -> Mapping[int, int]:
    """The story of each article that corrections in force placed: where the last of them did."""
    return {
        article: placement.story
        for correction in sorted(log, key=lambda each: each.id)
        if correction.undone_at is None
        for placement in correction.placed
        for article in placement.articles
    }
