"""Mentions put where people's corrections say, with every count, in the caller's transaction.

What resolution found is never overwritten: a cluster that goes to another entity remembers its own
(`resolved_to`), one that is taken apart remembers its mentions (`found_in`). So the state is always
one function of what was found and of the corrections in force, whichever came first.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, delete, func, insert, select

from app.domain.correction import Corrections, ResolvedMention
from app.domain.names import name_key
from app.store.changes import note
from app.store.corrections.cluster_rows import rewrite_clusters, text_bounds, update_mentions
from app.store.corrections.units import Unit, units_of_clusters
from app.store.engine import parameters
from app.store.engine.parameters import chunks
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.tables import article, cluster, entity_article


def replay(s: WriteSession, corrections: Corrections, clusters: Collection[int]) -> None:
    """Puts the mentions that resolution found in these clusters where the corrections say."""
    tally = Tally()
    for some in chunks(sorted(clusters)):
        _apply(s, corrections, units_of_clusters(s, some), tally)
    tally.apply(s)


def replay_articles(s: WriteSession, corrections: Corrections, articles: Collection[int]) -> None:
    """The same for all that was found in these articles, which hold no correction yet."""
    if not corrections.log:
        return
    for some in chunks(sorted(articles)):
        clusters = s.connection.execute(select(cluster.c.id).where(cluster.c.article_id.in_(some)))
        replay(s, corrections, clusters.scalars().all())


def _apply(s: WriteSession, corrections: Corrections, units: Sequence[Unit], tally: Tally) -> None:
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
    articles = {each.article for unit in changed for each in unit.mentions}
    note(s, "article", "changed", articles)
    places = text_bounds(s, articles)
    gone = rewrite_clusters(s, changed, places)
    for unit in changed:
        for each in unit.mentions:
            if each.now != each.owner:
                if each.now is not None:
                    tally.surface(each.now, each.text, -1)
                if each.owner is not None:
                    tally.surface(each.owner, each.text, 1)
    update_mentions(s, changed)
    for some in chunks(gone):
        s.connection.execute(delete(cluster).where(cluster.c.id.in_(some)))
    _recount(s, pairs)
    _count(s, pairs, tally, 1)


def _decide(corrections: Corrections, unit: Unit) -> bool:
    """Sets owner and type of each mention; whether anything is other than before."""
    for each in unit.mentions:
        found = ResolvedMention(
            name_key(each.text), each.article, each.revision, each.start, each.end
        )
        each.owner = corrections.owner(unit.resolved, found)
        given = None if each.owner is None else corrections.given_type(each.owner)
        each.new_type = given or each.type
    return any(e.owner != e.now or e.new_type != e.shown_type for e in unit.mentions)


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
