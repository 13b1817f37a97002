"""The log of what people corrected."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_, select, update

from app.domain.correction import (
    Anchor,
    Carried,
    Correction,
    Corrections,
    EntityCorrectionKind,
    Unplaced,
)
from app.store.corrections.rows import in_common, write_row
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import correction


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A correction that is not in the log yet; see `Correction` for its fields."""

    kind: EntityCorrectionKind
    entity: int
    other: int | None = None
    aliases: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    mentions: tuple[Anchor, ...] = ()
    name: str | None = None
    type: str | None = None
    author: str | None = None
    reason: str | None = None


def corrections_in_force(s: ReadSession) -> Corrections:
    """All corrections of entities that were not undone."""
    rows = s.connection.execute(
        select(correction).where(
            correction.c.undone_at.is_(None), correction.c.entity_id.is_not(None)
        )
    )
    return Corrections(correction_of(row) for row in rows)


def corrections_of_mentions(s: ReadSession, article_id: int) -> list[Correction]:
    """Those in force that speak of mentions of an article, by id."""
    own, log = correction.c.article_id, correction.c
    rows = s.connection.execute(
        select(correction)
        # A correction of several mentions has their articles in its payload alone.
        .where(
            or_(own == article_id, own.is_(None)),
            log.kind.in_(("split_mentions", "reject_mention")),
            log.undone_at.is_(None),
        )
        .order_by(log.id)
    )
    found = map(correction_of, rows)
    return [each for each in found if any(m.article == article_id for m in each.mentions)]


def log_anchors(s: WriteSession, corrected: Correction) -> None:
    """Writes into the log where the mentions of a correction are in later revisions."""
    held = s.connection.execute(
        select(correction.c.payload).where(correction.c.id == corrected.id)
    ).scalar_one()
    later = {
        "carried": [
            {"mention": each.mention, "place": asdict(each.anchor)} for each in corrected.carried
        ],
        "unplaced": [asdict(each) for each in corrected.unplaced],
    }
    s.connection.execute(
        update(correction).where(correction.c.id == corrected.id).values(payload=held | later)
    )


def log_correction(s: WriteSession, new: NewCorrection) -> Correction:
    """Writes a correction into the log. Returns it as it stands there."""
    one = new.mentions[0] if len(new.mentions) == 1 else None
    row = write_row(
        s,
        new,
        {
            "aliases": new.aliases,
            "keys": new.keys,
            "mentions": [asdict(each) for each in new.mentions],
            "name": new.name,
            "type": new.type,
        },
        entity_id=new.entity,
        other_id=new.other,
        article_id=one and one.article,
        revision=one and one.revision,
        start=one and one.start,
        end=one and one.end,
        alias=new.aliases[0] if len(new.aliases) == 1 else None,
    )
    return correction_of(row)


def log_undo(
    s: WriteSession, correction_id: int, *, author: str | None, reason: str | None
) -> None:
    """Marks a correction as undone."""
    s.connection.execute(
        update(correction)
        .where(correction.c.id == correction_id, correction.c.undone_at.is_(None))
        .values(undone_at=datetime.now(UTC), undone_by=author, undone_reason=reason)
    )


def correction_of(row: Any) -> Correction:
    """The record of a row of `correction` that speaks of entities."""
    held = row.payload
    return Correction(
        entity=row.entity_id,
        aliases=tuple(held["aliases"]),
        keys=tuple(held["keys"]),
        mentions=tuple(Anchor(**each) for each in held["mentions"]),
        name=held["name"],
        type=held["type"],
        **in_common(row),
        carried=tuple(
            Carried(each["mention"], Anchor(**each["place"])) for each in held.get("carried", ())
        ),
        unplaced=tuple(Unplaced(**each) for each in held.get("unplaced", ())),
    )
