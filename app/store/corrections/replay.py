"""Mentions put where people's corrections say, with every count, in the caller's transaction.

What resolution found is never overwritten: a cluster that goes to another entity remembers its own
(`resolved_to`), one that is taken apart remembers its mentions (`found_in`). So the state is always
one function of what was found and of the corrections in force, whichever came first.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from app.domain.correction import Corrections, Found
from app.domain.names import name_key
from app.store.engine import parameters
from app.store.engine.parameters import chunks
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.tables import article, cluster, entity_article, mention, revision
from app.store.tables.joins import CURRENT_REVISION

# What `found_in` and `part_of` say of mentions that were in no cluster.
UNRESOLVED = 0


@dataclass(slots=True)
class _Mention:
    id: int
    cluster_id: int | None
    article: int
    revision: int
    start: int
    end: int
    text: str
    type: str
    now: int | None
    shown_type: str
    found_in: int | None
    owner: int | None = None
    new_type: str = ""


@dataclass(slots=True)
class _Unit:
    """What resolution took for one: a cluster, or a single mention that it left unresolved."""

    id: int
    resolved: int | None
    base: Any
    mentions: list[_Mention] = field(default_factory=list)
    pieces: dict[int, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)


def replay(
    s: WriteSession, corrections: Corrections, clusters: Collection[int], loose: Collection[int]
) -> None:
    """Puts the mentions that resolution found in these clusters, and these mentions that it left
    unresolved, where the corrections say."""
    tally = Tally()
    for some in chunks(sorted(clusters)):
        _place(s, corrections, _clusters(s, some), tally)
    for some in chunks(sorted(loose)):
        _place(s, corrections, _loose(s, some), tally)
    tally.apply(s.connection)


def replay_articles(s: WriteSession, corrections: Corrections, articles: Collection[int]) -> None:
    """The same for all that was found in these articles, which hold no correction yet."""
    if not corrections.log:
        return
    for some in chunks(sorted(articles)):
        clusters = s.connection.execute(select(cluster.c.id).where(cluster.c.article_id.in_(some)))
        loose = s.connection.execute(
            select(mention.c.id).where(
                mention.c.article_id.in_(some), mention.c.cluster_id.is_(None)
            )
        )
        replay(s, corrections, clusters.scalars().all(), loose.scalars().all())


def _clusters(s: WriteSession, ids: Sequence[int]) -> list[_Unit]:
    rows = s.connection.execute(
        select(cluster).where(or_(cluster.c.id.in_(ids), cluster.c.part_of.in_(ids)))
    ).all()
    units = {
        row.id: _Unit(row.id, row.entity_id if row.resolved_to is None else row.resolved_to, row)
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


def _loose(s: WriteSession, ids: Sequence[int]) -> list[_Unit]:
    units = []
    for row in s.connection.execute(
        select(mention, cluster.c.entity_id.label("now"))
        .outerjoin_from(mention, cluster, cluster.c.id == mention.c.cluster_id)
        .where(mention.c.id.in_(ids))
        .order_by(mention.c.id)
    ):
        pieces = {} if row.now is None else {row.now: row.cluster_id}
        units.append(_Unit(UNRESOLVED, None, None, [_mention(row, row.now)], pieces))
    return units


def _mention(row: Any, owner: int | None) -> _Mention:
    return _Mention(
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


def _place(s: WriteSession, corrections: Corrections, units: Sequence[_Unit], tally: Tally) -> None:
    changed = [unit for unit in units if _decide(corrections, unit)]
    if not changed:
        return
    pairs = {
        (owner, each.article)
        for unit in changed
        for each in unit.mentions
        for owner in (each.now, each.owner)
        if owner is not None and each.now != each.owner
    }
    _count(s, pairs, tally, -1)
    places = _places(s, {each.article for unit in changed for each in unit.mentions})
    gone = _rewrite(s, changed, places)
    for unit in changed:
        for each in unit.mentions:
            if each.now != each.owner:
                if each.now is not None:
                    tally.surface(each.now, each.text, -1)
                if each.owner is not None:
                    tally.surface(each.owner, each.text, 1)
    _update_mentions(s, changed)
    for some in chunks(gone):
        s.connection.execute(delete(cluster).where(cluster.c.id.in_(some)))
    _recount(s, pairs)
    _count(s, pairs, tally, 1)


def _decide(corrections: Corrections, unit: _Unit) -> bool:
    """Sets owner and type of each mention; whether anything is other than before."""
    for each in unit.mentions:
        found = Found(name_key(each.text), each.article, each.revision, each.start, each.end)
        each.owner = corrections.owner(unit.resolved, found)
        given = None if each.owner is None else corrections.given_type(each.owner)
        each.new_type = given or each.type
    return any(e.owner != e.now or e.new_type != e.shown_type for e in unit.mentions)


type _Places = Mapping[int, tuple[int, int, int]]


def _places(s: WriteSession, articles: Collection[int]) -> _Places:
    """Where body and lead of each article are: body start, lead start, lead end."""
    rows = s.connection.execute(
        select(article.c.id, revision.c.body_start, revision.c.lead_start, revision.c.lead_end)
        .join_from(article, revision, CURRENT_REVISION)
        .where(article.c.id.in_(articles))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _rewrite(s: WriteSession, units: Sequence[_Unit], places: _Places) -> list[int]:
    """Writes the clusters of the units, and gives their mentions theirs; the clusters that are left
    without any, to be deleted once no mention is in them."""
    kept: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    wanted: list[tuple[_Unit, int]] = []
    gone: list[int] = []
    for unit in units:
        groups = _groups(unit)
        unit.rows = {}
        if unit.base is not None:
            owner = _keeper(unit, groups)
            unit.rows[owner] = unit.id
            kept.append(_kept(unit.id, owner, unit.resolved, groups.get(owner, []), places))
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


def _groups(unit: _Unit) -> dict[int, list[_Mention]]:
    groups: defaultdict[int, list[_Mention]] = defaultdict(list)
    for each in unit.mentions:
        if each.owner is not None:
            groups[each.owner].append(each)
    return dict(groups)


def _keeper(unit: _Unit, groups: Mapping[int, Sequence[_Mention]]) -> int:
    """The entity that has the cluster itself, others have pieces of it: its own where that still
    has mentions of it."""
    own = int(unit.resolved or 0)
    if own in groups or not groups:
        return own
    return min(groups, key=lambda owner: (-len(groups[owner]), owner))


_KEPT = ("entity_id", "resolved_to", "mentions", "headline", "lead", "first_start")


def _kept(
    row: int, owner: int, resolved: int | None, mentions: Sequence[_Mention], places: _Places
) -> dict[str, Any]:
    resolved_to = None if owner == resolved else resolved
    values = {"entity_id": owner, "resolved_to": resolved_to, **_sums(mentions, places)}
    return {"the_id": row} | {f"new_{name}": value for name, value in values.items()}


def _piece(
    unit: _Unit, owner: int, mentions: Sequence[_Mention], places: _Places
) -> dict[str, Any]:
    first = mentions[0]
    return {
        "article_id": first.article,
        "revision": first.revision,
        "entity_id": owner,
        "part_of": unit.id,
        "type": first.type if unit.base is None else unit.base.type,
        "name": first.text,
        "known_by": [],
        "reasons": [],
        **_sums(mentions, places),
    }


def _sums(mentions: Sequence[_Mention], places: _Places) -> dict[str, int]:
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


def _update_mentions(s: WriteSession, units: Sequence[_Unit]) -> None:
    changes = []
    for unit in units:
        for each in unit.mentions:
            row = None if each.owner is None else unit.rows[each.owner]
            found_in = None if row == (unit.id or None) else unit.id
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


type _Pairs = Collection[tuple[int, int]]


def _count(s: WriteSession, pairs: _Pairs, tally: Tally, sign: int) -> None:
    for some in chunks(sorted(pairs)):
        wanted = parameters.pairs(some)
        kept = entity_article.c
        for row in s.connection.execute(
            select(kept.entity_id, kept.source_id, kept.published_at, kept.mentions).join_from(
                wanted,
                entity_article,
                (kept.entity_id == wanted.c.first) & (kept.article_id == wanted.c.second),
            )
        ):
            tally.article(*row, sign)


def _recount(s: WriteSession, pairs: _Pairs) -> None:
    """Makes the rows of these entities in these articles what their clusters say."""
    kept = entity_article.c
    for some in chunks(sorted(pairs)):
        s.connection.execute(
            delete(entity_article).where(
                kept.entity_id == bindparam("the_entity"),
                kept.article_id == bindparam("the_article"),
            ),
            [{"the_entity": owner, "the_article": number} for owner, number in some],
        )
        wanted = parameters.pairs(some)
        rows = (
            s.connection.execute(
                select(
                    cluster.c.entity_id,
                    cluster.c.article_id,
                    func.sum(cluster.c.mentions).label("mentions"),
                    func.sum(cluster.c.headline).label("headline"),
                    func.sum(cluster.c.lead).label("lead"),
                    article.c.source_id,
                    article.c.published_at,
                    article.c.published_day,
                )
                .join_from(
                    wanted,
                    cluster,
                    (cluster.c.entity_id == wanted.c.first)
                    & (cluster.c.article_id == wanted.c.second),
                )
                .join(article, article.c.id == cluster.c.article_id)
                .where(cluster.c.mentions > 0)
                .group_by(
                    cluster.c.entity_id,
                    cluster.c.article_id,
                    article.c.source_id,
                    article.c.published_at,
                    article.c.published_day,
                )
            )
            .mappings()
            .all()
        )
        if rows:
            s.connection.execute(insert(entity_article), [dict(row) for row in rows])
