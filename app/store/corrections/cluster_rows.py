"""The rows of clusters and mentions, made what the owners of their units say."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.store.corrections.units import FoundMention, Unit
from app.store.engine.sessions import WriteSession
from app.store.tables import article, cluster, mention, revision
from app.store.tables.joins import CURRENT_REVISION

# By article: where its body starts, where its lead starts and ends.
type TextBounds = Mapping[int, tuple[int, int, int]]


def text_bounds(s: WriteSession, articles: Collection[int]) -> TextBounds:
    """Where body and lead of each article stand in its text."""
    rows = s.connection.execute(
        select(article.c.id, revision.c.body_start, revision.c.lead_start, revision.c.lead_end)
        .join_from(article, revision, CURRENT_REVISION)
        .where(article.c.id.in_(articles))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def rewrite_clusters(s: WriteSession, units: Sequence[Unit], places: TextBounds) -> list[int]:
    """Writes the clusters of the units, and tells each unit which are its own (`rows`). Returns the
    clusters that are left without mentions, to be deleted once no mention is in them."""
    kept: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    wanted: list[tuple[Unit, int]] = []
    gone: list[int] = []
    for unit in units:
        groups = _groups(unit)
        unit.rows = {}
        keeper = _keeper(unit, groups)
        unit.rows[keeper] = unit.id
        kept.append(_kept(unit.id, keeper, unit.resolved, groups.get(keeper, []), places))
        for owner, mentions in groups.items():
            if owner in unit.rows:
                continue
            if owner in unit.pieces:
                unit.rows[owner] = unit.pieces[owner]
                kept.append(_kept(unit.pieces[owner], owner, None, mentions, places))
            else:
                wanted.append((unit, owner))
                new.append(_piece(unit, owner, mentions, places))
        gone += [row for owner, row in unit.pieces.items() if unit.rows.get(owner) != row]
    if kept:
        s.connection.execute(
            update(cluster)
            .where(cluster.c.id == bindparam("the_id"))
            .values({name: bindparam(f"new_{name}") for name in _KEPT}),
            kept,
        )
    if new:
        made = s.connection.execute(
            insert(cluster).returning(cluster.c.id, sort_by_parameter_order=True), new
        ).scalars()
        for (unit, owner), row in zip(wanted, made, strict=True):
            unit.rows[owner] = row
    return gone


def _groups(unit: Unit) -> dict[int, list[FoundMention]]:
    groups: defaultdict[int, list[FoundMention]] = defaultdict(list)
    for each in unit.mentions:
        if each.owner is not None:
            groups[each.owner].append(each)
    return dict(groups)


def _keeper(unit: Unit, groups: Mapping[int, Sequence[FoundMention]]) -> int:
    """The entity that has the cluster itself, others have pieces of it: its own where that still
    has mentions of it."""
    if unit.resolved in groups or not groups:
        return unit.resolved
    return min(groups, key=lambda owner: (-len(groups[owner]), owner))


_KEPT = ("entity_id", "resolved_to", "mentions", "headline", "lead", "first_start")


def _kept(
    row: int, owner: int, resolved: int | None, mentions: Sequence[FoundMention], places: TextBounds
) -> dict[str, Any]:
    resolved_to = None if owner == resolved else resolved
    values = {"entity_id": owner, "resolved_to": resolved_to, **_sums(mentions, places)}
    return {"the_id": row} | {f"new_{name}": value for name, value in values.items()}


def _piece(
    unit: Unit, owner: int, mentions: Sequence[FoundMention], places: TextBounds
) -> dict[str, Any]:
    first = mentions[0]
    return {
        "article_id": first.article,
        "revision": first.revision,
        "entity_id": owner,
        "part_of": unit.id,
        "type": unit.base.type,
        "name": first.text,
        "known_by": [],
        "reasons": [],
        **_sums(mentions, places),
    }


def _sums(mentions: Sequence[FoundMention], places: TextBounds) -> dict[str, int]:
    sums = Counter[str]()
    for each in mentions:
        body_start, lead_start, lead_end = places[each.article]
        sums["headline"] += each.start < body_start
        sums["lead"] += lead_start <= each.start < lead_end
    return {
        "mentions": len(mentions),
        "headline": sums["headline"],
        "lead": sums["lead"],
        "first_start": min((each.start for each in mentions), default=0),
    }


def update_mentions(s: WriteSession, units: Sequence[Unit]) -> None:
    """Writes cluster and type of the mentions of units whose clusters are written."""
    changes = []
    for unit in units:
        for each in unit.mentions:
            row = None if each.owner is None else unit.rows[each.owner]
            found_in = None if row == unit.id else unit.id
            before = (each.cluster_id, each.found_in, each.shown_type)
            if (row, found_in, each.new_type) != before:
                changes.append(
                    {
                        "the_id": each.id,
                        "the_cluster": row,
                        "the_unit": found_in,
                        "the_type": each.new_type,
                        "the_found_type": None if each.new_type == each.type else each.type,
                    }
                )
    if changes:
        s.connection.execute(
            update(mention)
            .where(mention.c.id == bindparam("the_id"))
            .values(
                cluster_id=bindparam("the_cluster"),
                found_in=bindparam("the_unit"),
                type=bindparam("the_type"),
                found_type=bindparam("the_found_type"),
            ),
            changes,
        )
