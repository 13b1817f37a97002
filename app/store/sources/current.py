"""Outlets as a correction finds them."""

from typing import NamedTuple

from sqlalchemy import or_, select

from app.domain.source_name import bare_domain
from app.errors import NotFound
from app.store.engine.sessions import ReadSession
from app.store.tables import source, source_domain, source_name


class CurrentSource(NamedTuple):
    """An outlet. `merged_into` is what it is part of."""

    id: int
    slug: str
    name: str
    articles: int
    merged_into: int | None


def current_source(s: ReadSession, slug: str) -> CurrentSource:
    """The outlet of this slug, also where it is part of another; else the one that the slug leads
    to.

    Raises NotFound.
    """
    own = source.c
    columns = (own.id, own.slug, own.name, own.articles, own.merged_into)
    by_itself = select(*columns).where(or_(own.slug == slug, own.found_slug == slug))
    led_to = (
        select(*columns)
        .join_from(source_name, source, own.id == source_name.c.source_id)
        .where(source_name.c.slug == slug)
    )
    for query in (by_itself.where(own.merged_into.is_not(None)), led_to, by_itself):
        row = s.connection.execute(query.order_by(own.id)).first()
        if row is not None:
            return CurrentSource(*row)
    raise NotFound(f"there is no source {slug[:80]!r}")


def source_by_id(s: ReadSession, number: int) -> CurrentSource:
    """The outlet of this id."""
    own = source.c
    row = s.connection.execute(
        select(own.id, own.slug, own.name, own.articles, own.merged_into).where(own.id == number)
    ).one()
    return CurrentSource(*row)


def named_so(s: ReadSession, slug: str) -> CurrentSource | None:
    """The outlet with articles that a slug leads to, if any."""
    number = s.connection.execute(
        select(source_name.c.source_id).where(source_name.c.slug == slug)
    ).scalar()
    found = None if number is None else source_by_id(s, number)
    return found if found is not None and found.articles else None


def holder_of_domain(s: ReadSession, domain: str, slug: str) -> CurrentSource | None:
    """The outlet that a domain cannot be taken from: a person gave it to it, or it goes by a name
    that reads like the domain."""
    name = source_name.c
    row = s.connection.execute(
        select(name.source_id, name.seen, source.c.name, source.c.found_name)
        .outerjoin_from(source_name, source, source.c.id == name.found_id)
        .where(name.slug == slug)
    ).first()
    if row is None:
        return None
    given = s.connection.execute(
        select(source_domain.c.given).where(source_domain.c.domain == domain)
    ).scalar()
    called = row.found_name or row.name
    if given or (not row.seen and called is not None and bare_domain(called) != domain):
        return source_by_id(s, row.source_id)
    return None
