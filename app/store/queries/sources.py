"""Outlets."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.domain.article import Source
from app.domain.page import Page, PageRequest, SourceFilter
from app.domain.source_name import source_slug
from app.errors import InvalidInput, NotFound
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession
from app.store.tables import article, source, source_domain, source_name


class NamedSource(NamedTuple):
    """An outlet that was asked for."""

    id: int
    slug: str
    name: str


def sources_named(
    s: ReadSession, names: Sequence[str], pointer: str = "?source"
) -> list[NamedSource]:
    """The outlets with these slugs or, where none has it, these names, in their order; of several
    that have one name the first by slug. Slugs and names that an outlet once had lead to it too.

    Raises InvalidInput at the pointer for what no outlet is called.
    """
    if not names:
        return []
    slugs = {name: _slug(name) for name in names}
    rows = s.connection.execute(
        select(source_name.c.slug, source.c.id, source.c.slug, source.c.name)
        .join_from(source_name, source, source.c.id == source_name.c.source_id)
        .where(or_(source_name.c.slug.in_({*names, *slugs.values()}), source.c.name.in_(names)))
    )
    found = sorted(
        ((slug, NamedSource(*row)) for slug, *row in rows),
        key=lambda each: each[1].slug,
        reverse=True,
    )
    of_slug = dict(found)
    called = (
        {name: of_slug[slug] for name, slug in slugs.items() if slug in of_slug}
        | {each.name: each for _, each in found}
        | of_slug
    )
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


def _slug(name: str) -> str:
    try:
        return source_slug(name)
    except InvalidInput:
        return name


def source_page(s: ReadSession, where: SourceFilter, page: PageRequest) -> Page[Source]:
    """Outlets with articles, by slug, name or articles; by slug unless asked otherwise."""
    fields = {"slug": str, "name": str, "articles": int}
    order = read_request(page, "sources", where, fields, "slug")
    ids, key = matching_sources(s, where)
    base = ids.add_columns(source.c[order.field])
    rows, cursor = fetch(s.connection, base, key, Sort(source.c[order.field], str), order)
    found = {each.id: each.source for each in _sources(s, [row[0] for row in rows])}
    return paged(
        [found[row[0]] for row in rows],
        cursor,
        count(s.connection, ids, exact=order.exact),
    )


def matching_sources(s: ReadSession, where: SourceFilter) -> tuple[Select[Any], ColumnElement[int]]:
    """The ids of the outlets with articles that match, with the column of their id."""
    base: Select[Any] = select(source.c.id).where(source.c.articles > 0)
    if where.countries:
        base = base.where(source.c.country.in_(where.countries))
    if where.tags:
        base = base.where(source.c.id.in_(numbers(_tagged(s, where.tags))))
    return base, source.c.id


def _tagged(s: ReadSession, tags: Collection[str]) -> list[int]:
    """The ids of the outlets that have any of these tags."""
    # Outlets are few, and JSON is asked in another way by each database.
    rows = s.connection.execute(
        select(source.c.id, source.c.tags).where(source.c.tags.is_not(None))
    )
    return [number for number, has in rows if has and not set(tags).isdisjoint(has)]


def sources_by_id(s: ReadSession, ids: Sequence[int]) -> list[Source]:
    """These outlets, by id."""
    return [each.source for each in _sources(s, ids)]


def find_source(s: ReadSession, slug: str) -> Source:
    """The outlet that a slug or name leads to, its own or one that it once had.

    Raises NotFound.
    """
    (found,) = _sources(s, [source_led_to(s, slug)])
    return found.source


def source_led_to(s: ReadSession, slug: str) -> int:
    """The id of the outlet that a slug or name leads to. Raises NotFound."""
    try:
        return sources_named(s, [slug])[0].id
    except InvalidInput:
        raise NotFound(f"there is no source {slug[:80]!r}") from None


class _Known(NamedTuple):
    id: int
    source: Source


def _sources(s: ReadSession, ids: Sequence[int]) -> list[_Known]:
    # Two one-row lookups in an index for each outlet, rather than a pass over all its articles.
    first, last = (
        select(pick(article.c.published_at))
        .where(article.c.source_id == source.c.id)
        .scalar_subquery()
        for pick in (func.min, func.max)
    )
    own = source.c
    rows = s.connection.execute(
        select(own.id, own.slug, own.name, own.articles, first, last)
        .add_columns(own.country, own.language, own.tags)
        .where(own.id.in_(numbers(ids)))
        .order_by(own.id)
    )
    domains = _domains(s, ids)
    return [
        _Known(
            row.id,
            Source(
                row.slug,
                row.name,
                row.articles,
                row[4],
                row[5],
                domains=tuple(domains[row.id]),
                country=row.country,
                language=row.language,
                tags=tuple(row.tags or ()),
            ),
        )
        for row in rows
    ]


def _domains(s: ReadSession, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    has = source_domain.c
    rows = s.connection.execute(
        select(source_name.c.source_id, has.domain)
        .join_from(source_domain, source_name, source_name.c.slug == has.slug)
        .where(source_name.c.source_id.in_(numbers(ids)), or_(has.given, ~has.shared))
        .order_by(has.domain)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, domain in rows:
        found[number].append(domain)
    return found
