"""What resolution took for one, read back from the store: the units that corrections move."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from app.store.engine.sessions import WriteSession
from app.store.tables import cluster, mention


@dataclass(slots=True)
class FoundMention:
    """A mention as analysis found it and as it stands, with what corrections make of it."""

    id: int
    cluster_id: int | None
    article: int
    revision: int
    start: int
    end: int
    text: str
    # As analysis found it: "GPE".
    type: str
    # The entity whose it is so far; None where a person rejected it.
    now: int | None
    # The type that it has so far: "ORG", where a person said so.
    shown_type: str
    # The cluster that analysis put it into, where it is in another or in none.
    found_in: int | None
    # What corrections say: whose it is, and of which type.
    owner: int | None = None
    new_type: str = ""


@dataclass(slots=True)
class Unit:
    """A cluster as resolution found it, with what corrections took out of it."""

    # The cluster.
    id: int
    # The entity that resolution chose.
    resolved: int
    # Its row.
    base: Any
    mentions: list[FoundMention] = field(default_factory=list)
    # By entity the cluster that a correction took out of this one, as stored.
    pieces: dict[int, int] = field(default_factory=dict)
    # By entity the cluster that is its once `rewrite_clusters` is through.
    rows: dict[int, int] = field(default_factory=dict)


def units_of_clusters(s: WriteSession, ids: Sequence[int]) -> list[Unit]:
    """The units that were these clusters, whatever corrections took out of them by now."""
    rows = s.connection.execute(
        select(cluster).where(or_(cluster.c.id.in_(ids), cluster.c.part_of.in_(ids)))
    ).all()
    units = {
        row.id: Unit(row.id, row.entity_id if row.resolved_to is None else row.resolved_to, row)
        for row in rows
        if row.part_of is None
    }
    owners = {row.id: row.entity_id for row in rows}
    for row in rows:
        if row.part_of is not None:
            units[row.part_of].pieces[row.entity_id] = row.id
    found = s.connection.execute(
        select(mention).where(
            or_(mention.c.cluster_id.in_(list(owners)), mention.c.found_in.in_(ids))
        )
    )
    for row in sorted(found, key=lambda row: row.id):
        unit = row.cluster_id if row.found_in is None else row.found_in
        units[unit].mentions.append(_mention(row, owners.get(row.cluster_id)))
    return list(units.values())


def _mention(row: Any, owner: int | None) -> FoundMention:
    return FoundMention(
        id=row.id,
        cluster_id=row.cluster_id,
        article=row.article_id,
        revision=row.revision,
        start=row.start,
        end=row.end,
        text=row.text,
        type=row.type if row.found_type is None else row.found_type,
        now=owner,
        shown_type=row.type,
        found_in=row.found_in,
    )
