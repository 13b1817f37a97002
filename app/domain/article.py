"""Documents on their way in, and articles as they are kept."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from app.errors import InvalidInput

type Precision = Literal["day", "time"]
type State = Literal["pending", "ready", "failed"]
type RawKind = Literal["text", "html"]

# `fromisoformat` takes weeks and basic formats too, which an outlet's date never is.
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:$|[Tt ])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared: the instant in UTC, the day as its outlet printed it, and
    whether a time was given ("time") or the day alone ("day": the instant is its midnight UTC)."""

    instant: datetime
    day: date
    precision: Precision

    @classmethod
    def parse(cls, value: str) -> "Published":
        """From an ISO 8601 date or date-time; one without an offset is taken as UTC.

        Raises InvalidInput where it is neither.
        """
        text = value.strip()
        try:
            if not _ISO_DAY.match(text):
                raise ValueError(text)
            if len(text) == 10:
                day = date.fromisoformat(text)
                return cls(datetime(day.year, day.month, day.day, tzinfo=UTC), day, "day")
            printed = datetime.fromisoformat(text)
            aware = printed if printed.tzinfo else printed.replace(tzinfo=UTC)
            return cls(aware.astimezone(UTC), printed.date(), "time")
        except (ValueError, OverflowError):
            raise InvalidInput(
                f"{value[:40]!r} is not a date (2016-03-24) or date-time (2016-03-24T09:30:00Z)"
            ) from None


@dataclass(frozen=True, slots=True)
class Submission:
    """A document as it comes in. Exactly one of `text`, `html` and `url` is its content; a `url`
    beside a text or HTML is the address where it was published."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """What cleaning took away, and why: `start`, `end` are offsets into the text before it."""

    text: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From the stored text back to the text before cleaning.

    `segments` are `(clean_start, raw_start, length)`, ascending in `clean_start`; characters of
    the stored text in no segment (a title that was given apart, the blank line between
    paragraphs) stand nowhere in the raw text.
    """

    segments: tuple[tuple[int, int, int], ...]

    def to_raw(self, offset: int) -> int | None:
        """The offset in the text before cleaning of the character at `offset`, or None."""
        for clean, raw, length in self.segments:
            if clean <= offset < clean + length:
                return raw + offset - clean
        return None


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned, identified document, ready to be stored.

    `text` opens with title and subtitle, each a paragraph of its own, then the body from
    `body_start`; paragraphs are parted by one empty line. `raw` is what came in, byte for byte as
    text; `extracted` the plain text that HTML gave (None for plain text), which `removed` and
    `offsets` speak of (of `raw` where it is None). `identity` is the key under which the same
    article is known again, `content_hash` tells whether its content changed, and by
    `submission_hash` the same submission is known without being cleaned again.
    """

    text: str
    body_start: int
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    source: str | None
    url: str | None
    published: Published | None
    language: str | None
    external_id: str | None
    raw: str
    raw_kind: RawKind
    extracted: str | None
    removed: tuple[Removed, ...]
    offsets: OffsetMap
    cleaner: str
    identity: str
    content_hash: str
    word_count: int
    submission_hash: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """An outlet: `slug` in addresses, `name` for people."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet with its articles counted, and the first and last day it published. `domains` are
    those whose articles are taken for its own; the rest is what people said of it."""

    slug: str
    name: str
    articles: int
    first_published: datetime | None
    last_published: datetime | None
    domains: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as lists show it: everything but its text."""

    id: int
    external_id: str | None
    url: str | None
    source: SourceRef | None
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    published: Published | None
    language: str | None
    word_count: int
    state: State
    reason: str | None
    revision: int
    story: int | None
    pipeline: str | None
    body_start: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article with its stored text and what cleaning removed from it."""

    article: Article
    text: str
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an article's content; `number` counts from 1."""

    number: int
    title: str | None
    word_count: int
    content_hash: str
    cleaner: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RevisionDetail:
    """A revision with its stored text, what came in, and what cleaning removed."""

    revision: Revision
    text: str
    body_start: int
    raw: str
    raw_kind: RawKind
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class ArticleChanges:
    """Metadata that a person changes; None leaves a field as it is."""

    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] | None = None
    language: str | None = None
    url: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """One document of an import that was not taken: `line` counts from 1 (of the NDJSON, or of
    the files in their order), `name` is the file's where there are files."""

    line: int
    detail: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """An import and its counts; "done" means that every article of it is analysed too. `passed`
    counts what a web archive holds beside pages, `analysed` the documents that are through with
    all, `bytes` are those of what was sent, `per_second` the documents since it began."""

    id: int
    state: Literal["running", "done"]
    bytes: int
    received: int
    passed: int
    created: int
    existing: int
    failed: int
    analysed: int
    per_second: float | None
    seconds_left: int | None
    created_at: datetime
    finished_at: datetime | None
    errors: tuple[ImportFailure, ...] = field(default=())


type ImportOutcome = Literal["created", "revised", "existing"]


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """One document of an import that was taken, and the article that it became: a new one, a new
    revision of one, or one that was there already (None where that was deleted before)."""

    line: int
    name: str | None
    outcome: ImportOutcome
    article: int | None


@dataclass(frozen=True, slots=True)
class ImportFilter:
    """Which documents of an import: those with one of these outcomes, all where there is none."""

    outcomes: tuple[ImportOutcome, ...] = ()
