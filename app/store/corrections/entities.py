"""Entities as corrections make them: split off, renamed, retyped, merged."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from app.domain.correction import Anchor, Corrections
from app.domain.names import name_key, name_skeleton
from app.store.changes import note, note_mentioning
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.existence import no_entity
from app.store.tables import alias, cluster, entity, mention


@dataclass(frozen=True, slots=True)
class CurrentEntity:
    """An entity as it stands: with its type and name, and what it was merged into."""

    id: int
    name: str
    type: str
    merged_into: int | None


def current_entity(s: ReadSession, entity_id: int) -> CurrentEntity:
    """The entity. Raises NotFound."""
    columns = (entity.c.id, entity.c.name, entity.c.type, entity.c.merged_into)
    row = s.connection.execute(select(*columns).where(entity.c.id == entity_id)).one_or_none()
    if row is None:
        raise no_entity(entity_id)
    return CurrentEntity(*row)


def surfaces_of_entity(s: ReadSession, entity_id: int) -> list[tuple[str, str]]:
    """The surfaces of an entity with their keys, the most frequent first."""
    rows = s.connection.execute(
        select(alias.c.text, alias.c.key)
        .where(alias.c.entity_id == entity_id)
        .order_by(alias.c.mentions.desc(), alias.c.text)
    )
    return [(row.text, row.key) for row in rows]


def anchors_of_mentions(
    s: ReadSession, mention_ids: Collection[int]
) -> dict[int, tuple[Anchor, int | None]]:
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


def create_split_entity(s: WriteSession, from_id: int, name: str, type_: str) -> int:
    """Creates an entity that a person split off another. Returns its id."""
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
    note(s, "entity", "created", [made])
    note(s, "entity", "split", [from_id], to=made)
    return made


def refresh_entities(s: WriteSession, corrections: Corrections, ids: Collection[int]) -> None:
    """Makes name, type and `merged_into` of these entities what the corrections say."""
    columns = entity.c
    for row in s.connection.execute(select(entity).where(columns.id.in_(ids))).all():
        found_name = row.name if row.found_name is None else row.found_name
        found_type = row.type if row.found_type is None else row.found_type
        given_name = corrections.given_name(row.id)
        given_type = corrections.given_type(row.id)
        name, type_ = given_name or found_name, given_type or found_type
        into = corrections.merged_into(row.id)
        if into != row.merged_into and into is not None:
            note(s, "entity", "merged", [row.id], to=into)
        elif (name, type_, into) != (row.name, row.type, row.merged_into):
            note(s, "entity", "changed", [row.id])
        if (name, type_) != (row.name, row.type):
            note_mentioning(s, [row.id])
        s.connection.execute(
            update(entity)
            .where(columns.id == row.id)
            .values(
                name=name,
                key=name_key(name),
                skeleton=name_skeleton(name),
                type=type_,
                found_name=None if given_name is None else found_name,
                found_key=None if given_name is None else name_key(found_name),
                found_type=None if given_type is None else found_type,
                merged_into=into,
            )
        )


def refresh_merged(s: WriteSession, corrections: Corrections, entity_id: int) -> None:
    """Makes `merged_into` true of all that a merge of this entity, or its undoing, concerns."""
    upstream, _ = corrections.upstream(entity_id)
    refresh_entities(s, corrections, upstream)
