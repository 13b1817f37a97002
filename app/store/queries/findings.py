"""What is found in one article beside its names, in the order of its text."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from app.domain.page import Page, PageRequest, QuoteFilter, ReferenceFilter
from app.domain.quote import StoredQuote
from app.domain.reference import ResolvedReference
from app.domain.shown import quote_surfaces
from app.errors import NotFound
from app.store.analyses.findings import stored_findings, utterance
from app.store.engine.paging import Sort, count, fetch, paged, paged_in_memory, read_request, total
from app.store.engine.sessions import ReadSession
from app.store.existence import require_article, require_filter_entities
from app.store.tables import article, cluster, entity, mention, quote, revision


def quote_page(
    s: ReadSession, article_id: int, where: QuoteFilter, page: PageRequest
) -> Page[StoredQuote]:
    """The quotes of an article by `start`.

    Raises NotFound; InvalidInput at `?entity` for one that is not there.
    """
    require_article(s, article_id)
    order = read_request(page, "quotes", (article_id, where), {"start": int}, "start")
    base = (
        select(
            quote.c.id,
            *(each for each in quote.c if each.name != "id"),
            cluster.c.entity_id,
            entity.c.name.label("entity_name"),
        )
        .select_from(quote)
        .outerjoin(
            mention,
            and_(
                mention.c.article_id == quote.c.article_id,
                mention.c.start == quote.c.mention_start,
            ),
        )
        .outerjoin(cluster, cluster.c.id == mention.c.cluster_id)
        .outerjoin(entity, entity.c.id == cluster.c.entity_id)
        .where(quote.c.article_id == article_id)
    )
    if where.kinds:
        base = base.where(quote.c.kind.in_(where.kinds))
    if where.entities:
        require_filter_entities(s, where.entities)
        base = base.where(cluster.c.entity_id.in_(where.entities))
    rows, cursor = fetch(s.connection, base, quote.c.id, Sort(quote.c.start, int), order)
    text = _text(s, article_id, rows[0].revision) if rows else ""
    return paged(
        [stored_quote(row, text) for row in rows],
        cursor,
        count(s.connection, base, exact=order.exact),
    )


class FindingPage(NamedTuple):
    """A page of findings of one kind, the revision they stand in, and the day of publication."""

    revision: int
    published: date | None
    page: Page[Any]


def reference_page(
    s: ReadSession, article_id: int, where: ReferenceFilter, page: PageRequest
) -> FindingPage:
    """The references of an article by `start`, each with its entity as people corrected it.

    Raises NotFound; InvalidInput at `?entity` for one that is not there.
    """
    require_article(s, article_id)
    require_filter_entities(s, where.entities)
    owners = {
        row.start: (row.entity_id, row.name)
        for row in s.connection.execute(
            select(mention.c.start, cluster.c.entity_id, entity.c.name)
            .join_from(mention, cluster, cluster.c.id == mention.c.cluster_id)
            .join(entity, entity.c.id == cluster.c.entity_id)
            .where(mention.c.article_id == article_id)
        )
    }
    return _finding_page(
        s,
        article_id,
        "references",
        page,
        where,
        lambda found: [
            each
            for each in (
                ResolvedReference(one, *owners.get(one.mention, (None, None))) for one in found
            )
            if (not where.kinds or each.reference.kind in where.kinds)
            and (not where.entities or each.entity in where.entities)
        ],
        lambda each: each.reference.start,
    )


def finding_page(s: ReadSession, article_id: int, kind: str, page: PageRequest) -> FindingPage:
    """What was found of one packed kind in an article, by `start`. Raises NotFound."""
    require_article(s, article_id)
    return _finding_page(s, article_id, kind, page, None, list, lambda each: each.start)


def _finding_page(
    s: ReadSession,
    article_id: int,
    kind: str,
    page: PageRequest,
    where: object,
    kept: Callable[[Sequence[Any]], list[Any]],
    start: Callable[[Any], int],
) -> FindingPage:
    order = read_request(page, kind, (article_id, where), {"start": int}, "start")
    number, day = s.connection.execute(
        select(article.c.revision, article.c.published_day).where(article.c.id == article_id)
    ).one()
    found = list(
        enumerate(kept(stored_findings(s, [article_id], [kind]).get(article_id, {}).get(kind, ())))
    )
    if order.descending:
        found.reverse()
    items, cursor = paged_in_memory(found, order, lambda each: (start(each[1]), each[0]))
    counted = total(len(found), exact=order.exact)
    return FindingPage(number, day, paged([each for _, each in items], cursor, counted))


def _text(s: ReadSession, article_id: int, number: int) -> str:
    text: str | None = s.connection.execute(
        select(revision.c.text).where(
            revision.c.article_id == article_id, revision.c.number == number
        )
    ).scalar()
    if text is None:
        raise NotFound(f"there is no revision {number} of article {article_id}")
    return text


def stored_quote(row: Any, text: str) -> StoredQuote:
    """The quote of a row of `quote`, with its entity, in the text of its revision."""
    said = utterance(row)
    return StoredQuote(
        id=row.id,
        article=row.article_id,
        revision=row.revision,
        kind=said.kind,
        **quote_surfaces(said, text)._asdict(),
        entity=row.entity_id,
        entity_name=row.entity_name,
        reason=said.reason,
    )
