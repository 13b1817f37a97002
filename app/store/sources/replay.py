"""What corrections of outlets come to: the names, the domains and the outlets themselves."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from app.domain.source_correction import FoundName, SourceCorrections
from app.store.changes import note
from app.store.corrections.source_log import all_source_corrections
from app.store.engine.sessions import WriteSession
from app.store.sources.moves import move_articles
from app.store.tables import article, entity_source, source, source_domain, source_name

_NAME = source_name.c
_DOMAIN = source_domain.c


def replay_sources(s: WriteSession) -> None:
    """Brings every name, domain and outlet to what the corrections in force say; articles follow
    the names under which they came in."""
    corrections = SourceCorrections(all_source_corrections(s))
    _show(s, corrections)
    _give_domains(s, corrections.domains())
    _add_names(s, corrections)
    for row in s.connection.execute(select(source_name)).all():
        owner = corrections.owner(FoundName(row.slug, row.found_id, row.seen))
        if owner is None:
            if row.source_id is not None:
                release(s, row.slug)
        elif owner != row.source_id:
            _lead(s, row.slug, row.source_id, owner)
    s.connection.execute(
        delete(source_domain).where(
            ~_DOMAIN.given, ~_DOMAIN.shared, _DOMAIN.slug.not_in(select(_NAME.slug))
        )
    )


def release(s: WriteSession, slug: str) -> None:
    """Takes a name from the outlet that it leads to: articles that came in under it get an
    outlet of their own, and without any the name is nobody's."""
    row = s.connection.execute(select(source_name).where(_NAME.slug == slug)).one()
    came = (article.c.source_id == row.source_id) & (article.c.came_as == slug)
    mine = _NAME.slug == slug
    if s.connection.execute(select(article.c.id).where(came).limit(1)).first() is None:
        # A domain that was seen is the outlet's again when what took it away is undone.
        gone = update(source_name).values(source_id=None) if row.seen else delete(source_name)
        s.connection.execute(gone.where(mine))
        return
    own = s.connection.execute(select(source.c.id).where(source.c.slug == slug)).scalar()
    if own is None:
        own = s.connection.execute(
            insert(source).values(slug=slug, name=row.name, articles=0).returning(source.c.id)
        ).scalar_one()
        note(s, "source", "created", [own])
    s.connection.execute(update(source_name).where(mine).values(found_id=own, seen=False))
    _lead(s, slug, row.source_id, own)


def _lead(s: WriteSession, slug: str, was: int | None, to: int) -> None:
    s.connection.execute(update(source_name).where(_NAME.slug == slug).values(source_id=to))
    if was is not None:
        move_articles(s, slug, was, to)


def _show(s: WriteSession, corrections: SourceCorrections) -> None:
    """What each outlet is called, and what else was said of it."""
    for row in s.connection.execute(select(source)).all():
        slug, name = row.found_slug or row.slug, row.found_name or row.name
        renamed = corrections.given(row.id, "rename_source")
        wanted = corrections.renamed_slug(row.id)
        country, language = (corrections.given(row.id, k) for k in ("set_country", "set_language"))
        values = {
            "name": renamed[0] if renamed else name,
            "slug": wanted if wanted and _is_free(s, wanted, row.id) else slug,
            "found_name": name if renamed else None,
            "found_slug": slug if renamed else None,
            "country": country[0] if country else None,
            "language": language[0] if language else None,
            "tags": list(corrections.given(row.id, "set_tags") or ()) or None,
            "merged_into": corrections.merged_into(row.id),
        }
        if any(getattr(row, column) != value for column, value in values.items()):
            s.connection.execute(update(source).where(source.c.id == row.id).values(values))
            _note(s, row, values)


def _note(s: WriteSession, was: Row[Any], now: Mapping[str, Any]) -> None:
    """Notes that an outlet shows otherwise, and what shows its name."""
    into = now["merged_into"]
    merged = into is not None and into != was.merged_into
    note(s, "source", "merged" if merged else "changed", [was.id], to=into if merged else None)
    if (was.slug, was.name) != (now["slug"], now["name"]):
        shown = select(article.c.id).where(article.c.source_id == was.id)
        note(s, "article", "changed", s.connection.execute(shown).scalars())
        counted = select(entity_source.c.entity_id).where(entity_source.c.source_id == was.id)
        note(s, "entity", "changed", s.connection.execute(counted).scalars())


def _is_free(s: WriteSession, slug: str, mine: int) -> bool:
    """Whether no other outlet has, or came in under, this slug."""
    taken = (source.c.slug == slug) | (source.c.found_slug == slug)
    other = select(source.c.id).where(taken, source.c.id != mine)
    return s.connection.execute(other).first() is None


def _give_domains(s: WriteSession, given: dict[str, str]) -> None:
    held = {row.domain: row for row in s.connection.execute(select(source_domain))}
    for domain in held.keys() | given.keys():
        if domain not in held:
            s.connection.execute(
                insert(source_domain).values(domain=domain, slug=given[domain], given=True)
            )
        elif held[domain].given != (domain in given):
            s.connection.execute(
                update(source_domain).where(_DOMAIN.domain == domain).values(given=domain in given)
            )


def _add_names(s: WriteSession, corrections: SourceCorrections) -> None:
    """The names that only corrections speak of."""
    known = set(s.connection.execute(select(_NAME.slug)).scalars())
    for each in corrections.log:
        spoken = each.values if each.kind in ("rename_source", "set_domains") else ()
        for slug, name in zip(each.keys, spoken, strict=False):
            owner = corrections.owner(FoundName(slug, None))
            if slug not in known and owner is not None:
                known.add(slug)
                s.connection.execute(
                    insert(source_name).values(slug=slug, name=name, source_id=owner)
                )
