"""Imports as they are read."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from app.domain.article import Import, ImportFailure
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
    done = row["state"] == "done"
    analysed = row["created"] + row["existing"] + row["failed"]
    if not done:
        analysed -= s.connection.execute(_waiting(import_id)).scalar_one()
    rate = _rate(analysed, row["created_at"], row["finished_at"], done=done)
    return Import(
        id=row["id"],
        state="done" if done else "running",
        bytes=row["bytes"],
        received=row["received"],
        passed=row["passed"],
        created=row["created"],
        existing=row["existing"],
        failed=row["failed"],
        analysed=analysed,
        per_second=rate,
        seconds_left=None if done or not rate else round((row["received"] - analysed) / rate),
        created_at=row["created_at"],
        finished_at=row["finished_at"],
        errors=tuple(_failure(each) for each in s.connection.execute(first)),
    )


def import_failures(s: ReadSession, import_id: int, page: PageRequest) -> Page[ImportFailure]:
    """The failures of an import by their lines.

    Raises NotFound for an import that is not there.
    """
    if s.connection.execute(select(import_.c.id).where(import_.c.id == import_id)).first() is None:
        raise NotFound(f"there is no import {import_id}")
    order = read_request(page, "import errors", import_id, {"line": int}, "line")
    base = _failed(import_id)
    rows, cursor = fetch(s.connection, base, import_row.c.id, Sort(import_row.c.line, int), order)
    counted = count(s.connection, base, exact=order.exact)
    return paged([_failure(row) for row in rows], cursor, counted)


def _waiting(import_id: int) -> Select[int]:
    """How many documents of an import wait for the analysis of their article."""
    return (
        select(func.count())
        .select_from(import_row)
        .join(article, article.c.id == import_row.c.article_id)
        .where(import_row.c.import_id == import_id, article.c.state == "pending")
    )


def _rate(analysed: int, began: datetime, finished: datetime | None, *, done: bool) -> float | None:
    """Documents a second; None where none is through, or it is not known when the last was."""
    until = finished if done else datetime.now(UTC)
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
