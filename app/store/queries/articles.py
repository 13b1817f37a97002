"""Articles and their revisions, as they are read."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    exists,
    select,
    tuple_,
    type_coerce,
)

from app.domain.article import (
    Article,
    ArticleDetail,
    Published,
    Removed,
    Revision,
    RevisionDetail,
    SourceRef,
)
from app.domain.page import ArticleFilter, Page, PageRequest, SourceFilter
from app.errors import InvalidInput, NotFound
from app.store.engine.packing import unpack_like
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.parameters import as_numbers, chunks, numbers, numbers_of
from app.store.engine.sessions import ReadSession
from app.store.existence import (
    no_article,
    require_article,
    require_filter_entities,
    require_filter_story,
)
from app.store.queries.sources import matching_sources, source_ids
from app.store.queries.text_search import articles_matching
from app.store.tables import article, entity, entity_article, revision, source
from app.store.tables.joins import CURRENT_REVISION

_ARTICLE = article.c
_SORTED = ("id", "published_at", "word_count", "updated_at")
_STATES = ("pending", "ready", "failed")


def article_page(s: ReadSession, where: ArticleFilter, page: PageRequest) -> Page[Article]:
    """Articles by id, published_at, word_count or updated_at; the newest id first unless asked
    otherwise.

    Raises InvalidInput at the parameter that does not fit: `?q`, `?source`, `?entity`, `?state`,
    `?story`, `?sort`, `?cursor`, `?limit`.
    """
    order = read_request(page, "articles", where, dict.fromkeys(_SORTED, int), "-id")
    base, item_id, _, dated = _matching(s, where, order.field)
    sorts = {
        "id": Sort(item_id, int),
        "published_at": Sort(type_coerce(dated, BigInteger), int, nullable=True),
        "word_count": Sort(_ARTICLE.word_count, int),
        "updated_at": Sort(type_coerce(_ARTICLE.updated_at, BigInteger), int),
    }
    rows, cursor = fetch(s.connection, base, item_id, sorts[order.field], order)
    found = articles_by_id(s, [row[0] for row in rows])
    return paged(
        [found[row[0]] for row in rows],
        cursor,
        count(s.connection, base, exact=order.exact),
    )


def matching_articles(
    s: ReadSession, where: ArticleFilter
) -> tuple[Select[Any], ColumnElement[int]]:
    """The ids of the articles that match, with the column of their id. Raises InvalidInput at the
    parameter that does not fit."""
    matching = _matching(s, where, "id")
    return matching.statement, matching.id


class Matching(NamedTuple):
    """The ids of the articles that match, with the columns of their id, outlet and date."""

    statement: Select[Any]
    id: ColumnElement[int]
    source: ColumnElement[Any]
    published: ColumnElement[Any]


def matching_with_columns(s: ReadSession, where: ArticleFilter) -> Matching:
    """The articles that match, so that all the columns can be asked for. Raises InvalidInput at the
    parameter that does not fit."""
    return _matching(s, where, None)


def matching_among(s: ReadSession, where: ArticleFilter, ids: Collection[int]) -> list[int]:
    """Those of these articles that match, ascending. Raises InvalidInput at the parameter that does
    not fit."""
    statement, item_id = matching_articles(s, where)
    named = statement.where(item_id.in_(numbers(ids))).order_by(item_id)
    return [row[0] for row in s.connection.execute(named)]


def _matching(s: ReadSession, where: ArticleFilter, sorted_by: str | None) -> Matching:
    """The articles that match: from the full-text index, else from the entity's articles, else from
    all. Sorted by None, all of them are to be read, in whatever order."""
    if where.state is not None and where.state not in _STATES:
        raise InvalidInput(f"state is one of {', '.join(_STATES)}").at("?state")
    sources = source_ids(s, where.sources)
    conditions: list[ColumnElement[bool]] = []
    # Source and date stand beside an entity's articles too.
    near = entity_article if where.entities else article
    if where.source_tags or where.source_countries:
        described = SourceFilter(where.source_tags, where.source_countries)
        chosen, _ = matching_sources(s, described)
        conditions.append(near.c.source_id.in_(chosen))
    if sources:
        conditions.append(near.c.source_id.in_(sources))
    if where.since is not None:
        conditions.append(near.c.published_at >= where.since)
    if where.until is not None:
        conditions.append(near.c.published_at < where.until)
    needs_near = bool(conditions) or sorted_by in ("published_at", None)
    own = _own(where, whole=sorted_by is None)
    conditions += own
    needs_article = sorted_by in ("word_count", "updated_at") or bool(own)
    if where.story is not None:
        require_filter_story(s, where.story)
    require_filter_entities(s, where.entities)
    entities = _rarest_first(s, where.entities)
    if entities:
        conditions.append(entity_article.c.entity_id == entities[0])
        needs_near = True
    if where.q is not None:
        matching = articles_matching(s, where.q)
        item_id: ColumnElement[int] = matching.c.id
        base = select(item_id).select_from(matching)
        # The sum keeps SQLite from asking the full-text index anew for each article.
        joined = matching.c.id + 0
    else:
        item_id = joined = _ARTICLE.id if near is article else entity_article.c.article_id
        base = select(item_id).select_from(near)
        needs_near = False
        needs_article = needs_article and near is not article
    if needs_near and near is entity_article:
        base = base.join(entity_article, entity_article.c.article_id == joined)
    if needs_article or (needs_near and near is article):
        base = base.join(article, _ARTICLE.id == joined)
    conditions += [_mentions(each, joined) for each in entities[1:]]
    return Matching(base.where(*conditions), item_id, near.c.source_id, near.c.published_at)


def _own(where: ArticleFilter, *, whole: bool) -> list[ColumnElement[bool]]:
    """What must hold of an article itself."""
    found = []
    for column, value in ((_ARTICLE.language, where.language), (_ARTICLE.state, where.state)):
        if value is not None:
            # Most articles have the same: reading them all beside each other in the index that
            # holds outlet and date too is quicker than looking each up. An expression is in none.
            found.append((column.concat("") if whole else column) == value)
    if where.story is not None:
        found.append(_ARTICLE.story_id == where.story)
    if where.updated_since is not None:
        found.append(_ARTICLE.updated_at >= where.updated_since)
    return found


def _rarest_first(s: ReadSession, entities: Collection[int]) -> list[int]:
    """These entities, the one with the fewest articles first: the others are looked up in its."""
    if len(entities) < 2:
        return list(entities)
    by_articles = select(entity.c.id).where(entity.c.id.in_(entities)).order_by(entity.c.articles)
    return list(s.connection.execute(by_articles).scalars())


def _mentions(entity_id: int, article_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The article mentions this entity too."""
    also = entity_article.alias()
    return exists().where(also.c.entity_id == entity_id, also.c.article_id == article_id)


