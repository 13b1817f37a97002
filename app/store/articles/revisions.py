"""The states of an article's content: each is kept for good."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update

from app.domain.article import Document
from app.domain.text import lead
from app.store.articles.searchable import SearchedText, add_to_search, take_from_search
from app.store.changes import note
from app.store.corrections.carry_over import carry_corrections
from app.store.engine import bulk_writes
from app.store.engine.packing import pack_like
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.tables import article, revision

_REVISION = (
    "article_id",
    "number",
    "word_count",
    "body_start",
    "lead_start",
    "lead_end",
    "created_at",
    "content_hash",
    "cleaner",
    "raw_kind",
    "title",
    "subtitle",
    "context",
    "removed",
    "offsets",
    "text",
    "extracted",
    "raw",
)


def add_revisions(
    s: WriteSession, added: Sequence[tuple[int, int, Document]], created: datetime
) -> None:
    """Adds revisions, each of an article and under a number that come with its document."""
    rows = []
    for article_id, number, document in added:
        opening = lead(document.text, document.body_start)
        context = {
            "source": document.source,
            "url": document.url,
            "external_id": document.external_id,
            "authors": document.authors,
            "language": document.language,
            "published": document.published,
        }
        rows.append(
            (
                article_id,
                number,
                document.word_count,
                document.body_start,
                opening.start,
                opening.end,
                created,
                document.content_hash,
                document.cleaner,
                document.raw_kind,
                document.title,
                document.subtitle,
                context,
                document.removed,
                document.offsets.segments,
                document.text,
                document.extracted and pack_like(document.extracted, document.text),
                pack_like(document.raw, document.text),
            )
        )
    bulk_writes.insert_rows(s.connection, revision, _REVISION, rows)


def revise(s: WriteSession, article_id: int, number: int, document: Document) -> None:
    """Makes an article, at revision `number` so far, what `document` says: under the next number,
    and pending. Its clusters, being of the old text, go at once; corrections of its mentions are
    carried over."""
    old = s.connection.execute(
        select(revision.c.text, revision.c.body_start, article.c.language)
        .join_from(revision, article, article.c.id == revision.c.article_id)
        .where(revision.c.article_id == article_id, revision.c.number == number)
    ).one()
    tally = Tally()
    tally.take_out(s.connection, [article_id])
    tally.apply(s)
    take_from_search(s.connection, [SearchedText(article_id, *old)])
    now = SearchedText(article_id, document.text, document.body_start, old.language)
    add_to_search(s.connection, [now])
    add_revisions(s, [(article_id, number + 1, document)], datetime.now(UTC))
    note(s, "article", "revised", [article_id])
    carry_corrections(s, article_id, number + 1, document.text)
    s.connection.execute(
        update(article)
        .where(article.c.id == article_id)
        .values(
            revision=number + 1,
            state="pending",
            reason=None,
            pipeline=None,
            word_count=document.word_count,
            body_start=document.body_start,
            content_hash=document.content_hash,
            submission_hash=document.submission_hash,
            title=document.title,
            subtitle=document.subtitle,
        )
    )
