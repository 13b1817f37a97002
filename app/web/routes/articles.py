"""Articles: send in, find, read, change, remove."""

from typing import Annotated, cast

from fastapi import Response

from app.domain.article import Submission
from app.errors import FetchFailed, RefusedAddress
from app.intake.rows import changes_from_row, submission_from_row
from app.services import ingest, query, stories
from app.web.bodies import JsonObject, documented_body
from app.web.dependencies import Service, ServiceOf, SessionOf
from app.web.numbers import RecordId, Whole, record_id
from app.web.offsets import turn_for, turn_in
from app.web.parameters.articles import (
    ArticleListParameters,
    FindingListParameters,
    MentionListParameters,
    QuoteListParameters,
    ReferenceListParameters,
    RevisionListParameters,
    SubmitParameters,
)
from app.web.parameters.base import OffsetParameters, QueryOf
from app.web.parameters.facets import asked_facets
from app.web.parameters.stories import SimilarListParameters
from app.web.problems import LOCATION, documented
from app.web.routing import Router
from app.web.schemas import articles as wire
from app.web.schemas.dates import Date, DateList
from app.web.schemas.entities import Mention, MentionList
from app.web.schemas.figures import Figure, FigureList
from app.web.schemas.quotes import Quote, QuoteList
from app.web.schemas.references import Reference, ReferenceList
from app.web.schemas.stories import Similar, SimilarList

router = Router(prefix="/v1/articles", tags=["articles"])


@router.post(
    "",
    status_code=201,
    operation_id="create_article",
    summary="Send in an article",
    response_description="Taken and analysed (or its analysis failed, as `state` says).",
    responses={
        200: {
            "description": "It was there already; this is the article that is there.",
            "model": wire.ArticleWithText,
        },
        201: {"headers": LOCATION},
        202: {
            "description": "Taken and on disk; its analysis is still pending.",
            "headers": LOCATION,
            "model": wire.ArticleWithText,
        },
        **documented(400, 413, 415, 507),
    },
    openapi_extra=documented_body(wire.NewArticle),
)
def create_article(
    body: JsonObject,
    parameters: Annotated[SubmitParameters, QueryOf],
    service: ServiceOf,
    response: Response,
) -> wire.ArticleWithText:
    """Takes an article as plain text, as HTML, or as the address of one, and waits for its
    analysis.

    A `url` alone is fetched before the answer; an address that is not to be fetched (a private
    network, another scheme) or whose server fails is 422. The same article again answers 200 with
    the one that is there; changed content makes a new revision of it. The same article is known by
    its source and `external_id`, else by its address, else by its source and content.
    """
    submission = submission_from_row(body)
    if ingest.is_bare(submission):
        submission = _fetched(submission, service)
    accepted = ingest.accept(service.store, submission, service.settings)
    # Only a document that may not come back after its deletion has none.
    number = cast(int, accepted.id)
    service.patience.wait(number, parameters.wait)
    with service.store.read() as session:
        detail = query.article(session, number)
    if accepted.outcome == "existing":
        response.status_code = 200
    else:
        response.headers["Location"] = f"/v1/articles/{number}"
        response.status_code = 202 if detail.article.state == "pending" else 201
    return wire.ArticleWithText.detail(detail, utf16=parameters.utf16)


@router.get(
    "",
    operation_id="list_articles",
    summary="Find articles",
    response_description="A page of the articles that match.",
    responses=documented(),
)
def list_articles(
    parameters: Annotated[ArticleListParameters, QueryOf], session: SessionOf
) -> wire.ArticleList:
    """The articles that match all parameters, without their texts."""
    where = parameters.where()
    page = query.articles(session, where, parameters.page())
    answer = wire.ArticleList.of(page, lambda a: wire.Article.of(a, utf16=parameters.utf16))
    if not parameters.facets:
        return answer
    return answer.with_facets(query.article_facets(session, where, asked_facets(parameters.facets)))


@router.get(
    "/{id}",
    operation_id="get_article",
    summary="Get one article",
    response_description="The article.",
    responses=documented(404),
)
def get_article(
    id: RecordId, parameters: Annotated[OffsetParameters, QueryOf], session: SessionOf
) -> wire.ArticleWithText:
    """One article with its text, and what cleaning took away from it."""
    return wire.ArticleWithText.detail(query.article(session, id), utf16=parameters.utf16)


@router.patch(
    "/{id}",
    operation_id="change_article",
    summary="Change an article's metadata",
    response_description="The article as it is now.",
    responses=documented(400, 404, 409, 413, 415, 507),
    openapi_extra=documented_body(wire.ArticlePatch),
)
def change_article(
    id: RecordId,
    body: JsonObject,
    parameters: Annotated[OffsetParameters, QueryOf],
    service: ServiceOf,
) -> wire.ArticleWithText:
    """Changes what is given and leaves the rest. Another title or subtitle makes a new revision of
    the text, and that or another language a new analysis: the article is `pending` until then."""
    ingest.change_article(service.store, id, changes_from_row(body))
    service.work.wake()
    with service.store.read() as session:
        return wire.ArticleWithText.detail(query.article(session, id), utf16=parameters.utf16)


