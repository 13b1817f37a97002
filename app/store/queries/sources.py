"""Outlets."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app.domain.article import Source
from app.domain.page import Page, PageRequest
from app.errors import InvalidInput, NotFound
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.sessions import ReadSession
from app.store.tables import article, source


def source_ids(s: ReadSession, slugs: Sequence[str]) -> tuple[int, ...]:
    """The ids of the outlets of these slugs, ascending.

    Raises InvalidInput at `?source` for a slug that is no outlet's.
    """
    if not slugs:
        return ()
    found = {
        row.slug: row.id
        for row in s.connection.execute(
            select(source.c.slug, source.c.id).where(source.c.slug.in_(slugs))
        )
    }
    for slug in slugs:
        if slug not in found:
            raise InvalidInput(f"there is no source {slug[:80]!r}").at("?source")
    return tuple(sorted(found.values()))


def source_page(s: ReadSession, page: PageRequest) -> Page[Source]:
    """Outlets with articles, by slug, name or articles; by slug unless asked otherwise."""
    order = read_request(page, "sources", None, {"slug": str, "name": str, "articles": int}, "slug")
    base = _sources().where(source.c.articles > 0)
    rows, cursor = fetch(s.connection, base, source.c.id, Sort(source.c[order.field], str), order)
    ids = select(source.c.id).where(source.c.articles > 0)
    return paged(
        [Source(*row[1:-1]) for row in rows],
        cursor,
        count(s.connection, ids, exact=order.exact),
    )


def find_source(s: ReadSession, slug: str) -> Source:
    """The outlet of this slug.

    Raises NotFound.
    """
    row = s.connection.execute(_sources().where(source.c.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(f"there is no source {slug[:80]!r}")
    return Source(*row[1:])


def _sources() -> Select[Any]:
    # Two one-row lookups in an index for each outlet, rather than a pass over all its articles.
    first, last = (
        select(pick(article.c.published_at))
        .where(article.c.source_id == source.c.id)
        .scalar_subquery()
        for pick in (func.min, func.max)
    )
    return select(source.c.id, source.c.slug, source.c.name, source.c.articles, first, last)
