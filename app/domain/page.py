"""Lists: what is asked for, and one page of the answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class PageRequest:
    """`limit` items (1 to 200) after `cursor`, ordered by `sort` (a field, `-` before it for
    descending, None for the list's own order); `exact` counts past 10,000."""

    limit: int = 50
    cursor: str | None = None
    sort: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """How many items there are in all: exactly ("eq") or at least ("gte")."""

    value: int
    relation: Literal["eq", "gte"]


@dataclass(frozen=True, slots=True)
class Page[T]:
    """One page; `next_cursor` is None on the last."""

    items: tuple[T, ...]
    next_cursor: str | None
    total: Total


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles. `q` is full text; `sources` are slugs or names; every one of the `entities`
    is mentioned; `since` is inclusive and `until` exclusive on the publication instant, and undated
    articles match neither; what is shown of them changed at `updated_since` or later. Their outlet
    has any of `source_tags` and is of one of `source_countries`."""

    q: str | None = None
    sources: tuple[str, ...] = ()
    entities: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    language: str | None = None
    state: str | None = None
    story: int | None = None
    updated_since: datetime | None = None
    source_tags: tuple[str, ...] = ()
    source_countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Which stories: those with articles of every one of these outlets, and none of another, that
    name every one of these entities, with an article that matches `q`, whose span of time meets the
    period, and of so many articles and outlets at least."""

    sources: tuple[str, ...] = ()
    entities: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    min_articles: int | None = None
    min_sources: int | None = None
    without_source: str | None = None
    q: str | None = None
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedFilter:
    """Which feeds: of any of these outlets, in this state."""

    sources: tuple[str, ...] = ()
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFilter:
    """Which outlets: those that have any of these tags, and are of one of these countries."""

    tags: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """Which entities. `q` matches by prefix and near spelling; with `sources`, `articles`, `story`,
    `since` or `until` only mentions in such articles count."""

    q: str | None = None
    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    min_mentions: int | None = None
    story: int | None = None
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class MentionFilter:
    """Which mentions: of any of these types, of any of these entities."""

    types: tuple[str, ...] = ()
    entities: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes of an article: of any of these kinds, of any of these entities."""

    kinds: tuple[str, ...] = ()
    entities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceFilter:
    """Which references of an article: of any of these kinds, to any of these entities."""

    kinds: tuple[str, ...] = ()
    entities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionFilter:
    """Which corrections: those that concern an entity, a story or an outlet (its slug), of these
    kinds, in force or undone."""

    entity: int | None = None
    story: int | None = None
    source: str | None = None
    kinds: tuple[str, ...] = ()
    in_force: bool | None = None
