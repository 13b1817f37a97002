"""What a correction reaches: the clusters, as resolution found them, whose mentions it may move."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from app.domain.names import name_key
from app.store.engine.parameters import chunks
from app.store.engine.sessions import ReadSession
from app.store.tables import alias, cluster, mention

# Clusters by their ids.
type Reach = frozenset[int]

NO_REACH: Reach = frozenset()


def reach_of_entity(
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


def reach_of_resolved(s: ReadSession, entity_ids: Collection[int]) -> Reach:
    """What resolution gave to these entities, wherever it is by now."""
    clusters: set[int] = set()
    own, resolved = cluster.c.entity_id, cluster.c.resolved_to
    for some in chunks(sorted(entity_ids)):
        for condition in (
            own.in_(some) & resolved.is_(None) & cluster.c.part_of.is_(None),
            resolved.in_(some),
        ):
            clusters.update(s.connection.execute(select(cluster.c.id).where(condition)).scalars())
    return frozenset(clusters)


def reach_of_names(s: ReadSession, keys: Collection[str]) -> Reach:
    """What holds mentions whose surface has one of these keys, those that a person rejected too."""
    owned = s.connection.execute(
        select(alias.c.entity_id, alias.c.text).where(alias.c.key.in_(keys))
    ).all()
    found = NO_REACH
    for owner, text in owned:
        found |= reach_of_entity(s, owner, texts=[text])
    texts = s.connection.execute(
        select(mention.c.text).where(mention.c.cluster_id.is_(None)).distinct()
    ).scalars()
    lost = [text for text in texts if name_key(text) in keys]
    return found | _reach(s, mention.c.cluster_id.is_(None) & mention.c.text.in_(lost))


def _reach(s: ReadSession, condition: ColumnElement[bool]) -> Reach:
    rows = s.connection.execute(
        select(func.coalesce(mention.c.found_in, mention.c.cluster_id))
        .outerjoin_from(mention, cluster, cluster.c.id == mention.c.cluster_id)
        .where(condition)
        .distinct()
    )
    return frozenset(rows.scalars())
