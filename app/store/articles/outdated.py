"""Articles by the version of what was found in them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import false, func, or_, select

from app.store.engine.sessions import ReadSession
from app.store.tables import article, cluster, entity, mention

# A mention's place: start and end in the text.
type Place = tuple[int, int]


def languages(s: ReadSession) -> list[str]:
    """The languages of all articles."""
    found = s.connection.execute(
        select(article.c.language).where(article.c.language.is_not(None)).distinct()
    )
    return sorted(found.scalars())


def older(s: ReadSession, current: Mapping[str, str], after: int, limit: int) -> list[int]:
    """The ids past `after` of at most `limit` articles whose analysis is of another version than
    the current one of their language, or failed, or is pending."""
    up_to_date = or_(
        false(),
        *(
            (article.c.language == language) & (func.coalesce(article.c.pipeline, "") == pipeline)
            for language, pipeline in current.items()
        ),
    )
    rows = s.connection.execute(
        select(article.c.id)
        .where(
            article.c.id > after,
            or_(article.c.state != "ready", article.c.language.is_(None), ~up_to_date),
        )
        .order_by(article.c.id)
        .limit(limit)
    )
    return list(rows.scalars())


def named_in(s: ReadSession, articles: Collection[int]) -> dict[int, dict[Place, int | None]]:
    """The entity of each mention (None: unresolved), for each of these articles."""
    found: defaultdict[int, dict[Place, int | None]] = defaultdict(dict)
    rows = s.connection.execute(
        select(mention.c.article_id, mention.c.start, mention.c.end, cluster.c.entity_id)
        .outerjoin_from(mention, cluster, cluster.c.id == mention.c.cluster_id)
        .where(mention.c.article_id.in_(articles))
    )
    for number, start, end, owner in rows:
        found[number][start, end] = owner
    return dict(found)


def entity_names(s: ReadSession, ids: Collection[int]) -> dict[int, str]:
    """The names of these entities."""
    rows = s.connection.execute(select(entity.c.id, entity.c.name).where(entity.c.id.in_(ids)))
    return {row.id: row.name for row in rows}
