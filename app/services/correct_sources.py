"""Corrections of outlets by people: logged, applied at once, undone.

What a person says of an outlet is a rule for the names under which articles come in: they follow
their names, those that are there and those still to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from app.domain.language_tags import NO_TAG, primary_language
from app.domain.limits import MAX_CORRECTION_NAME, MAX_TAG, MAX_TAGS
from app.domain.source_correction import (
    SourceCorrection,
    SourceCorrectionKind,
    SourceCorrections,
)
from app.domain.source_name import bare_domain, domain_of, source_slug
from app.domain.text import check_characters
from app.errors import Conflict, InvalidInput, NotFound
from app.services.corrector import Corrector, checked_text
from app.store.corrections.log import log_undo
from app.store.corrections.source_log import (
    NewSourceCorrection,
    all_source_corrections,
    log_source_correction,
)
from app.store.engine.sessions import Store, WriteSession
from app.store.sources.current import (
    CurrentSource,
    current_source,
    holder_of_domain,
    named_so,
    source_by_id,
)
from app.store.sources.replay import replay_sources

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """What a person says of an outlet; None leaves a thing as it is, and an empty list of domains
    or tags takes all of them away."""

    name: str | None = None
    domains: Sequence[str] | None = None
    country: str | None = None
    language: str | None = None
    tags: Sequence[str] | None = None


def merge(store: Store, slug: str, into: str, by: Corrector) -> SourceCorrection:
    """Makes the outlet part of `into` (slugs): all its articles, and those still to come under its
    names, are the other's. Returns the correction; one that was made before is not made again.

    Raises NotFound; InvalidInput at `#/into`; Conflict where one of them is part of another.
    """
    with store.write() as session:
        check_characters(slug)
        merged = current_source(session, slug)
        try:
            target = current_source(session, check_characters(into))
        except (NotFound, InvalidInput) as error:
            raise InvalidInput(error.detail).at("#/into") from None
        if merged.id == target.id:
            raise InvalidInput("an outlet cannot be merged into itself").at("#/into")
        for done in SourceCorrections(all_source_corrections(session)).log:
            if (done.kind, done.source, done.other) == ("merge_sources", merged.id, target.id):
                return done
        _check_own(session, merged)
        _check_own(session, target)
        new = NewSourceCorrection(
            "merge_sources",
            merged.id,
            merged.slug,
            other=target.id,
            to=target.slug,
            author=by.author,
            reason=by.reason,
        )
        (made,) = _correct(session, [new])
    return made


def change_source(
    store: Store, slug: str, changes: SourceChanges, by: Corrector
) -> tuple[SourceCorrection, ...]:
    """Changes an outlet in one transaction. Returns the corrections that this came to, one for each
    change that changed anything.

    Raises NotFound; InvalidInput at the field that does not fit; Conflict where the outlet is part
    of another, or a name or domain is another's.
    """
    with store.write() as session:
        check_characters(slug)
        outlet = current_source(session, slug)
        _check_own(session, outlet)
        said = SourceCorrections(all_source_corrections(session))
        wanted: list[tuple[SourceCorrectionKind, Sequence[str] | None, tuple[str, ...]]] = []
        if changes.name is not None:
            name, key = _name(session, outlet, changes.name)
            wanted.append(("rename_source", None if name == outlet.name else (name,), (key,)))
        if changes.domains is not None:
            domains, keys = _domains(session, outlet, changes.domains)
            wanted.append(("set_domains", domains, keys))
        if changes.country is not None:
            wanted.append(("set_country", (_country(changes.country),), ()))
        if changes.language is not None:
            wanted.append(("set_language", (_language(changes.language),), ()))
        if changes.tags is not None:
            wanted.append(("set_tags", _tags(changes.tags), ()))
        new = [
            NewSourceCorrection(
                kind,
                outlet.id,
                outlet.slug,
                values=tuple(values),
                keys=keys,
                author=by.author,
                reason=by.reason,
            )
            for kind, values, keys in wanted
            if values is not None and said.given(outlet.id, kind) != tuple(values)
        ]
        return _correct(session, new)


def undo(session: WriteSession, done: SourceCorrection, by: Corrector) -> None:
    """Takes a correction back: everything is as if it had never been made."""
    log_undo(session, done.id, author=by.author, reason=by.reason)
    replay_sources(session)


def _correct(
    session: WriteSession, new: Sequence[NewSourceCorrection]
) -> tuple[SourceCorrection, ...]:
    made = tuple(log_source_correction(session, each) for each in new)
    if made:
        replay_sources(session)
    for done in made:
        log.info("outlet corrected", correction=done.id, kind=done.kind, source=done.slug)
    return made


def _check_own(session: WriteSession, outlet: CurrentSource) -> None:
    if outlet.merged_into is not None:
        target = source_by_id(session, outlet.merged_into)
        raise Conflict(
            f"outlet {outlet.slug} is part of {target.slug}: correct that one, or undo the merge "
            "first"
        )


def _name(session: WriteSession, outlet: CurrentSource, given: str) -> tuple[str, str]:
    """The name and its slug."""
    name = checked_text(given, "name", MAX_CORRECTION_NAME)
    try:
        slug = source_slug(name)
    except InvalidInput as error:
        raise error.at("#/name") from None
    other = named_so(session, slug)
    if other is not None and other.id != outlet.id:
        raise Conflict(
            f"another outlet, {other.slug}, is called so: merge {outlet.slug} into it"
        ).at("#/name")
    return name, slug


def _domains(
    session: WriteSession, outlet: CurrentSource, given: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The domains and their slugs."""
    _check_length("domains", given)
    found: dict[str, str] = {}
    for number, each in enumerate(given):
        pointer = f"#/domains/{number}"
        domain = bare_domain(each) or domain_of(each)
        if domain is None:
            raise InvalidInput(f"{each[:80]!r} is no domain such as news.example").at(pointer)
        slug = source_slug(domain)
        holder = holder_of_domain(session, domain, slug)
        if holder is not None and holder.id != outlet.id:
            raise Conflict(
                f"{domain} is {holder.slug}'s: take it from that outlet, or merge the two"
            ).at(pointer)
        found[domain] = slug
    return tuple(found), tuple(found.values())


def _country(given: str) -> str:
    country = given.strip().upper()
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise InvalidInput(
            f"{given[:40]!r} is no country code of two letters (ISO 3166-1) such as DE"
        ).at("#/country")
    return country


def _language(given: str) -> str:
    language = primary_language(given)
    if language is None:
        raise InvalidInput(f"{given[:40]!r} {NO_TAG}").at("#/language")
    return language


def _tags(given: Sequence[str]) -> tuple[str, ...]:
    _check_length("tags", given)
    return tuple(dict.fromkeys(checked_text(each, "tags", MAX_TAG) for each in given))


def _check_length(field: str, given: Sequence[str]) -> None:
    if len(given) > MAX_TAGS:
        raise InvalidInput(f"{field} holds {len(given):,}: at most {MAX_TAGS} are kept").at(
            f"#/{field}"
        )
