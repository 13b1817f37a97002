"""The graph of all entities, read one part at a time: memory stays flat however many there are."""

from collections.abc import Iterator

from sqlalchemy import Column, func, select

from app.domain.entity import Edge, Node
from app.store.engine.sessions import ReadSession
from app.store.tables import entity, entity_article

_PART = 500


def nodes(s: ReadSession) -> Iterator[Node]:
    """All entities with mentions, by id."""
    for ids in _parts(s, entity.c.id):
        columns = (entity.c.id, entity.c.name, entity.c.type, entity.c.mentions, entity.c.articles)
        for row in s.connection.execute(
            select(*columns)
            .where(entity.c.id.in_(ids), entity.c.mentions >= 1)
            .order_by(entity.c.id)
        ):
            yield Node(*row)


def edges(s: ReadSession) -> Iterator[Edge]:
    """All pairs of entities that articles name together, by their ids."""
    one, other = entity_article.alias("one"), entity_article.alias("other")
    for ids in _parts(s, entity.c.id):
        together = (
            select(one.c.entity_id, other.c.entity_id, func.count())
            .join_from(
                one,
                other,
                (other.c.article_id == one.c.article_id) & (other.c.entity_id > one.c.entity_id),
            )
            .group_by(one.c.entity_id, other.c.entity_id)
            .order_by(one.c.entity_id, other.c.entity_id)
        )
        for each in ids:
            for row in s.connection.execute(together.where(one.c.entity_id == each)):
                yield Edge(*row)


def _parts(s: ReadSession, key: Column[int]) -> Iterator[list[int]]:
    last = 0
    while ids := list(
        s.connection.execute(select(key).where(key > last).order_by(key).limit(_PART)).scalars()
    ):
        yield ids
        last = ids[-1]
