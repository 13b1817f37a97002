"""How the articles, or the stories, of a whole list divide up by outlet, day and entity.

Counts that are kept are read where the filter leaves them whole; else all that matches is counted.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, cast, func, select, type_coerce

from app.domain.article import SourceRef
from app.domain.facets import (
    FACET_VALUES,
    DayFacet,
    EntityFacet,
    Facet,
    FacetName,
    Facets,
    SourceFacet,
)
from app.domain.page import ArticleFilter, EntityFilter, PageRequest, StoryFilter
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession
from app.store.queries.articles import Matching, matching_with_columns
from app.store.queries.entity_lists import counted_entities
from app.store.queries.stories import matching_stories
from app.store.tables import article, entity, entity_article, source, story

if TYPE_CHECKING:
    import numpy as np

_DAY = 86_400_000_000  # microseconds
_FIRST = (date.min - date(1970, 1, 1)).days


def article_facets(s: ReadSession, where: ArticleFilter, wanted: Collection[FacetName]) -> Facets:
    """How the articles that match divide up. Raises InvalidInput at the parameter that does not
    fit."""
    matching = matching_with_columns(s, where)
    return Facets(
        _sources(s, where, matching) if "source" in wanted else None,
        _days(s, _by_day(matching.statement, matching.published)) if "day" in wanted else None,
        _entities(s, where, matching) if "entity" in wanted else None,
    )


def story_facets(s: ReadSession, where: StoryFilter, wanted: Collection[FacetName]) -> Facets:
    """How the stories that match divide up, by the outlets that report them and the day of the last
    report. Raises InvalidInput at the parameter that does not fit."""
    ids, _ = matching_stories(s, where)
    return Facets(
        _named_sources(s, _reporting(s, ids)) if "source" in wanted else None,
        _days(s, _by_day(ids, story.c.last_published_at)) if "day" in wanted else None,
    )


def articles_by_day(s: ReadSession, where: ArticleFilter) -> list[DayFacet]:
    """How many of the articles that match are of each day, all days, from the newest; undated ones
    last. Raises InvalidInput at the parameter that does not fit."""
    matching = matching_with_columns(s, where)
    return _counted_days(s, _by_day(matching.statement, matching.published))


def _sources(s: ReadSession, where: ArticleFilter, matching: Matching) -> Facet[SourceFacet]:
    outlet: ColumnElement[Any] = matching.source
    if where.language or where.state:
        # An expression: by the column alone SQLite walks its index and looks up every row.
        outlet = func.coalesce(outlet, 0)
    counted = matching.statement.with_only_columns(outlet, func.count()).group_by(outlet)
    return _named_sources(s, [(each or None, n) for each, n in s.connection.execute(counted)])


def _reporting(s: ReadSession, stories: Select[Any]) -> list[tuple[int | None, int]]:
    """Outlets (None: no known one) with how many of the stories they report."""
    pairs = select(article.c.story_id, func.coalesce(article.c.source_id, 0)).where(
        article.c.story_id.in_(stories)
    )
    # Here and below, for a service starts quicker without it.
    import numpy as np

    reported = np.unique(_numbers(s, pairs), axis=0)
    found, counts = np.unique(reported[:, 1], return_counts=True)
    return [(int(each) or None, int(n)) for each, n in zip(found, counts, strict=True)]


def _named_sources(s: ReadSession, counts: Sequence[tuple[int | None, int]]) -> Facet[SourceFacet]:
    names = {
        row.id: SourceRef(row.slug, row.name)
        for row in s.connection.execute(select(source.c.id, source.c.slug, source.c.name))
    }
    found = [SourceFacet(None if each is None else names[each], count) for each, count in counts]
    found.sort(key=lambda each: (-each.count, each.source.slug if each.source else ""))
    return _cut(found)


def _by_day(matching: Select[Any], instant: ColumnElement[Any]) -> Select[int, int]:
    """Days since the first of the calendar with their counts."""
    # Counted from the first day of the calendar, since division cuts towards zero.
    moment = type_coerce(instant, BigInteger) - _FIRST * _DAY
    day: ColumnElement[int] = (moment // _DAY).label("day")
    return matching.with_only_columns(day, func.count()).group_by(day)


def _days(s: ReadSession, counted: Select[int, int]) -> Facet[DayFacet]:
    return _cut(_counted_days(s, counted))


def _counted_days(s: ReadSession, counted: Select[int, int]) -> list[DayFacet]:
    found = [
        DayFacet(None if day is None else date.min + timedelta(days=day), count)
        for day, count in s.connection.execute(counted)
    ]
    found.sort(key=lambda each: (each.day is not None, each.day), reverse=True)
    return found


def _cut[T](found: Sequence[T]) -> Facet[T]:
    return Facet(tuple(found[:FACET_VALUES]), max(0, len(found) - FACET_VALUES))


def _entities(s: ReadSession, where: ArticleFilter, matching: Matching) -> Facet[EntityFacet]:
    if where.q is None and not where.entities and where.language is None and where.state is None:
        counts, total = _kept(s, where)
    else:
        counts, total = _counted(s, matching)
    named = {
        row.id: row
        for row in s.connection.execute(
            select(entity.c.id, entity.c.name, entity.c.type).where(
                entity.c.id.in_(numbers([each for each, _ in counts]))
            )
        )
    }
    found = tuple(EntityFacet(each, named[each].name, named[each].type, n) for each, n in counts)
    return Facet(found, total - len(found))


def _kept(s: ReadSession, where: ArticleFilter) -> tuple[list[tuple[int, int]], int]:
    """The entities of most articles, from the counts by outlet and month, and how many there are
    in all."""
    same = EntityFilter(
        sources=where.sources, since=where.since, until=where.until, story=where.story
    )
    found, total = counted_entities(s, same, PageRequest(FACET_VALUES, sort="-articles"))
    return [(each.id, each.articles) for each in found], total.value


def _counted(s: ReadSession, matching: Matching) -> tuple[list[tuple[int, int]], int]:
    """The same of all articles that match, one by one."""
    ids = matching.statement.with_only_columns(matching.id.label("id")).subquery()
    mentioned = select(entity_article.c.entity_id).join_from(
        ids, entity_article, entity_article.c.article_id == ids.c.id
    )
    import numpy as np

    owners, counts = np.unique(_numbers(s, mentioned), return_counts=True)
    first = np.lexsort((owners, -counts))[:FACET_VALUES]
    return [(int(owners[each]), int(counts[each])) for each in first], len(owners)


def _numbers(s: ReadSession, rows: Select[Any]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """The whole numbers of these rows, `(rows, columns)`. They come as one text, which is read
    here: row by row, or grouped by SQLite, they take up to five times as long."""
    import numpy as np

    columns = rows.subquery().c
    packed = s.connection.execute(
        select(*(func.aggregate_strings(cast(each, String), ",") for each in columns))
    ).one()
    return np.stack([np.fromstring(each or "", np.int64, sep=",") for each in packed], axis=1)
