"""Rows of `correction`: what all have in common, whatever they speak of."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Row, insert

from app.store.engine.sessions import WriteSession
from app.store.tables import correction


class Said(Protocol):
    """A correction that is not in the log yet: what is done, by whom and why."""

    @property
    def kind(self) -> str: ...
    @property
    def author(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...


def write_row(
    s: WriteSession, new: Said, payload: Mapping[str, object], **columns: object
) -> Row[Any]:
    """Writes a correction into the log, with the columns of what it speaks of. Returns its row."""
    values = {"kind": new.kind, "author": new.author, "reason": new.reason}
    return s.connection.execute(
        insert(correction)
        .values(payload=payload, created_at=datetime.now(UTC), **values, **columns)
        .returning(correction)
    ).one()


def in_common(row: Any) -> dict[str, Any]:
    """The fields that the record of any correction has."""
    return {
        "id": row.id,
        "kind": row.kind,
        "other": row.other_id,
        "author": row.author,
        "reason": row.reason,
        "created_at": row.created_at,
        "undone_at": row.undone_at,
        "undone_by": row.undone_by,
        "undone_reason": row.undone_reason,
    }