# In the order of the fields of `Article`.
_SHOWN = (
    *(_ARTICLE.id, _ARTICLE.external_id, _ARTICLE.url, source.c.slug, source.c.name),
    *(_ARTICLE.title, _ARTICLE.subtitle, _ARTICLE.authors),
    *(_ARTICLE.published_at, _ARTICLE.published_day, _ARTICLE.published_precision),
    *(_ARTICLE.language, _ARTICLE.word_count, _ARTICLE.state, _ARTICLE.reason),
    *(_ARTICLE.revision, _ARTICLE.story_id, _ARTICLE.pipeline, _ARTICLE.body_start),
    *(_ARTICLE.created_at, _ARTICLE.updated_at),
)
_LISTED = (
    select(*_SHOWN)
    .outerjoin_from(article, source, source.c.id == _ARTICLE.source_id)
    .where(_ARTICLE.id.in_(numbers_of("ids")))
)
_FOUND = (
    select(*_SHOWN, revision.c.text, revision.c.removed)
    .outerjoin_from(article, source, source.c.id == _ARTICLE.source_id)
    .join(revision, CURRENT_REVISION)
    .where(_ARTICLE.id == bindparam("id"))
)


def articles_by_id(s: ReadSession, ids: Collection[int]) -> dict[int, Article]:
    """The articles of these ids."""
    rows = s.connection.execute(_LISTED, {"ids": as_numbers(ids)}).all()
    return {row[0]: _article(row) for row in rows}


def find_article(s: ReadSession, article_id: int) -> ArticleDetail:
    """An article with its text.

    Raises NotFound.
    """
    row = s.connection.execute(_FOUND, {"id": article_id}).one_or_none()
    if row is None:
        raise no_article(article_id)
    *shown, text, removed = row
    return ArticleDetail(_article(shown), text, _removed(removed))


def revision_page(s: ReadSession, article_id: int, page: PageRequest) -> Page[Revision]:
    """The revisions of an article by number, the newest first unless asked otherwise.

    Raises NotFound.
    """
    require_article(s, article_id)
    order = read_request(page, "revisions", article_id, {"number": int}, "-number")
    number = revision.c.number
    base = select(number, *(revision.c[name] for name in _REVISION)).where(
        revision.c.article_id == article_id
    )
    rows, cursor = fetch(s.connection, base, number, Sort(number, int), order)
    return paged(
        [Revision(row[0], *row[1 : 1 + len(_REVISION)]) for row in rows],
        cursor,
        count(s.connection, base, exact=order.exact),
    )


_REVISION = ("title", "word_count", "content_hash", "cleaner", "created_at")


def find_revision(s: ReadSession, article_id: int, number: int) -> RevisionDetail:
    """One revision of an article, with its text and what came in.

    Raises NotFound.
    """
    require_article(s, article_id)
    row = (
        s.connection.execute(
            select(revision).where(revision.c.article_id == article_id, revision.c.number == number)
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound(f"article {article_id} has no revision {number}")
    return RevisionDetail(
        revision=Revision(number, *(row[name] for name in _REVISION)),
        text=row["text"],
        body_start=row["body_start"],
        raw=str(unpack_like(row["raw"], row["text"])),
        raw_kind=row["raw_kind"],
        removed=_removed(row["removed"]),
    )


def revision_texts(
    s: ReadSession, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """The texts of these `(article, revision)`; what is not there is left out."""
    return {
        (row.article_id, row.number): row.text
        for chunk in chunks(sorted(wanted))
        for row in s.connection.execute(
            select(revision.c.article_id, revision.c.number, revision.c.text).where(
                tuple_(revision.c.article_id, revision.c.number).in_(chunk)
            )
        )
    }


def _article(shown: Sequence[Any]) -> Article:
    """The article of a row of `_SHOWN`."""
    number, external_id, url, slug, name, title, subtitle, authors, *rest = shown
    instant, day, precision, *last = rest
    return Article(
        number,
        external_id,
        url,
        None if slug is None else SourceRef(slug, name),
        title,
        subtitle,
        tuple(authors),
        None if instant is None else Published(instant, day, precision),
        *last,
    )


def _removed(packed: Any) -> tuple[Removed, ...]:
    return tuple(Removed(**each) for each in packed)
