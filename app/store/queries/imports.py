"""Imports as they are read."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from app.domain.article import Import, ImportedDocument, ImportFailure, ImportFilter
from app.domain.page import Page, PageRequest
from app.errors import NotFound
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.sessions import ReadSession
from app.store.tables import article, import_, import_row

# Failures that come with an import; all of them are paged.
SHOWN = 100


def find_import(s: ReadSession, import_id: int) -> Import:
    """An import with its counts and its first hundred failures.

    Raises NotFound.
    """
    row = (
        s.connection.execute(select(import_).where(import_.c.id == import_id))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound(f"there is no import {import_id}")
    first = _failed(import_id).order_by(import_row.c.line, import_row.c.id).limit(SHOWN)
    failures = tuple(_failure(each) for each in s.connection.execute(first))
    return replace(_import(row, _waiting(s, [import_id])), errors=failures)


def import_page(s: ReadSession, page: PageRequest) -> Page[Import]:
    """The imports that are on disk, by id, the newest first unless asked otherwise; without their
    failures."""
    order = read_request(page, "imports", None, {"id": int}, "-id")
    base = select(import_.c.id, import_).where(import_.c.state != "open")
    rows, cursor = fetch(s.connection, base, import_.c.id, Sort(import_.c.id, int), order)
    counted = count(s.connection, base, exact=order.exact)
    waiting = _waiting(s, [row.id for row in rows if row.state != "done"])
    return paged([_import(row._mapping, waiting) for row in rows], cursor, counted)


def imported_documents(
    s: ReadSession, import_id: int, where: ImportFilter, page: PageRequest
) -> Page[ImportedDocument]:
    """The documents of an import that were taken, by their lines.

    Raises NotFound for an import that is not there.
    """
    _require_import(s, import_id)
    order = read_request(page, "imported", (import_id, where), {"line": int}, "line")
    row = import_row.c
    base = select(row.id, row.line, row.name, row.outcome, row.article_id).where(
        row.import_id == import_id, row.state == "done"
    )
    if where.outcomes:
        base = base.where(row.outcome.in_(where.outcomes))
    rows, cursor = fetch(s.connection, base, row.id, Sort(row.line, int), order)
    counted = count(s.connection, base, exact=order.exact)
    return paged([ImportedDocument(*each[1:5]) for each in rows], cursor, counted)


def import_failures(s: ReadSession, import_id: int, page: PageRequest) -> Page[ImportFailure]:
    """The failures of an import by their lines.

    Raises NotFound for an import that is not there.
    """
    _require_import(s, import_id)
    order = read_request(page, "import errors", import_id, {"line": int}, "line")
    base = _failed(import_id)
    rows, cursor = fetch(s.connection, base, import_row.c.id, Sort(import_row.c.line, int), order)
    counted = count(s.connection, base, exact=order.exact)
    return paged([_failure(row) for row in rows], cursor, counted)


def _require_import(s: ReadSession, import_id: int) -> None:
    if s.connection.execute(select(import_.c.id).where(import_.c.id == import_id)).first() is None:
        raise NotFound(f"there is no import {import_id}")


def _waiting(s: ReadSession, imports: Collection[int]) -> dict[int, int]:
    """How many documents of each import wait for the analysis of their article."""
    of = import_row.c
    rows = s.connection.execute(
        select(of.import_id, func.count().label("waiting"))
        .join(article, article.c.id == of.article_id)
        .where(of.import_id.in_(imports), article.c.state == "pending")
        .group_by(of.import_id)
    )
    return {row.import_id: row.waiting for row in rows}


def _import(row: Mapping[Any, Any], waiting: Mapping[int, int]) -> Import:
    done = row[import_.c.state] == "done"
    ended = row[import_.c.created] + row[import_.c.existing] + row[import_.c.failed]
    analysed = ended if done else ended - waiting.get(row[import_.c.id], 0)
    began, finished = row[import_.c.created_at], row[import_.c.finished_at]
    rate = _rate(analysed, began, finished if done else datetime.now(UTC))
    left = row[import_.c.received] - analysed
    return Import(
        id=row[import_.c.id],
        state="done" if done else "running",
        bytes=row[import_.c.bytes],
        received=row[import_.c.received],
        passed=row[import_.c.passed],
        created=row[import_.c.created],
        existing=row[import_.c.existing],
        failed=row[import_.c.failed],
        analysed=analysed,
        per_second=rate,
        seconds_left=None if done or not rate else round(left / rate),
        created_at=began,
        finished_at=finished,
    )


def _rate(analysed: int, began: datetime, until: datetime | None) -> float | None:
    """Documents a second; None where none is through, or it is not known when the last was."""
    if not analysed or until is None:
        return None
    return round(analysed / max((until - began).total_seconds(), 0.001), 2)


def _failed(import_id: int) -> Select[Any]:
    return select(import_row.c.id, import_row.c.line, import_row.c.error, import_row.c.name).where(
        import_row.c.import_id == import_id, import_row.c.state == "failed"
    )


def _failure(row: Row[Any]) -> ImportFailure:
    deleted = "this article was deleted here and does not come back by itself"
    return ImportFailure(row.line, row.error or deleted, row.name)
