"""Outlets."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select

from app.domain.article import Source
from app.domain.page import Page, PageRequest
from app.errors import InvalidInput, NotFound
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.sessions import ReadSession
from app.store.tables import article, source


class NamedSource(NamedTuple):
    """An outlet that was asked for."""

    id: int
    slug: str
    name: str


def sources_named(
    s: ReadSession, names: Sequence[str], pointer: str = "?source"
) -> list[NamedSource]:
    """The outlets with these slugs or, where none has it, these names, in their order; of several
    that have one name the first by slug.

    Raises InvalidInput at the pointer for what no outlet is called.
    """
    if not names:
        return []
    rows = s.connection.execute(
        select(source.c.id, source.c.slug, source.c.name)
        .where(or_(source.c.slug.in_(names), source.c.name.in_(names)))
        .order_by(source.c.slug.desc())
    )
    found = [NamedSource(*row) for row in rows]
    called = {each.name: each for each in found} | {each.slug: each for each in found}
    for name in names:
        if name not in called:
            raise InvalidInput(
                f"there is no source {name[:80]!r}: the list of sources has their names"
            ).at(pointer)
    return [called[name] for name in names]


def source_ids(s: ReadSession, names: Sequence[str], pointer: str = "?source") -> tuple[int, ...]:
    """The ids of the outlets with these slugs or names, ascending.

    Raises InvalidInput at the pointer for what no outlet is called.
    """
    return tuple(sorted({each.id for each in sources_named(s, names, pointer)}))


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


def sources_by_id(s: ReadSession, ids: Sequence[int]) -> list[Source]:
    """These outlets, by id."""
    rows = s.connection.execute(_sources().where(source.c.id.in_(ids)).order_by(source.c.id))
    return [Source(*row[1:]) for row in rows]


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
