"""Imports: many documents on disk before the answer, made into articles afterwards."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

import structlog

from app.domain.article import Document, Submission
from app.errors import FetchFailed, InvalidInput, ParallaxError, TooLarge
from app.intake.readers import read_file, read_uploads
from app.intake.rows import Row
from app.intake.submissions import pack
from app.services.ingest import PageFetcher, add, fetched, read_document
from app.settings import Settings
from app.store.articles.imports import (
    add_import_rows,
    create_import,
    drop_import,
    finish_import_row,
    finish_imports,
    seal_import,
)
from app.store.engine.sessions import Store, WriteSession
from app.store.records import ImportLine, WaitingLine

log = structlog.get_logger(__name__)

# Rows of one transaction while they are put on disk; the bytes bound the memory.
_LINES = 500
_BYTES = 4_000_000
# How many times as large as a body may be it may be unpacked; text packs to a third or a fifth.
UNPACKED = 10


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row of an import, read: its document, the article that it is already, or why there is
    neither."""

    row: WaitingLine
    document: Document | None
    error: str | None
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one import may hold: documents, and bytes of them when all is unpacked."""

    rows: int | None = None
    unpacked: int | None = None


def start_import(
    store: Store, files: Sequence[tuple[str | None, BinaryIO]], bounds: Bounds = Bounds()
) -> int:
    """Starts an import. Returns its id once all its documents are on disk.

    `files` are (name, open file); one without a name is NDJSON. They are read in bounded memory.
    A document that cannot be read is one of the import's failures. Raises InvalidInput where there
    is no document at all, TooLarge where they go beyond the bounds, and what the store raises; then
    nothing of it stays.
    """
    size = sum(_size(file) for _, file in files)
    sent = _Sent(files, bounds)
    groups = _groups(sent.lines())
    first = next(groups, None)
    if first is None:
        raise InvalidInput(
            f"the import holds no page that was answered with 200, {sent.passed:,} other records"
            if sent.passed
            else "the import holds no document"
        )
    with store.write() as session:
        number = create_import(session, size)
        add_import_rows(session, number, first)
    received = len(first)
    try:
        for group in groups:
            received += len(group)
            with store.write() as session:
                add_import_rows(session, number, group)
        with store.write() as session:
            seal_import(session, number, sent.passed)
    except BaseException:
        with store.write() as session:
            drop_import(session, number)
        raise
    log.info("import started", id=number, received=received)
    return number


def fetch(submission: Submission, fetcher: PageFetcher | None) -> Submission | ParallaxError:
    """The submission with its content, or why there is none."""
    try:
        return fetched(submission, fetcher)
    except ParallaxError as error:
        return error
    except Exception as error:
        # As in `prepare`: one page must not keep the rows after it from being read.
        log.exception("page not fetched")
        return FetchFailed(f"{submission.url} could not be read ({type(error).__name__})")


def prepare(
    row: WaitingLine,
    submission: Submission | ParallaxError,
    there: Mapping[Submission, int],
    settings: Settings,
) -> Prepared:
    """The row with its document, cleaned and identified, with the article that is `there` already,
    or with the reason why it has neither."""
    if isinstance(submission, ParallaxError):
        return Prepared(row, None, submission.detail)
    if submission in there:
        return Prepared(row, None, None, there[submission])
    try:
        return Prepared(row, read_document(submission, settings, None), None)
    except ParallaxError as error:
        return Prepared(row, None, error.detail)
    except Exception as error:
        # A page that a parser trips over must not keep the rows after it from being read.
        log.exception("row not read", id=row.import_id, line=row.line)
        return Prepared(row, None, f"the document could not be read ({type(error).__name__})")


def finish(session: WriteSession, prepared: Sequence[Prepared]) -> None:
    """Makes articles of the rows and stores the outcome of each, in the caller's transaction."""
    read = [each.document for each in prepared if each.document is not None]
    accepted = iter(add(session, read, revive=False))
    for each in prepared:
        if each.article is not None:
            finish_import_row(session, each.row.id, "existing", article_id=each.article)
            continue
        if each.document is None:
            finish_import_row(session, each.row.id, "failed", error=each.error)
            continue
        became = next(accepted)
        # A deleted article is one that is known and stays as it is.
        outcome = "existing" if became.outcome == "deleted" else became.outcome
        finish_import_row(session, each.row.id, outcome, article_id=became.id)
    finish_imports(session)


class _Sent:
    """The lines of an import as they are read, counted and bounded."""

    def __init__(self, files: Sequence[tuple[str | None, BinaryIO]], bounds: Bounds) -> None:
        self._files = files
        self._bounds = bounds
        self.passed = 0

    def lines(self) -> Iterator[ImportLine]:
        """Raises TooLarge where there is more than there may be."""
        rows = size = 0
        for row in self._rows():
            if row.passed:
                self.passed += 1
                continue
            line = _line(row)
            rows += 1
            size += len(line.payload or b"")
            if self._bounds.rows is not None and rows > self._bounds.rows:
                raise TooLarge(
                    f"an import holds {self._bounds.rows:,} documents at most: send several"
                )
            if self._bounds.unpacked is not None and size > self._bounds.unpacked:
                raise TooLarge(
                    f"the documents of an import have {self._bounds.unpacked:,} bytes at most, "
                    "unpacked: send several"
                )
            yield line

    def _rows(self) -> Iterator[Row]:
        most = self._bounds.unpacked
        for name, file in self._files:
            if name is None:
                for row in read_file("rows.ndjson", file, most=most):
                    yield replace(row, name=None)
        named = [(name, file) for name, file in self._files if name is not None]
        yield from read_uploads(named, most=most)


def _size(file: BinaryIO) -> int:
    """The bytes of a file that was sent, which stays at its beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def _line(row: Row) -> ImportLine:
    if row.submission is None:
        detail = row.error.detail if row.error else "the row holds nothing"
        return ImportLine(row.line, name=row.name, error=detail)
    return ImportLine(row.line, payload=pack(row.submission), name=row.name)


def _groups(lines: Iterable[ImportLine]) -> Iterator[list[ImportLine]]:
    group: list[ImportLine] = []
    size = 0
    for line in lines:
        group.append(line)
        size += len(line.payload or b"")
        if len(group) >= _LINES or size >= _BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
