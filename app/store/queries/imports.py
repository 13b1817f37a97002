"""Imports as they are read."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.domain.article import Import, ImportFailure
from app.errors import NotFound
from app.store.engine.sessions import ReadSession
from app.store.tables import import_, import_row


def find_import(s: ReadSession, import_id: int) -> Import:
    """An import with its counts and every failure.

    Raises NotFound.
    """
    row = (
        s.connection.execute(select(import_).where(import_.c.id == import_id))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound(f"there is no import {import_id}")
    failures = s.connection.execute(
        select(import_row.c.line, import_row.c.error, import_row.c.name)
        .where(import_row.c.import_id == import_id, import_row.c.state == "failed")
        .order_by(import_row.c.line, import_row.c.id)
    )
    return Import(
        id=row["id"],
        state="done" if row["state"] == "done" else "running",
        received=row["received"],
        created=row["created"],
        existing=row["existing"],
        failed=row["failed"],
        created_at=row["created_at"],
        errors=tuple(_failures(failures)),
    )


def _failures(rows: Iterable[Sequence[object]]) -> Iterable[ImportFailure]:
    for line, error, name in rows:
        yield ImportFailure(
            int(str(line)),
            str(error or "this article was deleted here and does not come back by itself"),
            None if name is None else str(name),
        )
