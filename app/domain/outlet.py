"""What the collection says of an outlet: whom it names and quotes, and where it is not found."""

from dataclasses import dataclass

from app.domain.article import Source


@dataclass(frozen=True, slots=True)
class NamedInOutlet:
    """An entity with the articles of an outlet that name it, and all articles that do."""

    entity: int
    name: str
    type: str
    articles: int
    everywhere: int


@dataclass(frozen=True, slots=True)
class NamesOfOutlet:
    """The entities that most articles of an outlet name; `all_articles` is how many the collection
    has, of all outlets and of none."""

    items: tuple[NamedInOutlet, ...]
    all_articles: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """An entity with its quotes in an outlet; so many of them are `direct` or `indirect`, the rest
    are both in one sentence."""

    entity: int
    name: str
    type: str
    quotes: int
    direct: int
    indirect: int


@dataclass(frozen=True, slots=True)
class VoicesOfOutlet:
    """The speakers that an outlet quotes most in its newest articles, and how many `more` there
    are; of all `quotes` there `unattributed` ones have no speaker with a name."""

    items: tuple[Speaker, ...]
    more: int
    quotes: int
    unattributed: int


@dataclass(frozen=True, slots=True)
class AbsentOutlet:
    """An outlet that has no article in a story, with its articles in the days of the story, and
    those of them that are not analysed, or could not be."""

    source: Source
    articles: int
    unread: int


@dataclass(frozen=True, slots=True)
class AbsentOutlets:
    """Outlets that have no article in a story, those with the most articles of its days first, and
    how many `more` there are. Of `silent` outlets the collection has nothing of these days: whether
    they report it cannot be said."""

    items: tuple[AbsentOutlet, ...]
    more: int
    silent: int
