"""Which outlet a document is of: by the name that it brings, or by the domain of its address."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import insert, or_, select, update

from app.domain.source_correction import SourceCorrections
from app.domain.source_name import bare_domain, domain_of, source_slug
from app.store.changes import note
from app.store.corrections.source_log import (
    NewSourceCorrection,
    all_source_corrections,
    log_source_correction,
)
from app.store.engine.bulk_writes import upsert
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.sources.replay import release, replay_sources
from app.store.tables import source, source_domain, source_name

# Who is named in the log where pages, feeds and manifests gave a domain its name.
ITSELF = "parallax"

_NAME = source_name.c
_DOMAIN = source_domain.c


class Outlet(NamedTuple):
    """The outlet of a document, and the slug of the name that led to it; None: of none."""

    id: int | None
    came_as: str | None


def outlet_of(s: WriteSession, slug: str | None, name: str | None, url: str | None) -> Outlet:
    """The outlet of a document that names one (`slug` is the name's), or only has an address; made
    where there is none of that name yet.

    A bare domain leads to the outlet that has it, if one alone has. What such an outlet is called
    is learnt here: from the first document of the domain that says it.
    """
    said = bare_domain(name) if name else None
    domain = said or domain_of(url)
    if slug is None or said:
        led = _led_by(s, domain) if domain else None
        if led or slug is None:
            return led or Outlet(None, None)
        slug = source_slug(said or slug)
    owner = ensure_source(s, slug, name or slug)
    if domain:
        _learn(s, domain, owner, name or slug, named=said is None)
    return Outlet(owner, slug)


def outlets_of(
    s: WriteSession, documents: Sequence[tuple[str | None, str | None, str | None]]
) -> list[Outlet]:
    """The outlet of each document, by the slug and the name that it brings and its address."""
    keys = [(slug, bare_domain(name or ""), domain_of(url)) for slug, name, url in documents]
    asked = dict(zip(reversed(keys), reversed(documents), strict=True))
    # First those that name an outlet: they tell what the domains of the others are called.
    order = sorted(asked, key=lambda key: key[0] is None or key[1] is not None)
    found = {key: outlet_of(s, *asked[key]) for key in order}
    return [found[key] for key in keys]


def ensure_source(s: WriteSession, slug: str, name: str) -> int:
    """Creates the outlet of this slug, named `name`, where none is called so. Returns its id."""
    found = s.connection.execute(select(_NAME.source_id).where(_NAME.slug == slug)).scalar()
    return add_source(s, slug, name) if found is None else found


def add_source(s: WriteSession, slug: str, name: str) -> int:
    """Creates an outlet. Returns its id."""
    made: int = s.connection.execute(
        insert(source).values(slug=slug, name=name, articles=0).returning(source.c.id)
    ).scalar_one()
    note(s, "source", "created", [made])
    upsert(
        s.connection,
        source_name,
        ("slug", "name", "source_id", "found_id", "seen"),
        [(slug, name, made, made, False)],
        replace=("name", "source_id", "found_id", "seen"),
    )
    return made


def _led_by(s: ReadSession, domain: str) -> Outlet | None:
    """The outlet that a domain leads to; one that a person gave an outlet leads to it with all
    domains below it."""
    labels = domain.split(".")
    above = [".".join(labels[at:]) for at in range(1, len(labels) - 1)]
    rows = s.connection.execute(
        select(_DOMAIN.domain, _NAME.source_id, _NAME.slug)
        .join_from(source_domain, source_name, _NAME.slug == _DOMAIN.slug)
        .where(
            _NAME.source_id.is_not(None),
            or_(
                (_DOMAIN.domain == domain) & (_DOMAIN.given | ~_DOMAIN.shared),
                _DOMAIN.domain.in_(above) & _DOMAIN.given,
            ),
        )
    )
    found = max(rows, key=lambda row: len(row.domain), default=None)
    return found and Outlet(found.source_id, found.slug)


def _learn(s: WriteSession, domain: str, owner: int, name: str, *, named: bool) -> None:
    """Takes a document's outlet for that of its domain, as long as no other stands there too."""
    row = s.connection.execute(
        select(source_domain, _NAME.source_id, _NAME.found_id)
        .outerjoin_from(source_domain, source_name, _NAME.slug == _DOMAIN.slug)
        .where(_DOMAIN.domain == domain)
    ).first()
    if row is not None and (row.given or row.shared or row.source_id == owner):
        return
    if row is None or row.source_id is None:
        _see(s, domain, owner, new=row is None)
    elif named:
        _name_or_share(s, domain, row.slug, row.found_id, row.source_id, owner, name)


def _see(s: WriteSession, domain: str, owner: int, *, new: bool) -> None:
    corrections = SourceCorrections(all_source_corrections(s))
    if corrections.given(owner, "set_domains") is not None:
        return
    slug = source_slug(domain)
    if new:
        s.connection.execute(insert(source_domain).values(domain=domain, slug=slug))
    known = s.connection.execute(select(_NAME.source_id).where(_NAME.slug == slug)).first()
    if known is None or known.source_id is None:
        upsert(
            s.connection,
            source_name,
            ("slug", "name", "source_id", "found_id", "seen"),
            [(slug, domain, owner, owner, True)],
            replace=("source_id", "found_id", "seen"),
        )


def _name_or_share(
    s: WriteSession,
    domain: str,
    slug: str,
    found: int | None,
    leads_to: int,
    owner: int,
    name: str,
) -> None:
    """An article of a domain names another outlet than the one that the domain leads to."""
    rows = s.connection.execute(select(source).where(source.c.id.in_((found, leads_to))))
    known = {row.id: row for row in rows}
    first = known.get(found) if found is not None else None
    if first is None or bare_domain(first.found_name or first.name) != domain:
        s.connection.execute(
            update(source_domain).where(_DOMAIN.domain == domain).values(shared=True)
        )
        release(s, slug)
        return
    log = all_source_corrections(s)
    tried = any(
        (each.kind, each.source, each.other) == ("merge_sources", leads_to, owner) for each in log
    )
    if leads_to != found or bare_domain(first.name) is None or tried:
        return  # a person has said what is called so
    target = s.connection.execute(select(source.c.slug).where(source.c.id == owner)).scalar_one()
    log_source_correction(
        s,
        NewSourceCorrection(
            "merge_sources",
            leads_to,
            first.slug,
            other=owner,
            to=target,
            author=ITSELF,
            reason=f"an article of {domain} names its outlet: {name}",
        ),
    )
    replay_sources(s)
