"""Whom an outlet quotes, and how often others name whom it names."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, select

from app.domain.outlet import Speaker, VoicesOfOutlet
from app.domain.page import Page, PageRequest, QuoteFilter
from app.domain.quote import StoredQuote
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession
from app.store.existence import require_filter_entities
from app.store.queries.articles import revision_texts
from app.store.queries.findings import stored_quote
from app.store.queries.sources import source_led_to
from app.store.tables import article, cluster, entity, mention, quote

# Quotes are counted in so many articles of an outlet, those that came in last: it may have a
# hundred thousand of them.
QUOTED_ARTICLES = 1_000


def outlet_voices(s: ReadSession, slug: str, most: int) -> VoicesOfOutlet:
    """The speakers that an outlet quotes most in its newest 1,000 articles. Raises NotFound."""
    outlet = source_led_to(s, slug)
    kinds = [func.count().filter(quote.c.kind == kind) for kind in ("direct", "indirect")]
    grouped = (
        _quotes(outlet)
        .with_only_columns(cluster.c.entity_id, func.count(), *kinds)
        .group_by(cluster.c.entity_id)
    )
    rows = [tuple(row) for row in s.connection.execute(grouped)]
    named = sorted((row for row in rows if row[0] is not None), key=lambda row: (-row[1], row[0]))
    called = {
        row.id: row
        for row in s.connection.execute(
            select(entity.c.id, entity.c.name, entity.c.type).where(
                entity.c.id.in_(numbers([row[0] for row in named[:most]]))
            )
        )
    }
    return VoicesOfOutlet(
        tuple(
            Speaker(row[0], called[row[0]].name, called[row[0]].type, *row[1:])
            for row in named[:most]
        ),
        len(named[most:]),
        sum(row[1] for row in rows),
        sum(row[1] for row in rows if row[0] is None),
    )


def outlet_quote_page(
    s: ReadSession, slug: str, where: QuoteFilter, page: PageRequest
) -> Page[StoredQuote]:
    """The quotes in the newest 1,000 articles of an outlet, by `article` (the newest first).

    Raises NotFound for the outlet; InvalidInput at `?entity` for one that is not there.
    """
    outlet = source_led_to(s, slug)
    order = read_request(page, "outlet quotes", (outlet, where), {"article": int}, "-article")
    base = _quotes(outlet)
    if where.kinds:
        base = base.where(quote.c.kind.in_(where.kinds))
    if where.entities:
        require_filter_entities(s, where.entities)
        base = base.where(cluster.c.entity_id.in_(where.entities))
    # Their ids alone are sorted: whole rows of thousands would take ten times as long.
    rows, cursor = fetch(s.connection, base, quote.c.id, Sort(quote.c.article_id, int), order)
    shown = [row[0] for row in rows]
    return paged(_stored(s, shown), cursor, count(s.connection, base, exact=order.exact))


def _stored(s: ReadSession, ids: Sequence[int]) -> list[StoredQuote]:
    """These quotes, in their order."""
    columns = select(*quote.c, cluster.c.entity_id, entity.c.name.label("entity_name")).select_from(
        quote
    )
    rows = {
        row.id: row
        for row in s.connection.execute(
            _with_speakers(columns)
            .outerjoin(entity, entity.c.id == cluster.c.entity_id)
            .where(quote.c.id.in_(numbers(ids)))
        )
    }
    texts = revision_texts(s, {(row.article_id, row.revision) for row in rows.values()})
    found = [rows[each] for each in ids]
    return [stored_quote(row, texts[row.article_id, row.revision]) for row in found]


def _quotes(outlet: int) -> Select[Any]:
    """The ids of the quotes in the newest articles of an outlet."""
    newest = (
        select(article.c.id)
        .where(article.c.source_id == outlet)
        .order_by(article.c.id.desc())
        .limit(QUOTED_ARTICLES)
        .subquery()
    )
    found = select(quote.c.id).join_from(newest, quote, quote.c.article_id == newest.c.id)
    return _with_speakers(found)


def _with_speakers(quotes: Select[Any]) -> Select[Any]:
    """The quotes with the cluster of who speaks, if that is a name."""
    return quotes.outerjoin(
        mention,
        and_(
            mention.c.article_id == quote.c.article_id,
            mention.c.start == quote.c.mention_start,
        ),
    ).outerjoin(cluster, cluster.c.id == mention.c.cluster_id)


def articles_naming(s: ReadSession, ids: Collection[int]) -> dict[int, int]:
    """How many articles of all outlets, and of none, name each of these entities."""
    kept = select(entity.c.id, entity.c.articles).where(entity.c.id.in_(numbers(ids)))
    return {row.id: row.articles for row in s.connection.execute(kept)}


def articles_in_all(s: ReadSession) -> int:
    """How many articles there are."""
    found: int = s.connection.execute(select(func.count()).select_from(article)).scalar_one()
    return found
