"""Imports: many documents on disk before the answer, made into articles afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

import orjson
import structlog

from app.domain.article import Document, Published, Submission
from app.errors import FetchFailed, InvalidInput, ParallaxError, TooLarge
from app.intake.readers import read_file, read_uploads
from app.intake.rows import Row
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row of an import, read: its document, or why there is none."""

    row: WaitingLine
    document: Document | None
    error: str | None


def start_import(
    store: Store, files: Sequence[tuple[str | None, BinaryIO]], max_rows: int | None = None
) -> int:
    """Starts an import. Returns its id once all its documents are on disk.

    `files` are (name, open file); one without a name is NDJSON. They are read in bounded memory.
    A document that cannot be read is one of the import's failures. Raises InvalidInput where there
    is no document at all, TooLarge where there are more than `max_rows`, and what the store raises;
    then nothing of it stays.
    """
    groups = _groups(_line(row) for row in _rows(files) if row.passed is None)
    first = next(groups, None)
    if first is None:
        raise InvalidInput("the import holds no document")
    with store.write() as session:
        number = create_import(session)
        add_import_rows(session, number, first)
    received = len(first)
    try:
        for group in groups:
            received += len(group)
            if max_rows is not None and received > max_rows:
                raise TooLarge(f"an import holds {max_rows:,} documents at most: send several")
            with store.write() as session:
                add_import_rows(session, number, group)
        with store.write() as session:
            seal_import(session, number)
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
    row: WaitingLine, submission: Submission | ParallaxError, settings: Settings
) -> Prepared:
    """The row with its document, cleaned and identified, or with the reason why it has none."""
    if isinstance(submission, ParallaxError):
        return Prepared(row, None, submission.detail)
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
        if each.document is None:
            finish_import_row(session, each.row.id, "failed", error=each.error)
            continue
        became = next(accepted)
        # A deleted article is one that is known and stays as it is.
        outcome = "existing" if became.outcome == "deleted" else became.outcome
        finish_import_row(session, each.row.id, outcome, article_id=became.id)
    finish_imports(session)


def pack(submission: Submission) -> bytes:
    """The submission as JSON, for `unpack`."""
    given = {name: value for name, value in asdict(submission).items() if value}
    return orjson.dumps(given)


def unpack(payload: bytes) -> Submission:
    """The submission that `pack` packed."""
    given: dict[str, Any] = orjson.loads(payload)
    if "authors" in given:
        given["authors"] = tuple(given["authors"])
    if "published" in given:
        when = given["published"]
        given["published"] = Published(
            datetime.fromisoformat(when["instant"]),
            date.fromisoformat(when["day"]),
            when["precision"],
        )
    return Submission(**given)


def _rows(files: Sequence[tuple[str | None, BinaryIO]]) -> Iterator[Row]:
    named = [(name, file) for name, file in files if name is not None]
    for name, file in files:
        if name is None:
            for row in read_file("rows.ndjson", file):
                yield Row(row.line, None, row.submission, row.error)
    yield from read_uploads(named)


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
