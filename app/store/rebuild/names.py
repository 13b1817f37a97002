"""Clusters as resolution across articles left them, and their moves when all are resolved anew."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, null, select, update

from app.domain.annotation import Reason
from app.domain.names import name_key, name_skeleton
from app.store.changes import note, note_mentioning
from app.store.corrections.log import corrections_in_force
from app.store.corrections.replay import replay
from app.store.engine.bulk_writes import insert_rows, reserve_ids
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.entity_counts import RESOLVED, Tally
from app.store.tables import article, cluster, entity

type KnownPlace = tuple[float | None, float | None, str | None]


class ReadyArticle(NamedTuple):
    """An article with what came with it: `identity` tells it from all others."""

    id: int
    day: date | None
    identity: str


class ResolvedRow(NamedTuple):
    """A cluster with the entity that resolution gave it, whatever people corrected."""

    id: int
    article: int
    entity: int
    name: str
    type: str
    knowledge_id: str | None
    keys: tuple[str, ...]
    reasons: tuple[Reason, ...]


class ClusterMove(NamedTuple):
    """A cluster that resolution gave to the entity `was` and now gives `to`; `reasons` where they
    are others than before."""

    cluster: int
    was: int
    to: int
    reasons: tuple[Reason, ...] | None


class Naming(NamedTuple):
    """What an entity is by itself."""

    name: str
    type: str
    knowledge_id: str | None


def ready_articles(s: ReadSession) -> list[ReadyArticle]:
    """All articles that are analysed."""
    rows = s.connection.execute(
        select(article.c.id, article.c.published_day, article.c.identity).where(
            article.c.state == "ready"
        )
    )
    return [ReadyArticle(*row) for row in rows]


def resolved_clusters(s: ReadSession, articles: Collection[int]) -> dict[int, list[ResolvedRow]]:
    """The clusters of articles as their analysis found them, in its order."""
    found: dict[int, list[ResolvedRow]] = {each: [] for each in articles}
    rows = s.connection.execute(
        select(
            cluster.c.id,
            cluster.c.article_id,
            RESOLVED,
            cluster.c.name,
            cluster.c.type,
            cluster.c.knowledge_id,
            cluster.c.known_by,
            cluster.c.reasons,
        )
        .where(cluster.c.article_id.in_(numbers(articles)), cluster.c.part_of.is_(None))
        .order_by(cluster.c.id)
    )
    for row in rows:
        found[row.article_id].append(ResolvedRow(*row[:6], tuple(row.known_by), row.reasons))
    return found


def create_entities(s: WriteSession, namings: Sequence[Naming]) -> Sequence[int]:
    """Creates entities that nothing is resolved to yet. Returns their ids."""
    ids = reserve_ids(s.connection, entity, len(namings))
    insert_rows(
        s.connection,
        entity,
        ("id", "type", "name", "key", "skeleton", "mentions", "articles"),
        [
            (number, each.type, each.name, name_key(each.name), name_skeleton(each.name), 0, 0)
            for number, each in zip(ids, namings, strict=True)
        ],
    )
    note(s, "entity", "created", ids)
    return ids


def move_clusters(s: WriteSession, moves: Iterable[ClusterMove]) -> int:
    """Moves clusters to other entities, with every count; corrections hold. One that is no longer
    where it was has been analysed again meanwhile, and stays. Returns how many it moved."""
    wanted = {each.cluster: each for each in moves}
    rows = s.connection.execute(
        select(cluster.c.id, RESOLVED.label("was"), cluster.c.known_by, cluster.c.entity_id).where(
            cluster.c.id.in_(numbers(wanted))
        )
    ).all()
    there = [row for row in rows if wanted[row.id].was == row.was]
    if not there:
        return 0
    explained = [
        {"the_id": row.id, "the_reasons": reasons}
        for row in there
        if (reasons := wanted[row.id].reasons) is not None
    ]
    if explained:
        note(s, "entity", "changed", (row.entity_id for row in there))
        s.connection.execute(
            update(cluster)
            .where(cluster.c.id == bindparam("the_id"))
            .values(reasons=bindparam("the_reasons", type_=cluster.c.reasons.type)),
            explained,
        )
    went = [row for row in there if wanted[row.id].to != row.was]
    if not went:
        return 0
    target = bindparam("the_target", type_=cluster.c.entity_id.type)
    s.connection.execute(
        update(cluster)
        .where(cluster.c.id == bindparam("the_id"))
        .values(resolved_to=case((cluster.c.entity_id == target, null()), else_=target)),
        [{"the_id": row.id, "the_target": wanted[row.id].to} for row in went],
    )
    tally = Tally()
    for row in went:
        for key in set(row.known_by):
            tally.key(row.was, key, -1)
            tally.key(wanted[row.id].to, key, 1)
    tally.apply(s)
    replay(s, corrections_in_force(s), [row.id for row in went])
    return len(went)


def name_entities(
    s: WriteSession, namings: Mapping[int, Naming], places: Mapping[str, KnownPlace]
) -> None:
    """Makes entities what they are by themselves, with the places of their knowledge entries; names
    and types that people gave stay."""
    rows = s.connection.execute(select(entity).where(entity.c.id.in_(numbers(namings)))).all()
    changes = []
    for row in rows:
        naming = namings[row.id]
        now: dict[str, Any] = {"knowledge_id": naming.knowledge_id}
        if row.knowledge_id != naming.knowledge_id:
            at = places.get(naming.knowledge_id or "", (None, None, None))
            now |= zip(("latitude", "longitude", "country"), at, strict=True)
        if row.found_name is None:
            now |= {
                "name": naming.name,
                "key": name_key(naming.name),
                "skeleton": name_skeleton(naming.name),
            }
        else:
            now |= {"found_name": naming.name, "found_key": name_key(naming.name)}
        now["type" if row.found_type is None else "found_type"] = naming.type
        if any(getattr(row, name) != value for name, value in now.items()):
            changes.append((row.id, now))
    renamed = [number for number, _ in changes]
    note(s, "entity", "changed", renamed)
    note_mentioning(s, renamed)
    for number, now in changes:
        s.connection.execute(update(entity).where(entity.c.id == number).values(now))


def known_places(s: ReadSession) -> dict[str, KnownPlace]:
    """Where the things of knowledge entries are: latitude, longitude, country."""
    rows = s.connection.execute(
        select(
            entity.c.knowledge_id, entity.c.latitude, entity.c.longitude, entity.c.country
        ).where(entity.c.knowledge_id.is_not(None), entity.c.latitude.is_not(None))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