@router.delete(
    "/{id}",
    status_code=204,
    operation_id="delete_article",
    summary="Remove an article",
    response_description="Removed.",
    responses=documented(404, 507),
)
def delete_article(id: Annotated[Whole, record_id(12)], service: ServiceOf) -> None:
    """Removes the article with its mentions. Neither a feed nor an import brings it back; sending
    it in again with `POST /v1/articles` does, under a new id."""
    ingest.delete_article(service.store, id)


@router.get(
    "/{id}/mentions",
    operation_id="list_article_mentions",
    summary="List an article's mentions",
    response_description="A page of its mentions.",
    responses=documented(404),
)
def list_article_mentions(
    id: RecordId, parameters: Annotated[MentionListParameters, QueryOf], session: SessionOf
) -> MentionList:
    """The names in the article's text, in their order, each with the entity that it names."""
    page = query.mentions(session, id, parameters.where(), parameters.page())
    turn = turn_for(session, page.items, parameters)
    return MentionList.of(page, lambda mention: Mention.of(mention, turn))


@router.get(
    "/{id}/quotes",
    operation_id="list_article_quotes",
    summary="List an article's quotes",
    response_description="A page of its quotes.",
    responses=documented(404),
)
def list_article_quotes(
    id: RecordId, parameters: Annotated[QuoteListParameters, QueryOf], session: SessionOf
) -> QuoteList:
    """Who says what in the article, directly or in its words, in the order of its text."""
    page = query.quotes(session, id, parameters.where(), parameters.page())
    turn = turn_for(session, page.items, parameters)
    return QuoteList.of(page, lambda quote: Quote.of(quote, turn))


@router.get(
    "/{id}/references",
    operation_id="list_article_references",
    summary="List the words that stand for an article's names",
    response_description="A page of its references.",
    responses=documented(404),
)
def list_article_references(
    id: RecordId, parameters: Annotated[ReferenceListParameters, QueryOf], session: SessionOf
) -> ReferenceList:
    """Pronouns and descriptions ('the Syrian president') that stand for a name, where that is
    beyond doubt, in the order of the text. They count as no mentions; what 'he' does and suffers
    is compared under the name that he has."""
    found = query.references(session, id, parameters.where(), parameters.page())
    turn = turn_in(session, id, found.revision, parameters)
    return ReferenceList.of(found.page, lambda each: Reference.of(id, found.revision, each, turn))


@router.get(
    "/{id}/figures",
    operation_id="list_article_figures",
    summary="List an article's figures",
    response_description="A page of its figures.",
    responses=documented(404),
)
def list_article_figures(
    id: RecordId, parameters: Annotated[FindingListParameters, QueryOf], session: SessionOf
) -> FigureList:
    """Quantities in the order of the text, with unit, rate, counted noun and who gives them."""
    found = query.figures(session, id, parameters.page())
    turn = turn_in(session, id, found.revision, parameters)
    return FigureList.of(found.page, lambda each: Figure.of(id, found.revision, each, turn))


@router.get(
    "/{id}/dates",
    operation_id="list_article_dates",
    summary="List an article's dates",
    response_description="A page of its expressions of time.",
    responses=documented(404),
)
def list_article_dates(
    id: RecordId, parameters: Annotated[FindingListParameters, QueryOf], session: SessionOf
) -> DateList:
    """Expressions of time in the order of the text, resolved against the day of publication."""
    found = query.dates(session, id, parameters.page())
    turn = turn_in(session, id, found.revision, parameters)
    return DateList.of(found.page, lambda each: Date.of(id, found.revision, each, turn))


@router.get(
    "/{id}/similar",
    operation_id="list_similar_articles",
    summary="List articles like this one",
    response_description="A page of articles, the most alike first.",
    responses=documented(404),
)
def list_similar_articles(
    id: RecordId, parameters: Annotated[SimilarListParameters, QueryOf], session: SessionOf
) -> SimilarList:
    """The articles that share most of this one's telling words and names, the nearer in time the
    more alike; with what they share. Whatever the story, so that a neighbouring one is found."""
    page = stories.similar(session, id, parameters.page())
    return SimilarList.of(page, lambda each: Similar.of(each, utf16=parameters.utf16))


@router.get(
    "/{id}/revisions",
    operation_id="list_article_revisions",
    summary="List an article's revisions",
    response_description="A page of its revisions.",
    responses=documented(404),
)
def list_article_revisions(
    id: RecordId, parameters: Annotated[RevisionListParameters, QueryOf], session: SessionOf
) -> wire.RevisionList:
    """The states that the article's content has had."""
    page = query.revisions(session, id, parameters.page())
    return wire.RevisionList.of(page, wire.Revision.model_validate)


@router.get(
    "/{id}/revisions/{number}",
    operation_id="get_article_revision",
    summary="Get one revision of an article",
    response_description="The revision.",
    responses=documented(404),
)
def get_article_revision(
    id: RecordId,
    number: RecordId,
    parameters: Annotated[OffsetParameters, QueryOf],
    session: SessionOf,
) -> wire.RevisionWithText:
    """One revision with its text, what came in, and what cleaning took away from that."""
    revision = query.revision(session, id, number)
    return wire.RevisionWithText.detail(revision, utf16=parameters.utf16)


def _fetched(submission: Submission, service: Service) -> Submission:
    with service.patience.long():
        try:
            return ingest.fetched(submission, service.fetcher)
        except (RefusedAddress, FetchFailed) as error:
            raise error.at("#/url") from None
