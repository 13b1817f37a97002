"""The log of what people corrected about outlets."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.source_correction import SourceCorrection, SourceCorrectionKind
from app.store.corrections.rows import in_common, write_row
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import correction


@dataclass(frozen=True, slots=True)
class NewSourceCorrection:
    """A correction that is not in the log yet; see `SourceCorrection` for its fields."""

    kind: SourceCorrectionKind
    source: int
    slug: str
    other: int | None = None
    to: str | None = None
    values: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    author: str | None = None
    reason: str | None = None


def log_source_correction(s: WriteSession, new: NewSourceCorrection) -> SourceCorrection:
    """Writes a correction into the log. Returns it as it stands there."""
    row = write_row(
        s,
        new,
        {"slug": new.slug, "to": new.to, "values": new.values, "keys": new.keys},
        source_id=new.source,
        other_id=new.other,
    )
    return source_correction_of(row)


def all_source_corrections(s: ReadSession) -> list[SourceCorrection]:
    """All corrections of outlets, those that were undone too, in the order in which they were
    made."""
    rows = s.connection.execute(
        select(correction).where(correction.c.source_id.is_not(None)).order_by(correction.c.id)
    )
    return [source_correction_of(row) for row in rows]


def source_correction_of(row: Any) -> SourceCorrection:
    """The record of a row of `correction`."""
    held = row.payload
    return SourceCorrection(
        source=row.source_id,
        slug=held["slug"],
        to=held["to"],
        values=tuple(held["values"]),
        keys=tuple(held["keys"]),
        **in_common(row),
    )
