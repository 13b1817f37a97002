"""Documents into the store: fetched, cleaned, identified, on disk; changed and deleted again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import structlog

from app.domain.article import ArticleChanges, Document, Submission
from app.domain.source_name import source_slug
from app.domain.text import count_words
from app.errors import InvalidInput, ParallaxError
from app.intake.clean import clean, known_by
from app.intake.composition import recompose
from app.intake.identity import identity
from app.intake.rows import Row
from app.measures import STAGES
from app.services.brought import VersionOf, brought_analysis, keep_brought
from app.settings import Settings
from app.store.articles import write
from app.store.engine.sessions import ReadSession, Store, WriteSession
from app.store.records import Accepted

if TYPE_CHECKING:
    from app.intake.fetch import Fetched

log = structlog.get_logger(__name__)

# Documents of one transaction: fewer would wait for the disk more often than for the cleaning.
_DOCUMENTS = 64
_CHARS = 1_000_000


class PageFetcher(Protocol):
    """Fetches an address that was given without its content."""

    def fetch(self, url: str) -> "Fetched":
        """The page. Raises RefusedAddress, FetchFailed, UnsupportedMedia, TooLarge."""
        ...


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of one row: an article, the error that stands for it, or why it was passed over
    (it is no document, and no error)."""

    line: int
    name: str | None
    accepted: Accepted | None
    error: ParallaxError | None
    passed: str | None = None
    # Whether the analysis that it brought is the article's now; None where it brought none, or
    # needs none.
    kept: bool | None = None


def accept(
    store: Store,
    submission: Submission,
    settings: Settings,
    fetcher: PageFetcher | None = None,
    *,
    revive: bool = True,
) -> Accepted:
    """Stores one document: it is on disk when this returns, and its analysis is pending. Returns
    what became of it.

    A bare URL is fetched first. With `revive` an article that was deleted comes back as a new one.
    Raises InvalidInput, UnreadableDocument, TooLarge, RefusedAddress, FetchFailed, and what the
    store raises.
    """
    document = read_document(submission, settings, fetcher)
    with store.write() as session:
        (accepted,) = add(session, [document], revive=revive)
    log.info("article accepted", article=accepted.id, outcome=accepted.outcome)
    return accepted


def submit(
    store: Store,
    rows: Iterable[Row],
    settings: Settings,
    fetcher: PageFetcher | None = None,
    version_of: VersionOf | None = None,
) -> Iterator[Submitted]:
    """Stores the documents of rows, in groups. Yields what became of each row, in order, once its
    group is committed. Rows are read as they are needed; a deleted article does not come back, and
    a submission that is there already is known without being cleaned again.

    An analysis that a row brings is stored where it is of the very text and of the version that
    `version_of` gives for its language; without that, and otherwise, the article is analysed here.
    Raises what the store raises; the rows answered until then are on disk.
    """
    group: list[_Read] = []
    chars = 0
    for row in rows:
        read = _fetched_row(row, fetcher)
        group.append((row, read))
        if isinstance(read, Submission):
            chars += len(read.text or read.html or "")
        if len(group) >= _DOCUMENTS or chars >= _CHARS:
            yield from _submit_group(store, group, settings, version_of)
            group, chars = [], 0
    yield from _submit_group(store, group, settings, version_of)


def known(session: ReadSession, submissions: Iterable[Submission]) -> dict[Submission, int]:
    """The articles that these submissions are already, unless anything in them has changed since
    (or in how they are cleaned)."""
    hashes = {known_by(each): each for each in submissions}
    if not hashes:
        return {}
    return {hashes[each]: number for each, number in write.articles_from(session, hashes).items()}


def change_article(store: Store, article: int, changes: ArticleChanges) -> None:
    """Changes an article's metadata. Another title or subtitle makes a new revision of its text,
    and that or another language a new analysis.

    Raises NotFound, InvalidInput, and Conflict where it would be another article's double.
    """
    with store.read() as session:
        stored = write.stored_document(session, article)
    document = changed(stored.document, changes)
    with store.write() as session:
        write.change_article(
            session,
            article,
            document,
            source_slug=_slug(document),
            based_on=stored.revision,
        )
    log.info("article changed", article=article)


def delete_article(store: Store, article: int) -> None:
    """Deletes an article; a feed or an import does not bring it back. Works on a full disk
    too, where some of it is held back. Raises NotFound."""
    with store.free_room() as session:
        write.delete_article(session, article)
    log.info("article deleted", article=article)


