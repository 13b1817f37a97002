"""The mentions that a list of entities counts: those of outlets, of a period, or of named articles.

Their counts come from the months between the ends of a period, and from single articles only at its
ends.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, func, select

from app.domain.page import EntityFilter
from app.store.engine import parameters
from app.store.engine.column_types import month_of, month_start
from app.store.engine.sessions import ReadSession
from app.store.tables import article, entity_article, entity_month, entity_source

_LAST_MONTH = 9999 * 12 + 11


class Counted(NamedTuple):
    """An entity with its counts, and the name where the list is sorted by it."""

    id: int
    mentions: int
    articles: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The mentions that count: those in articles of these sources, of this period, or these."""

    sources: tuple[int, ...]
    where: EntityFilter

    def __bool__(self) -> bool:
        return bool(self.sources or self.named or self.dated)

    @property
    def named(self) -> bool:
        """Whether single articles are named, or the story that they are in."""
        return bool(self.where.articles) or self.where.story is not None

    @property
    def dated(self) -> bool:
        """Whether there is a period."""
        return self.where.since is not None or self.where.until is not None

    @property
    def by_source(self) -> bool:
        """Whether outlets alone say what counts."""
        return bool(self.sources) and not self.dated and not self.named

    @property
    def least(self) -> int:
        """Mentions that an entity must have: those without any are only kept for their ids."""
        return max(1, self.where.min_mentions or 1)

    def articles(self) -> Select[Any]:
        """The ids of the articles that count."""
        wanted = select(article.c.id).where(
            *self._sources(article),
            *_period(article, self.where.since, self.where.until),
        )
        if self.where.articles:
            wanted = wanted.where(article.c.id.in_(self.where.articles))
        if self.where.story is not None:
            wanted = wanted.where(article.c.story_id == self.where.story)
        return wanted

    def parts(self) -> Iterator[tuple[Table, list[ColumnElement[bool]]]]:
        """Tables that count by entity, with what holds for their rows that count; each mention is
        in one of them."""
        sources = (
            list(self._sources(entity_source)),
            list(self._sources(entity_month)),
            list(self._sources(entity_article)),
        )
        since, until = self.where.since, self.where.until
        if self.named:
            named = entity_article.c.article_id.in_(self.articles())
            yield entity_article, [*sources[2], *_period(entity_article, since, until), named]
            return
        if not self.dated:
            yield entity_source, sources[0]
            return
        first = None if since is None else month_of(since)
        if first is not None and since != month_start(first):
            first += 1
        last = None if until is None else month_of(until)
        if first is not None and (first > _LAST_MONTH or (last is not None and first >= last)):
            yield entity_article, [*sources[2], *_period(entity_article, since, until)]
            return
        months = []
        if since is not None and first is not None:
            months.append(entity_month.c.month >= first)
            if since != month_start(first):
                edge = _period(entity_article, since, month_start(first))
                yield entity_article, [*sources[2], *edge]
        if until is not None and last is not None:
            months.append(entity_month.c.month < last)
            if until != month_start(last):
                edge = _period(entity_article, month_start(last), until)
                yield entity_article, [*sources[2], *edge]
        yield entity_month, [*sources[1], *months]

    def _sources(self, table: Table) -> Iterator[ColumnElement[bool]]:
        if self.sources:
            yield table.c.source_id.in_(self.sources)


def _period(
    table: Table, since: datetime | None, until: datetime | None
) -> Iterator[ColumnElement[bool]]:
    if since is not None:
        yield table.c.published_at >= since
    if until is not None:
        yield table.c.published_at < until


def counts_in(s: ReadSession, scope: Scope, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Mentions and articles in the scope of those of the entities that have any."""
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for entity_id, _, mentions, articles in _counts(s, scope, ids, per_source=False):
        counts[entity_id][0] += mentions
        counts[entity_id][1] += articles
    return {entity_id: (mentions, articles) for entity_id, (mentions, articles) in counts.items()}


def source_counts_in(
    s: ReadSession, scope: Scope, ids: Collection[int]
) -> list[tuple[int, int, int, int]]:
    """`entity, source, mentions, articles` in the scope, of these entities."""
    counts: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for entity_id, source_id, mentions, articles in _counts(s, scope, ids, per_source=True):
        if source_id:  # 0 and None stand for no outlet
            counts[entity_id, source_id][0] += mentions
            counts[entity_id, source_id][1] += articles
    return [(*key, mentions, articles) for key, (mentions, articles) in counts.items()]


def _counts(
    s: ReadSession, scope: Scope, ids: Collection[int], *, per_source: bool
) -> Iterator[tuple[int, int | None, int, int]]:
    wanted = parameters.numbers(ids)
    for table, conditions in scope.parts():
        owner, of_source = table.c.entity_id, table.c.source_id
        articles = func.count() if table is entity_article else func.sum(table.c.articles)
        groups = [owner, of_source] if per_source else [owner]
        yield from s.connection.execute(
            select(
                owner,
                of_source if per_source else func.min(of_source),
                func.sum(table.c.mentions),
                articles,
            )
            .where(owner.in_(wanted), *conditions)
            .group_by(*groups)
        )


def mentions_in(s: ReadSession, scope: Scope, entity_id: int) -> int:
    """How many mentions of an entity are in the scope."""
    return counts_in(s, scope, [entity_id]).get(entity_id, (0, 0))[0]
