"""Articles accepted, changed and deleted."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.domain.article import Document, OffsetMap, Removed
from app.errors import Conflict
from app.store.articles.identities import under_known_identities
from app.store.articles.imports import finish_imports
from app.store.articles.metadata import (
    add_to_source_count,
    change_source_and_date,
    merge_metadata,
    published_columns,
    published_of,
)
from app.store.articles.revisions import add_revisions, revise
from app.store.articles.searchable import (
    SearchedText,
    add_to_search,
    change_language,
    take_from_search,
)
from app.store.changes import note
from app.store.engine import bulk_writes
from app.store.engine.packing import unpack_like
from app.store.engine.parameters import strings
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.entity_counts import Tally
from app.store.existence import no_article
from app.store.records import Accepted, KnownArticle, StoredDocument
from app.store.sources.names import outlets_of
from app.store.stories.counts import refresh_stories
from app.store.stories.profiles import drop_profiles
from app.store.tables import article, revision, source, tombstone
from app.store.tables.joins import CURRENT_REVISION

_ARTICLE = article.c


def find_identity(s: ReadSession, identity: str) -> KnownArticle | None:
    """The article of this identity, or None."""
    found = s.connection.execute(
        select(_ARTICLE.id, _ARTICLE.revision, _ARTICLE.content_hash).where(
            _ARTICLE.identity == identity
        )
    ).one_or_none()
    return None if found is None else KnownArticle(*found)


def articles_from(s: ReadSession, hashes: Collection[str]) -> dict[str, int]:
    """The articles whose content came from submissions of these hashes, by hash."""
    found = s.connection.execute(
        select(_ARTICLE.submission_hash, _ARTICLE.id)
        .where(_ARTICLE.submission_hash.in_(strings(hashes)))
        .order_by(_ARTICLE.id.desc())
    )
    return {each: number for each, number in found if each is not None}


def add_articles(
    s: WriteSession, documents: Sequence[tuple[Document, str | None]], *, revive: bool
) -> list[Accepted]:
    """Stores documents as articles. With each comes the slug of its source (None: it has none).

    A new identity makes a pending article. A known one with other content gets a new revision and
    is pending again: its clusters, being of the old text, go at once. A known one with the same
    content only fills metadata that was missing (a revision brings its own). One that was deleted
    stays so unless `revive`. Returns the article that each document became, and how.
    """
    documents = under_known_identities(s, documents)
    identities = strings({document.identity for document, _ in documents})
    known, deleted = (
        set(s.connection.execute(select(column).where(column.in_(identities))).scalars())
        for column in (_ARTICLE.identity, tombstone.c.identity)
    )
    # The first document of each identity that is new.
    new: dict[str, int] = {}
    for index, (document, _) in enumerate(documents):
        if document.identity not in known and (revive or document.identity not in deleted):
            new.setdefault(document.identity, index)
    if back := deleted & new.keys():
        s.connection.execute(delete(tombstone).where(tombstone.c.identity.in_(back)))
    created = _insert(s, [documents[index] for index in new.values()])
    made = dict(zip(new.values(), created, strict=True))
    return [
        Accepted(made[index], "created") if index in made else _merge_into_known(s, document, slug)
        for index, (document, slug) in enumerate(documents)
    ]


def _merge_into_known(s: WriteSession, document: Document, slug: str | None) -> Accepted:
    """Merges a document into the article of its identity, unless that was deleted. Returns which
    it is, and how."""
    known = find_identity(s, document.identity)
    if known is None:
        return Accepted(None, "deleted")
    if known.content_hash == document.content_hash:
        merge_metadata(s, known.id, document, slug, overwrite=False)
        _remember(s, known.id, document)
        return Accepted(known.id, "existing")
    merge_metadata(s, known.id, document, slug, overwrite=True)
    revise(s, known.id, known.revision, document)
    return Accepted(known.id, "revised")


def _remember(s: WriteSession, article_id: int, document: Document) -> None:
    """Remembers what an article came from that was stored when that was not kept."""
    s.connection.execute(
        update(article)
        .where(_ARTICLE.id == article_id, _ARTICLE.submission_hash.is_(None))
        .values(submission_hash=document.submission_hash)
    )


def stored_document(s: ReadSession, article_id: int) -> StoredDocument:
    """An article as a document, to be changed and handed to `change_article`.

    Raises NotFound.
    """
    row = (
        s.connection.execute(
            select(article, revision, source.c.slug, source.c.name)
            .join_from(article, revision, CURRENT_REVISION)
            .outerjoin(source, source.c.id == _ARTICLE.source_id)
            .where(_ARTICLE.id == article_id)
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise no_article(article_id)
    text, extracted = row[revision.c.text], row[revision.c.extracted]
    document = Document(
        text=text,
        body_start=row[_ARTICLE.body_start],
        title=row[_ARTICLE.title],
        subtitle=row[_ARTICLE.subtitle],
        authors=tuple(row[_ARTICLE.authors]),
        source=row[source.c.name],
        url=row[_ARTICLE.url],
        published=published_of(row),
        language=row[_ARTICLE.language],
        external_id=row[_ARTICLE.external_id],
        raw=str(unpack_like(row[revision.c.raw], text)),
        raw_kind=row[revision.c.raw_kind],
        extracted=extracted and str(unpack_like(extracted, text)),
        removed=tuple(Removed(**each) for each in row[revision.c.removed]),
        offsets=OffsetMap(tuple((a, b, n) for a, b, n in row[revision.c.offsets])),
        cleaner=row[revision.c.cleaner],
        identity=row[_ARTICLE.identity],
        content_hash=row[_ARTICLE.content_hash],
        word_count=row[_ARTICLE.word_count],
        submission_hash=row[_ARTICLE.submission_hash],
    )
    return StoredDocument(article_id, row[_ARTICLE.revision], row[source.c.slug], document)


def change_article(
    s: WriteSession,
    article_id: int,
    document: Document,
    *,
    source_slug: str | None,
    based_on: int,
) -> None:
    """Makes an article what `document` says (see `stored_document`).

    Another text makes a new revision, another language a new analysis; all else takes effect at
    once. `based_on` is the revision that the change was made from. Raises NotFound, and Conflict
    where the article has moved on or the new identity is another article's.
    """
    now = stored_document(s, article_id)
    if now.revision != based_on:
        raise Conflict(
            f"article {article_id} is at revision {now.revision}; this change was made from "
            f"revision {based_on}"
        )
    other = find_identity(s, document.identity)
    if other is not None and other.id != article_id:
        raise Conflict(f"article {other.id} is already known by this source, id or address")
    s.connection.execute(delete(tombstone).where(tombstone.c.identity == document.identity))
    change_source_and_date(s, article_id, source_slug, document.source, document.published)
    values: dict[str, Any] = {
        "identity": document.identity,
        "external_id": document.external_id,
        "url": document.url,
        "authors": list(document.authors),
        "language": document.language,
        "content_hash": document.content_hash,
    }
    if document.language != now.document.language:
        values |= {"state": "pending", "reason": None}
        change_language(s, {article_id: document.language})
    note(s, "article", "changed", [article_id])
    s.connection.execute(update(article).where(_ARTICLE.id == article_id).values(values))
    if document.text != now.document.text:
        revise(s, article_id, now.revision, document)


def delete_article(s: WriteSession, article_id: int) -> None:
    """Deletes an article with all that was found in it; its identity stays as a tombstone.

    Raises NotFound.
    """
    row = s.connection.execute(
        select(
            _ARTICLE.identity,
            _ARTICLE.source_id,
            _ARTICLE.story_id,
            _ARTICLE.body_start,
            _ARTICLE.language,
            revision.c.text,
        )
        .join_from(article, revision, CURRENT_REVISION)
        .where(_ARTICLE.id == article_id)
    ).one_or_none()
    if row is None:
        raise no_article(article_id)
    tally = Tally()
    tally.take_out(s.connection, [article_id])
    tally.apply(s)
    searched = SearchedText(article_id, row.text, row.body_start, row.language)
    take_from_search(s.connection, [searched])
    drop_profiles(s, [article_id])
    note(s, "article", "deleted", [article_id])
    s.connection.execute(delete(article).where(_ARTICLE.id == article_id))
    if row.story_id is not None:
        refresh_stories(s, [row.story_id])
    add_to_source_count(s, row.source_id, -1)
    s.connection.execute(
        insert(tombstone).values(identity=row.identity, deleted_at=datetime.now(UTC))
    )
    finish_imports(s)


_CREATED = (
    "id",
    "source_id",
    "published_at",
    "published_day",
    "published_precision",
    "language",
    "state",
    "word_count",
    "revision",
    "body_start",
    "created_at",
    "identity",
    "content_hash",
    "external_id",
    "url",
    "title",
    "subtitle",
    "authors",
    "came_as",
    "submission_hash",
)


def _insert(s: WriteSession, documents: Sequence[tuple[Document, str | None]]) -> Sequence[int]:
    """Inserts documents as new, pending articles. Returns their ids."""
    sources = outlets_of(s, [(slug, each.source, each.url) for each, slug in documents])
    now = datetime.now(UTC)
    ids = bulk_writes.reserve_ids(s.connection, article, len(documents))
    added = [(number, document) for number, (document, _) in zip(ids, documents, strict=True)]
    bulk_writes.insert_rows(
        s.connection,
        article,
        _CREATED,
        [
            (
                number,
                outlet.id,
                *published_columns(document.published).values(),
                document.language,
                "pending",
                document.word_count,
                1,
                document.body_start,
                now,
                document.identity,
                document.content_hash,
                document.external_id,
                document.url,
                document.title,
                document.subtitle,
                document.authors,
                outlet.came_as,
                document.submission_hash,
            )
            for number, (document, _), outlet in zip(ids, documents, sources, strict=True)
        ],
    )
    note(s, "article", "created", ids)
    add_revisions(s, [(number, 1, document) for number, document in added], now)
    add_to_search(
        s.connection,
        [
            SearchedText(number, document.text, document.body_start, document.language)
            for number, document in added
        ],
    )
    for outlet_id, more in Counter(each.id for each in sources).items():
        add_to_source_count(s, outlet_id, more)
    return ids