def read_document(
    submission: Submission, settings: Settings, fetcher: PageFetcher | None
) -> Document:
    """Fetches a submission that is a bare URL, cleans it and finds its identity. Returns the
    document.

    Raises InvalidInput, UnreadableDocument, TooLarge, RefusedAddress, FetchFailed.
    """
    whole = fetched(submission, fetcher)
    with STAGES.timed("read"):
        return clean(whole, max_chars=settings.max_text_chars)


def is_bare(submission: Submission) -> bool:
    """Whether a submission is an address alone, whose content has to be fetched."""
    return submission.text is None and submission.html is None


def fetched(submission: Submission, fetcher: PageFetcher | None) -> Submission:
    """Fetches the content of a submission that has none. Returns it with its content.

    Raises RefusedAddress, FetchFailed, UnsupportedMedia, TooLarge, UnreadableDocument.
    """
    if submission.url is None or not is_bare(submission):
        return submission
    if fetcher is None:
        raise InvalidInput("a row with a url alone cannot be taken here: nothing fetches it")
    # Here, because it loads the feed parser: 10 MB that only addresses need.
    from app.intake.pages import page_submission

    return page_submission(submission, fetcher.fetch(submission.url))


def add(session: WriteSession, documents: Sequence[Document], *, revive: bool) -> list[Accepted]:
    """Stores cleaned documents in the caller's transaction. Returns what became of each."""
    given = [(document, _slug(document)) for document in documents]
    return write.add_articles(session, given, revive=revive)


def changed(document: Document, changes: ArticleChanges) -> Document:
    """The document with the changes; a new title or subtitle also opens its text.

    The content hash stays that of what came in: were it to follow the title, the next copy from
    the outlet's feed would undo what a person changed.
    """
    named = {
        name: value
        for name in ("source", "published", "authors", "language", "url", "external_id")
        if (value := getattr(changes, name)) is not None
    }
    after = replace(document, **named)
    if (after.source, after.url, after.external_id) != (
        document.source,
        document.url,
        document.external_id,
    ):
        key = identity(after.source, after.external_id, after.url, after.content_hash)
        after = replace(after, identity=key)
    title = document.title if changes.title is None else changes.title
    subtitle = document.subtitle if changes.subtitle is None else changes.subtitle
    if (title, subtitle) == (document.title, document.subtitle):
        return after
    text, body_start, offsets = recompose(
        document.text, document.body_start, document.offsets, title, subtitle
    )
    return replace(
        after,
        text=text,
        body_start=body_start,
        offsets=offsets,
        title=title,
        subtitle=subtitle,
        word_count=count_words(text),
    )


def _slug(document: Document) -> str | None:
    return source_slug(document.source) if document.source else None


type _Read = tuple[Row, Submission | ParallaxError | None]


def _fetched_row(row: Row, fetcher: PageFetcher | None) -> Submission | ParallaxError | None:
    """The submission of a row with its content, why there is none, or None for one passed over."""
    if row.passed:
        return None
    if row.submission is None:
        return row.error or InvalidInput("the row holds nothing")
    try:
        return fetched(row.submission, fetcher)
    except ParallaxError as error:
        return error


def _submit_group(
    store: Store, group: list[_Read], settings: Settings, version_of: VersionOf | None
) -> Iterator[Submitted]:
    """Stores a group in one short transaction: it is cleaned before that."""
    with store.read() as session:
        there = known(session, [read for _, read in group if isinstance(read, Submission)])
    answers = [_answer(row, read, there, settings) for row, read in group]
    documents = [each for each in answers if isinstance(each, Document)]
    brought = [
        brought_analysis(row.brought, version_of) if row.brought else None
        for (row, _), answer in zip(group, answers, strict=True)
        if isinstance(answer, Document)
    ]
    accepted: Iterator[tuple[Accepted, bool | None]] = iter(())
    if documents:
        with store.write() as session:
            stored = add(session, documents, revive=False)
            kept = keep_brought(session, stored, brought)
            accepted = iter(zip(stored, kept, strict=True))
    for (row, _), answer in zip(group, answers, strict=True):
        if isinstance(answer, Document):
            became, own = next(accepted)
            due = row.brought and became.outcome in ("created", "revised")
            yield Submitted(row.line, row.name, became, None, kept=own if due else None)
        else:
            yield answer
    log.debug("articles submitted", articles=len(answers))


def _answer(
    row: Row,
    read: Submission | ParallaxError | None,
    there: Mapping[Submission, int],
    settings: Settings,
) -> Submitted | Document:
    """What becomes of a row; its document where that is to be stored."""
    if isinstance(read, Submission):
        if read in there:
            return Submitted(row.line, row.name, Accepted(there[read], "existing"), None)
        try:
            return read_document(read, settings, None)
        except ParallaxError as error:
            read = error
    return Submitted(row.line, row.name, None, read, row.passed)
