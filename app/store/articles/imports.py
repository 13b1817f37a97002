"""Imports: many documents taken at once, each with its own outcome."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import exists, insert, select, update

from app.store.engine.sessions import ReadSession, WriteSession
from app.store.records import ImportLine, RowOutcome, WaitingLine
from app.store.tables import article, import_, import_row

# A document that was deleted here before is not taken; one with new content was there already.
_COUNTED: dict[RowOutcome, str] = {
    "created": "created",
    "existing": "existing",
    "revised": "existing",
    "deleted": "failed",
    "failed": "failed",
}


def create_import(s: WriteSession, size: int = 0) -> int:
    """Creates an import of `size` bytes that is open for rows. Returns its id."""
    made = s.connection.execute(
        insert(import_).values(created_at=datetime.now(UTC), bytes=size).returning(import_.c.id)
    )
    return int(made.scalar_one())


def add_import_rows(s: WriteSession, import_id: int, rows: Sequence[ImportLine]) -> None:
    """Adds documents to an open import; those with an `error` have failed already."""
    if not rows:
        return
    s.connection.execute(
        insert(import_row),
        [
            {
                "import_id": import_id,
                "line": row.line,
                "name": row.name,
                "payload": None if row.error else row.payload,
                "state": "failed" if row.error else "waiting",
                "outcome": "failed" if row.error else None,
                "error": row.error,
            }
            for row in rows
        ],
    )
    failed = sum(1 for row in rows if row.error)
    s.connection.execute(
        update(import_)
        .where(import_.c.id == import_id)
        .values(received=import_.c.received + len(rows), failed=import_.c.failed + failed)
    )


def seal_import(s: WriteSession, import_id: int, passed: int = 0) -> None:
    """Seals an import: all of its rows are there, and so many records were passed over."""
    s.connection.execute(
        update(import_)
        .where(import_.c.id == import_id, import_.c.state == "open")
        .values(state="sealed", passed=passed)
    )
    finish_imports(s)


def drop_import(s: WriteSession, import_id: int) -> None:
    """Deletes an import that broke off before it was sealed."""
    s.connection.execute(
        import_.delete().where(import_.c.id == import_id, import_.c.state == "open")
    )


def drop_open_imports(s: WriteSession, before: datetime) -> int:
    """Deletes the imports, opened before that instant, that broke off before they were sealed.
    Nobody was told of them; another process may still be adding rows to later ones. Returns how
    many it deleted."""
    return s.connection.execute(
        import_.delete().where(import_.c.state == "open", import_.c.created_at < before)
    ).rowcount


def waiting_import_rows(s: ReadSession, limit: int) -> list[WaitingLine]:
    """The first documents, of sealed imports, that have no outcome yet."""
    rows = s.connection.execute(
        select(
            import_row.c.id,
            import_row.c.import_id,
            import_row.c.line,
            import_row.c.name,
            import_row.c.payload,
        )
        .join_from(import_row, import_, import_.c.id == import_row.c.import_id)
        .where(import_row.c.state == "waiting", import_.c.state == "sealed")
        .order_by(import_row.c.id)
        .limit(limit)
    )
    return [WaitingLine(*row) for row in rows]


def finish_import_row(
    s: WriteSession,
    row_id: int,
    outcome: RowOutcome,
    *,
    article_id: int | None = None,
    error: str | None = None,
) -> bool:
    """Gives a waiting row its outcome, and counts it; to be called in the transaction that adds the
    article. Returns False, and changes nothing, where the row had an outcome before."""
    counted = _COUNTED[outcome]
    done = s.connection.execute(
        update(import_row)
        .where(import_row.c.id == row_id, import_row.c.state == "waiting")
        .values(
            state="failed" if counted == "failed" else "done",
            outcome=outcome,
            article_id=article_id,
            error=error,
            payload=None,
        )
        .returning(import_row.c.import_id)
    ).scalar()
    if done is None:
        return False
    s.connection.execute(
        update(import_).where(import_.c.id == done).values({counted: import_.c[counted] + 1})
    )
    return True


def finish_imports(s: WriteSession) -> list[int]:
    """Marks the imports as done that are sealed, have an outcome for each row and no article that
    waits. Every write that may be the last of an import ends with this. Returns their ids."""
    counts = import_.c.created + import_.c.existing + import_.c.failed
    complete = (
        s.connection.execute(
            select(import_.c.id).where(
                import_.c.state == "sealed",
                counts == import_.c.received,
                ~exists().where(
                    article.c.state == "pending",
                    import_row.c.article_id == article.c.id,
                    import_row.c.import_id == import_.c.id,
                ),
            )
        )
        .scalars()
        .all()
    )
    if complete:
        s.connection.execute(
            update(import_)
            .where(import_.c.id.in_(complete))
            .values(state="done", finished_at=datetime.now(UTC))
        )
    return list(complete)
