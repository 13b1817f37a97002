"""What is asked of the store: lists, single things, and the texts that offsets count into.

All of it reads one snapshot. What is not there raises NotFound; a parameter that does not fit
raises InvalidInput pinned to it (`?source`, `?entity`, `?article`, `?q`, `?sort`, `?cursor`, ...).
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Literal, NamedTuple

from app.domain.article import (
    Article,
    ArticleDetail,
    Import,
    ImportedDocument,
    ImportFailure,
    ImportFilter,
    Revision,
    RevisionDetail,
    Source,
)
from app.domain.entity import (
    CoverageBucket,
    Entity,
    EntityDetail,
    MentionInContext,
    Neighbour,
    StoredMention,
)
from app.domain.facets import FacetName, Facets
from app.domain.figure import Figure
from app.domain.logged import LoggedCorrection
from app.domain.page import (
    ArticleFilter,
    CorrectionFilter,
    EntityFilter,
    MentionFilter,
    Page,
    PageRequest,
    QuoteFilter,
    ReferenceFilter,
    SourceFilter,
)
from app.domain.quote import StoredQuote
from app.domain.reference import ResolvedReference
from app.domain.text import check_characters
from app.domain.timex import Dated, resolve
from app.services.filters import check_filters
from app.store.engine.sessions import ReadSession
from app.store.queries import entities as entities_
from app.store.queries import facets
from app.store.queries.articles import (
    article_page,
    find_article,
    find_revision,
    revision_page,
    revision_texts,
)
from app.store.queries.corrections import correction_page, find_correction
from app.store.queries.entities import coverage_page, find_entity, neighbour_page
from app.store.queries.entities import entity_names as find_entity_names
from app.store.queries.entity_lists import entity_page
from app.store.queries.findings import finding_page, quote_page, reference_page
from app.store.queries.imports import (
    find_import,
    import_failures,
    import_page,
    imported_documents,
)
from app.store.queries.mentions import article_mention_page, entity_mention_page
from app.store.queries.sources import find_source, source_page

_ANY = SourceFilter()


def articles(session: ReadSession, where: ArticleFilter, page: PageRequest) -> Page[Article]:
    """Articles without their text, by `id` (the newest first), `published_at` or `word_count`."""
    _check(where)
    return article_page(session, where, page)


def article_facets(
    session: ReadSession, where: ArticleFilter, wanted: Collection[FacetName]
) -> Facets:
    """How all the articles that match divide up."""
    _check(where)
    return facets.article_facets(session, where, wanted)


def _check(where: ArticleFilter) -> None:
    check_filters(
        q=where.q,
        language=where.language,
        state=where.state,
        source=where.sources,
        source_tag=where.source_tags,
        source_country=where.source_countries,
    )


def article(session: ReadSession, article_id: int) -> ArticleDetail:
    """An article with its text and what cleaning removed."""
    return find_article(session, article_id)


def revisions(session: ReadSession, article_id: int, page: PageRequest) -> Page[Revision]:
    """The revisions of an article by `number`, the newest first."""
    return revision_page(session, article_id, page)


def revision(session: ReadSession, article_id: int, number: int) -> RevisionDetail:
    """One revision with its text and what came in."""
    return find_revision(session, article_id, number)


def mentions(
    session: ReadSession, article_id: int, where: MentionFilter, page: PageRequest
) -> Page[StoredMention]:
    """The mentions of an article by `start`."""
    return article_mention_page(session, article_id, where, page)


def quotes(
    session: ReadSession, article_id: int, where: QuoteFilter, page: PageRequest
) -> Page[StoredQuote]:
    """The quotes of an article by `start`."""
    return quote_page(session, article_id, where, page)


class FigurePage(NamedTuple):
    """The figures of an article, and the revision they stand in."""

    revision: int
    page: Page[Figure]


def figures(session: ReadSession, article_id: int, page: PageRequest) -> FigurePage:
    """The figures of an article by `start`."""
    found = finding_page(session, article_id, "figures", page)
    return FigurePage(found.revision, found.page)


class ReferencePage(NamedTuple):
    """The references of an article, and the revision they stand in."""

    revision: int
    page: Page[ResolvedReference]


def references(
    session: ReadSession, article_id: int, where: ReferenceFilter, page: PageRequest
) -> ReferencePage:
    """The pronouns and descriptions of an article that stand for a name, by `start`."""
    found = reference_page(session, article_id, where, page)
    return ReferencePage(found.revision, found.page)


class DatePage(NamedTuple):
    """The expressions of time of an article, and the revision they stand in."""

    revision: int
    page: Page[Dated]


def dates(session: ReadSession, article_id: int, page: PageRequest) -> DatePage:
    """The expressions of time of an article by `start`, with the values that they have by its day
    of publication."""
    found = finding_page(session, article_id, "dates", page)
    items = tuple(resolve(each, found.published) for each in found.page.items)
    return DatePage(found.revision, replace(found.page, items=items))


def entities(session: ReadSession, where: EntityFilter, page: PageRequest) -> Page[Entity]:
    """Entities by `mentions` (the most first), `articles` or `name`; with `q` by `relevance`."""
    check_filters(q=where.q, source=where.sources)
    return entity_page(session, where, page)


def entity(session: ReadSession, entity_id: int) -> EntityDetail:
    """An entity, also one without mentions any more; a merged one says where it went."""
    return find_entity(session, entity_id)


def entity_mentions(
    session: ReadSession, entity_id: int, where: MentionFilter, page: PageRequest
) -> Page[MentionInContext]:
    """The mentions of an entity in their context, by `article` (the newest first)."""
    check_filters(source=where.sources)
    return entity_mention_page(session, entity_id, where, page)


def neighbours(session: ReadSession, entity_id: int, page: PageRequest) -> Page[Neighbour]:
    """The entities in the newest 1,000 articles of this one, by `articles` (the most first),
    `mentions` or `name`."""
    return neighbour_page(session, entity_id, page)


def coverage(session: ReadSession, entity_id: int, page: PageRequest) -> Page[CoverageBucket]:
    """How often each outlet mentions an entity on each `day` (the oldest first)."""
    return coverage_page(session, entity_id, page)


def coverage_by(
    session: ReadSession, entity_id: int, step: Literal["day", "week", "month"]
) -> list[CoverageBucket]:
    """The same in whole: in each day, week or month, by its first day."""
    return entities_.coverage_by(session, entity_id, step)


def sources(session: ReadSession, page: PageRequest, where: SourceFilter = _ANY) -> Page[Source]:
    """Outlets with articles, by `slug`, `name` or `articles`."""
    check_filters(tag=where.tags, country=where.countries)
    return source_page(session, where, page)


def source(session: ReadSession, slug: str) -> Source:
    """An outlet."""
    check_characters(slug)
    return find_source(session, slug)


def corrections(
    session: ReadSession, where: CorrectionFilter, page: PageRequest
) -> Page[LoggedCorrection]:
    """What people corrected, by `id` (the newest first)."""
    return correction_page(session, where, page)


def correction(session: ReadSession, correction_id: int) -> LoggedCorrection:
    """One correction, in force or undone."""
    return find_correction(session, correction_id)


def entity_names(session: ReadSession, ids: Collection[int]) -> dict[int, str]:
    """What these entities are called, merged ones too."""
    return find_entity_names(session, ids)


def import_(session: ReadSession, import_id: int) -> Import:
    """An import with its counts and first failures."""
    return find_import(session, import_id)


def imports(session: ReadSession, page: PageRequest) -> Page[Import]:
    """Imports without their failures, by `id` (the newest first)."""
    return import_page(session, page)


def imported(
    session: ReadSession, import_id: int, where: ImportFilter, page: PageRequest
) -> Page[ImportedDocument]:
    """The documents of an import that were taken, with the articles that they became, by `line`."""
    return imported_documents(session, import_id, where, page)


def import_errors(session: ReadSession, import_id: int, page: PageRequest) -> Page[ImportFailure]:
    """All failures of an import, a page at a time."""
    return import_failures(session, import_id, page)


def texts(session: ReadSession, wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The stored texts of these `(article, revision)`; what is not there is left out."""
    return revision_texts(session, wanted)
