"""Stories: articles of one event, and what tells an article from all others."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is about: its most telling words (lemmas) and names (marked with "@"), the
    weightiest first. Taken as a vector it is of the length `UNIT`, in whole numbers, so that sums
    are the same in every order."""

    keys: tuple[str, ...]
    weights: tuple[int, ...]


UNIT = 10_000
NAME_MARK = "@"


@dataclass(frozen=True, slots=True)
class StorySource:
    """How many articles of a story an outlet has."""

    slug: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class StoryEntity:
    """How often a story mentions an entity."""

    id: int
    name: str
    type: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it stands. `title` is that of its first article that has one; `first` and `last`
    are when its dated articles were published; `sources` come with the most articles first,
    `entities` are the few with the most mentions. `merged_into` is where its articles went, once
    it has none."""

    id: int
    title: str | None
    articles: int
    sources: tuple[StorySource, ...]
    first: datetime | None
    last: datetime | None
    entities: tuple[StoryEntity, ...]
    merged_into: int | None = None
