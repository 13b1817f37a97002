"""Identities of documents whose outlet has several names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select, union_all

from app.domain.article import Document
from app.store.engine.parameters import strings
from app.store.engine.sessions import ReadSession
from app.store.tables import article, source_name, tombstone


def under_known_identities(
    s: ReadSession, documents: Sequence[tuple[Document, str | None]]
) -> Sequence[tuple[Document, str | None]]:
    """The documents, each with the slug of the name it brings; one that is known, or was deleted,
    under another name of its outlet has the identity that it has there."""
    names = _other_names(s, {slug for _, slug in documents if slug is not None})
    if not names:
        return documents
    maybe = {
        document.identity: _elsewhere(document.identity, slug, names.get(slug, ()))
        for document, slug in documents
        if slug is not None
    }
    wanted = strings({*maybe, *(each for others in maybe.values() for each in others)})
    held = set(
        s.connection.execute(
            union_all(
                *(
                    select(table.c.identity).where(table.c.identity.in_(wanted))
                    for table in (article, tombstone)
                )
            )
        ).scalars()
    )
    known = {
        identity: next((each for each in others if each in held), identity)
        for identity, others in maybe.items()
        if identity not in held
    }
    return [
        (replace(document, identity=known.get(document.identity, document.identity)), slug)
        for document, slug in documents
    ]


def _elsewhere(identity: str, slug: str, others: Sequence[str]) -> list[str]:
    """The identities that a document of an outlet would have under its other names."""
    kind, _, rest = identity.partition(":")
    own, parted, key = rest.partition(":")
    if kind not in ("external", "content") or own != slug or not parted:
        return []
    return [f"{kind}:{other}:{key}" for other in others]


def _other_names(s: ReadSession, slugs: set[str]) -> dict[str, list[str]]:
    """The other slugs that lead where each of these leads."""
    own, other = source_name.alias(), source_name.alias()
    rows = s.connection.execute(
        select(own.c.slug, other.c.slug)
        .join_from(own, other, other.c.source_id == own.c.source_id)
        .where(own.c.slug.in_(strings(slugs)), other.c.slug != own.c.slug)
        .order_by(other.c.slug)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for slug, another in rows:
        found[slug].append(another)
    return dict(found)
