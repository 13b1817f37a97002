"""Stories: what tells an article from all others, and which articles report the same event."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from app.domain.article import Article, SourceRef


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is about: its most telling words (lemmas) and names (marked with "@"), the
    weightiest first, and after them the years that it names (marked with "#"). Taken as a vector it
    is of the length `UNIT`, in whole numbers, so that sums are the same in every order."""

    keys: tuple[str, ...]
    weights: tuple[int, ...]

    def __reduce__(self) -> tuple[object, ...]:
        # As for Mention: it crosses from a worker with each article.
        return (Profile, (self.keys, self.weights))


UNIT = 10_000
# Before the first and after the last article of a story: who reports a day late has not missed it.
_MARGIN = timedelta(days=1)
NAME_MARK, YEAR_MARK = "@", "#"
NO_PROFILE = Profile((), ())


type KeyKind = Literal["word", "name", "year"]


def key_kind(key: str) -> tuple[str, KeyKind]:
    """The word, name or year that a key of a profile stands for, and which of these it is."""
    if key.startswith(NAME_MARK):
        return key.removeprefix(NAME_MARK), "name"
    if key.startswith(YEAR_MARK):
        return key.removeprefix(YEAR_MARK), "year"
    return key, "word"


@dataclass(frozen=True, slots=True)
class Member:
    """An article with its story (None: it has none yet). `fixed`: a person put it there."""

    article: int
    story: int | None
    day: date | None
    profile: Profile
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class NearStory:
    """A story near an article: all its articles, or, where `whole`, those that stand for it.
    `fixed`: a person put articles into it."""

    story: int
    members: tuple[Member, ...]
    whole: bool
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are one story from now on: those of `whole` stories, and others by id. `story`
    is the id that it keeps; None: a new one."""

    story: int | None
    articles: tuple[int, ...]
    whole: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StorySource:
    """An outlet in a story (None: articles of no known outlet), with its articles there."""

    source: SourceRef | None
    articles: int


@dataclass(frozen=True, slots=True)
class StoryEntity:
    """An entity in a story: in how many of its articles, how often."""

    entity: int
    name: str
    type: str
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report the same event. `title` is that of its first article; the span of time
    is that of its dated articles; `outlets` counts the known outlets among `sources`. A story
    without articles any more says which one its last articles went to."""

    id: int
    title: str | None
    articles: int
    first_published: datetime | None
    last_published: datetime | None
    outlets: int
    sources: tuple[StorySource, ...]
    entities: tuple[StoryEntity, ...]
    merged_into: int | None
    updated_at: datetime

    @property
    def days(self) -> tuple[datetime, datetime] | None:
        """The time in which an outlet would have reported it, the end exclusive: from the day
        before its first article to the day after its last; None where no article is dated."""
        if self.first_published is None or self.last_published is None:
            return None
        after = _later(self.last_published, _MARGIN + timedelta(microseconds=1))
        return _later(self.first_published, -_MARGIN), after


def _later(instant: datetime, more: timedelta) -> datetime:
    try:
        return instant + more
    except OverflowError:  # the first and the last day of the calendar
        return instant


@dataclass(frozen=True, slots=True)
class MissedStory:
    """A story that an outlet has no article in, with what the collection has of that outlet to say
    so by: `articles` of it in the days of the story (from the day before its first article to the
    day after its last; None where no article of the story is dated), of them `unread` that are not
    analysed, or could not be, and `undated` ones in all."""

    story: Story
    articles: int | None
    unread: int | None
    undated: int


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A word (lemma), a name or a year that two articles share, with its part (0..1) in their
    likeness."""

    text: str
    kind: KeyKind
    share: float


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """An article like another one: `similarity` in 0..1, and by which words and names, those with
    the largest part first."""

    article: Article
    similarity: float
    shared: tuple[SharedKey, ...]
