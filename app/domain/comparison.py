"""What a comparison works on: sides, what their articles bring, and where evidence comes from.

A map named `sides` goes from a side's key to what is said there; every side has its entry unless
the section says otherwise. Shares are in 0..1, floats are rounded to six digits.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol, Self

from app.domain.article import Published
from app.domain.figure import Figure
from app.domain.place import Place
from app.domain.portrayal import Label, Role
from app.domain.quote import Utterance
from app.domain.statement import Sentence
from app.domain.timex import TimeExpression
from app.errors import InvalidInput

# Floats of an answer are rounded to so many digits: more depend on the order of additions.
_DIGITS = 6
_REF = re.compile(r"(\d{1,19})(?:@(\d{1,19}))?", re.ASCII)
_LARGEST = 2**63 - 1  # what the database can hold


def rounded(value: float) -> float:
    """A share, distance or score as answers have it."""
    return round(value, _DIGITS)


@dataclass(frozen=True, slots=True)
class Spot:
    """Evidence: the surface `text` at `[start, end)` of one revision of one article. In a
    comparison of texts from a request, `article` counts from 0 through them and `revision` is 1."""

    article: int
    revision: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EntityCounts:
    """The entities of one article as columns of one length, each entity once: how many of its
    mentions stand there, in the headline (title or subtitle) and in the lead (`domain.text.lead`).
    Columns, because a large comparison holds tens of thousands."""

    entities: Sequence[int]
    mentions: Sequence[int]
    headline: Sequence[int]
    lead: Sequence[int]

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Entity, mentions, headline and lead of each, in order."""
        return zip(self.entities, self.mentions, self.headline, self.lead, strict=True)


class EntityLabel(NamedTuple):
    """How an entity is called, its type, and where on earth it is."""

    name: str
    type: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ArticleFindings:
    """What one article brings to a comparison, of the sections asked for. `titled` says
    whether it has a headline; `terms` maps a lemma to its occurrences. Where those stand is
    asked of an `EvidenceSource`, for the few items that an answer shows. `owners` maps the start
    of a mention to its entity (rejected mentions are absent): quotes, labels, roles and
    sentences name mentions by their start. `published` is the day as the outlet printed it.
    `vectors` has 512 bytes for each of `sentences`, in their order (signed, each sentence with a
    scale of its own, which a cosine does not need), or none where vectors are off."""

    article: int
    revision: int
    words: int
    pipeline: str
    titled: bool
    entities: EntityCounts
    terms: Mapping[str, int]
    language: str | None = None
    published: date | None = None
    body_start: int = 0
    owners: Mapping[int, int] = field(default_factory=dict)
    quotes: Sequence[Utterance] = ()
    figures: Sequence[Figure] = ()
    dates: Sequence[TimeExpression] = ()
    labels: Sequence[Label] = ()
    roles: Sequence[Role] = ()
    sentences: Sequence[Sentence] = ()
    fingerprints: Sequence[int] = ()
    vectors: bytes = b""

    def spot(self, start: int, end: int, surface: str) -> Spot:
        """The evidence of this surface at `[start, end)` of the article."""
        return Spot(self.article, self.revision, start, end, surface)


class EntityOccurrences(NamedTuple):
    """An entity in one revision of an article: evidence is asked for by it."""

    article: int
    revision: int
    entity: int


class TermOccurrences(NamedTuple):
    """A lemma in one revision of an article: evidence is asked for by it."""

    article: int
    revision: int
    lemma: str


class EvidenceSource(Protocol):
    """Where a comparison gets names and evidence from: the store, or texts in memory."""

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        """The name, type and place of every entity asked for."""

    def mentions(
        self, wanted: Collection[EntityOccurrences], limit: int
    ) -> Mapping[EntityOccurrences, Sequence[Spot]]:
        """The first `limit` mentions at each place, in the order of the text."""

    def terms(
        self, wanted: Collection[TermOccurrences], limit: int
    ) -> Mapping[TermOccurrences, Sequence[Spot]]:
        """The first `limit` occurrences at each place, in the order of the text."""

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        """The text of every article asked for: what the offsets of its findings count into."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side: its articles in the order of their ids, published from `since` and before `until`
    where it has a period of its own."""

    key: str
    name: str
    articles: tuple[ArticleFindings, ...]
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SideSummary:
    """A side as the answer heads it: articles counted, words summed."""

    key: str
    name: str
    articles: int
    words: int
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What chose among the articles of all sides: a story, and a period of publication, from
    `since` and before `until`."""

    story: int | None = None
    since: datetime | None = None
    until: datetime | None = None


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that could not be compared, and why."""

    article: int
    side: str
    reason: str


@dataclass(frozen=True, slots=True)
class TextToCompare:
    """A text of a request: a side of its own, which `source` names."""

    source: str
    text: str
    title: str | None = None
    published: Published | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article as it is named for a comparison: as it is now, or one `revision` of it."""

    article: int
    revision: int | None = None

    @classmethod
    def parse(cls, value: str) -> Self:
        """From `7`, or `7@1` for its first revision. Raises InvalidInput."""
        match = _REF.fullmatch(value.strip())
        numbers = [int(each) for each in match.groups() if each] if match else []
        if not numbers or not all(1 <= each <= _LARGEST for each in numbers):
            raise InvalidInput(
                f"{value[:40]!r} names no article: it reads ID, or ID@REVISION as in 7@1"
            )
        return cls(*numbers)

    def __str__(self) -> str:
        return f"{self.article}" if self.revision is None else f"{self.article}@{self.revision}"


@dataclass(frozen=True, slots=True)
class ComparedArticle:
    """An article that stands on the side of the key `side`, of the outlet called `source`, with
    the revision of it that does; that of a text of a request is 1."""

    article: int
    title: str | None
    source: str | None
    url: str | None
    published_at: datetime | None
    side: str
    revision: int


def several_revisions(articles: Iterable[ComparedArticle]) -> frozenset[int]:
    """The articles that stand in a comparison with more revisions than one: a place in one of them
    is told with its revision."""
    revisions = {(each.article, each.revision) for each in articles}
    counts = Counter(article for article, _ in revisions)
    return frozenset(article for article, count in counts.items() if count > 1)


@dataclass(frozen=True, slots=True)
class ComparedText(ComparedArticle):
    """A text of a request as it was compared: `article` is its place there, from 0; `text` is
    title, empty line, text, uncleaned, the body from `body_start`; `language` the one it was read
    in."""

    language: str | None
    body_start: int
    text: str
