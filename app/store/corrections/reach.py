"""What a correction reaches: the clusters it may move, and the entities it renames or merges."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from app.domain.correction import Anchor, Corrections
from app.domain.names import name_key, name_skeleton
from app.store.corrections.replay import UNRESOLVED
from app.store.engine.parameters import chunks
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.existence import no_entity
from app.store.tables import alias, cluster, entity, mention


@dataclass(frozen=True, slots=True)
class Reach:
    """What resolution took for one: clusters, and mentions that it left unresolved."""

    clusters: frozenset[int]
    loose: frozenset[int]

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(self.clusters | other.clusters, self.loose | other.loose)


NOTHING = Reach(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Corrected:
    """An entity as it stands: with its type and name, and what it was merged into."""

    id: int
    name: str
    type: str
    merged_into: int | None


def corrected_entity(s: ReadSession, entity_id: int) -> Corrected:
    """The entity. Raises NotFound."""
    columns = (entity.c.id, entity.c.name, entity.c.type, entity.c.merged_into)
    row = s.connection.execute(select(*columns).where(entity.c.id == entity_id)).one_or_none()
    if row is None:
        raise no_entity(entity_id)
    return Corrected(*row)


def names_of(s: ReadSession, entity_id: int) -> list[tuple[str, str]]:
    """The surfaces of an entity with their keys, the most frequent first."""
    rows = s.connection.execute(
        select(alias.c.text, alias.c.key)
        .where(alias.c.entity_id == entity_id)
        .order_by(alias.c.mentions.desc(), alias.c.text)
    )
    return [(row.text, row.key) for row in rows]


def anchors(s: ReadSession, mention_ids: Collection[int]) -> dict[int, tuple[Anchor, int | None]]:
    """The places of these mentions, as they outlive re-analysis, each with its entity."""
    rows = s.connection.execute(
        select(
            mention.c.id,
            mention.c.article_id,
            mention.c.revision,
            mention.c.start,
            mention.c.end,
            mention.c.text,
            cluster.c.entity_id,
        )
        .outerjoin_from(mention, cluster, cluster.c.id == mention.c.cluster_id)
        .where(mention.c.id.in_(mention_ids))
    )
    return {row[0]: (Anchor(*row[1:6]), row[6]) for row in rows}


def split_entity(s: WriteSession, from_id: int, name: str, type_: str) -> int:
    """The id of a new entity that a person split off another."""
    made: int = s.connection.execute(
        insert(entity)
        .values(
            type=type_,
            mentions=0,
            articles=0,
            name=name,
            key=name_key(name),
            skeleton=name_skeleton(name),
            split_from=from_id,
        )
        .returning(entity.c.id)
    ).scalar_one()
    return made


def refresh_entities(s: WriteSession, corrections: Corrections, ids: Collection[int]) -> None:
    """Makes name, type and `merged_into` of these entities what the corrections say."""
    columns = entity.c
    for row in s.connection.execute(select(entity).where(columns.id.in_(ids))).all():
        found_name = row.name if row.found_name is None else row.found_name
        found_type = row.type if row.found_type is None else row.found_type
        given_name = corrections.given_name(row.id)
        given_type = corrections.given_type(row.id)
        name = given_name or found_name
        s.connection.execute(
            update(entity)
            .where(columns.id == row.id)
            .values(
                name=name,
                key=name_key(name),
                skeleton=name_skeleton(name),
                type=given_type or found_type,
                found_name=None if given_name is None else found_name,
                found_key=None if given_name is None else name_key(found_name),
                found_type=None if given_type is None else found_type,
                merged_into=corrections.merged_into(row.id),
            )
        )


def refresh_merged(s: WriteSession, corrections: Corrections, entity_id: int) -> None:
    """Makes `merged_into` true of all that a merge of this entity, or its undoing, concerns."""
    upstream, _ = corrections.upstream(entity_id)
    refresh_entities(s, corrections, upstream)


def held_by(
    s: ReadSession,
    entity_id: int,
    *,
    texts: Collection[str] | None = None,
    articles: Collection[int] | None = None,
) -> Reach:
    """What an entity holds as things stand; only with mentions of these surfaces, or in these
    articles."""
    condition = cluster.c.entity_id == entity_id
    if articles is not None:
        condition &= cluster.c.article_id.in_(articles)
    if texts is not None:
        condition &= mention.c.text.in_(texts)
    return _reach(s, condition)


def found_for(s: ReadSession, entity_ids: Collection[int]) -> Reach:
    """What resolution gave to these entities, wherever it is by now."""
    clusters: set[int] = set()
    own, resolved = cluster.c.entity_id, cluster.c.resolved_to
    for some in chunks(sorted(entity_ids)):
        for condition in (
            own.in_(some) & resolved.is_(None) & cluster.c.part_of.is_(None),
            resolved.in_(some),
        ):
            clusters.update(s.connection.execute(select(cluster.c.id).where(condition)).scalars())
    return Reach(frozenset(clusters), frozenset())


def named(s: ReadSession, keys: Collection[str]) -> Reach:
    """What holds mentions whose surface has one of these keys, resolved or not."""
    owned = s.connection.execute(
        select(alias.c.entity_id, alias.c.text).where(alias.c.key.in_(keys))
    ).all()
    found = NOTHING
    for owner, text in owned:
        found |= held_by(s, owner, texts=[text])
    texts = s.connection.execute(
        select(mention.c.text).where(mention.c.cluster_id.is_(None)).distinct()
    ).scalars()
    lost = [text for text in texts if name_key(text) in keys]
    return found | _reach(s, mention.c.cluster_id.is_(None) & mention.c.text.in_(lost))


def _reach(s: ReadSession, condition: ColumnElement[bool]) -> Reach:
    unit = func.coalesce(mention.c.found_in, mention.c.cluster_id, UNRESOLVED)
    rows: Any = s.connection.execute(
        select(unit, mention.c.id)
        .outerjoin_from(mention, cluster, cluster.c.id == mention.c.cluster_id)
        .where(condition)
    ).all()
    return Reach(
        frozenset(unit for unit, _ in rows if unit != UNRESOLVED),
        frozenset(each for unit, each in rows if unit == UNRESOLVED),
    )
