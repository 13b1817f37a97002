"""`/entities`, `/entities/{id}` and `/sources/{slug}`: who is named, by whom, and when."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.domain.page import (
    ArticleFilter,
    EntityFilter,
    PageRequest,
    StoryFilter,
)
from app.pages.answers import page
from app.pages.entities.view import entity_page
from app.pages.parameters import query_of
from app.services import query, stories
from app.web.dependencies import SessionOf
from app.web.numbers import FilterId, RecordId
from app.web.parameters.base import Parameters
from app.web.parameters.entities import EntityListParameters

router = APIRouter(include_in_schema=False)

_ARTICLES, _NAMED, _MISSED = 12, 14, 8


class EntityParameters(Parameters):
    """Which page of an entity's mentions, and what was just corrected."""

    cursor: str | None = None
    corrected: FilterId | None = None


@router.get("/entities")
def show_entities(request: Request, session: SessionOf) -> Response:
    asked = query_of(request, EntityListParameters)
    found = query.entities(session, asked.where(), asked.page())
    given = asked.model_dump(exclude_defaults=True, exclude={"cursor"})
    return page(request, "entities.html", found=found, asked=asked, given=given)


@router.get("/entities/{id}")
def show_entity(id: RecordId, request: Request, session: SessionOf) -> Response:
    asked = query_of(request, EntityParameters)
    return entity_page(request, session, id, cursor=asked.cursor, corrected=asked.corrected)


@router.get("/sources/{slug}")
def show_source(slug: str, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    source = query.source(session, slug)
    return page(
        request,
        "source.html",
        source=source,
        articles=query.articles(
            session, ArticleFilter(sources=(slug,)), PageRequest(limit=_ARTICLES)
        ),
        named=query.entities(
            session, EntityFilter(sources=(slug,)), PageRequest(limit=_NAMED)
        ).items,
        stories=stories.stories(
            session, StoryFilter(sources=(slug,)), PageRequest(limit=_MISSED)
        ).items,
        missed=stories.missed(
            session, slug, StoryFilter(min_sources=2), PageRequest(limit=_MISSED)
        ),
    )
