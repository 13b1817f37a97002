"""The entities that the names of new articles may belong to."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, func, select, union

from app.domain.entity import EntityCandidate
from app.domain.story import Profile
from app.store.engine.parameters import numbers, strings
from app.store.engine.sessions import ReadSession
from app.store.stories.profiles import unpack_profile
from app.store.tables import article, cluster, entity, entity_key, profile


def entity_candidates(
    s: ReadSession, keys: Collection[str], knowledge_ids: Collection[str], owners: int
) -> list[EntityCandidate]:
    """The entities that have one of the keys (or its own name as one), or are one of the knowledge
    entries, by id; of those that share a key, the `owners` most mentioned. One that nothing is
    resolved to any more answers to its name while no other does.

    They are as resolution left them, without what people corrected, so that a correction that is
    undone has changed nothing: one that was merged away is still here (and its new mentions follow
    it), one that a person split off is not.
    """
    ids: set[int] = set()
    ids.update(s.connection.execute(_named(keys, owners)).scalars())
    known = select(entity.c.id).where(entity.c.knowledge_id.in_(strings(knowledge_ids)))
    ids.update(s.connection.execute(known).scalars())
    kept: defaultdict[int, set[str]] = defaultdict(set)
    for owner, key in s.connection.execute(
        select(entity_key.c.entity_id, entity_key.c.key).where(
            entity_key.c.entity_id.in_(numbers(ids))
        )
    ):
        kept[owner].add(key)
    return list(_read(s, ids, kept))


def _named(keys: Collection[str], owners: int) -> Select[int]:
    wanted = strings(sorted(keys))

    def alone(name: ColumnElement[str | None]) -> ColumnElement[bool]:
        other = select(entity_key.c.key).where(entity_key.c.key == name)
        return (entity.c.mentions > 0) | ~exists(other)

    both = union(
        select(entity_key.c.key, entity_key.c.entity_id.label("owner")).where(
            entity_key.c.key.in_(wanted)
        ),
        select(entity.c.key, entity.c.id).where(
            entity.c.key.in_(wanted), entity.c.found_key.is_(None), alone(entity.c.key)
        ),
        select(entity.c.found_key, entity.c.id).where(
            entity.c.found_key.in_(wanted), alone(entity.c.found_key)
        ),
    ).subquery()
    place = func.row_number().over(
        partition_by=both.c.key, order_by=(entity.c.mentions.desc(), both.c.owner)
    )
    ranked = (
        select(both.c.owner, place.label("place"))
        .join_from(both, entity, entity.c.id == both.c.owner)
        .where(entity.c.split_from.is_(None))
        .subquery()
    )
    return select(ranked.c.owner).where(ranked.c.place <= owners).distinct()


def _read(
    s: ReadSession, ids: Collection[int], kept: dict[int, set[str]]
) -> Iterator[EntityCandidate]:
    rows = s.connection.execute(
        select(
            entity.c.id,
            func.coalesce(entity.c.found_name, entity.c.name).label("name"),
            func.coalesce(entity.c.found_type, entity.c.type).label("type"),
            entity.c.knowledge_id,
            func.coalesce(entity.c.found_key, entity.c.key).label("key"),
        )
        .where(entity.c.id.in_(numbers(ids)))
        .order_by(entity.c.id)
    )
    for row in rows:
        keys = frozenset({*kept.get(row.id, ()), row.key})
        yield EntityCandidate(row.id, row.name, row.type, row.knowledge_id, keys)


def last_articles_naming(
    s: ReadSession, entities: Collection[int], most: int
) -> dict[int, list[tuple[int, date | None, Profile]]]:
    """By entity the last articles, at most `most`, in which names were resolved to it, with their
    day and profile; articles without a profile are left out."""
    found: dict[int, list[tuple[int, date | None, Profile]]] = {}
    for owner in entities:
        rows = s.connection.execute(_LAST_NAMED, {"owner": owner, "most": most})
        found[owner] = [(number, day, unpack_profile(packed)) for number, day, packed in rows]
    return found


_OWNER = bindparam("owner", type_=cluster.c.entity_id.type)
_MOST = bindparam("most", type_=Integer)


def _last(where: ColumnElement[bool]) -> Select[int]:
    own = select(cluster.c.article_id).where(where).order_by(cluster.c.article_id.desc())
    return select(own.limit(_MOST).subquery().c.article_id)


# As resolution left them, whatever people corrected. Made once: it is sent for each name in doubt.
_LAST_NAMED = (
    select(article.c.id, article.c.published_day, profile.c.profile)
    .join_from(article, profile, profile.c.article_id == article.c.id)
    .where(
        article.c.id.in_(
            union(
                _last((cluster.c.entity_id == _OWNER) & cluster.c.resolved_to.is_(None)),
                _last(cluster.c.resolved_to == _OWNER),
            )
        )
    )
    .order_by(article.c.id.desc())
    .limit(_MOST)
)


def published_days(s: ReadSession, articles: Collection[int]) -> dict[int, date | None]:
    """The day of publication of each of the articles."""
    rows = s.connection.execute(
        select(article.c.id, article.c.published_day).where(article.c.id.in_(numbers(articles)))
    )
    return {row.id: row.published_day for row in rows}
