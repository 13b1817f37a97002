"""`/entities` and `/entities/{id}`: who is named, by whom, and when."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.domain.page import CorrectionFilter, MentionFilter, PageRequest
from app.pages.answers import chart_answer, page
from app.pages.charts.coverage import entity_chart
from app.pages.entities.coverage import coverage
from app.pages.parameters import query_of
from app.services import query
from app.web.dependencies import SessionOf
from app.web.numbers import RecordId
from app.web.parameters.base import Parameters
from app.web.parameters.entities import EntityListParameters

router = APIRouter(include_in_schema=False)

_DAYS, _MENTIONS, _NEIGHBOURS, _LOG = 200, 25, 14, 20


class MentionsFrom(Parameters):
    """Which page of an entity's mentions."""

    cursor: str | None = None


@router.get("/entities")
def show_entities(request: Request, session: SessionOf) -> Response:
    asked = query_of(request, EntityListParameters)
    found = query.entities(session, asked.where(), asked.page())
    given = asked.model_dump(exclude_defaults=True, exclude={"cursor"})
    return page(request, "entities.html", found=found, asked=asked, given=given)


@router.get("/entities/{id}")
def show_entity(id: RecordId, request: Request, session: SessionOf) -> Response:
    asked = query_of(request, MentionsFrom)
    detail = query.entity(session, id)
    mentions = query.entity_mentions(
        session, id, MentionFilter(), PageRequest(limit=_MENTIONS, cursor=asked.cursor)
    )
    return page(
        request,
        "entity.html",
        detail=detail,
        entity=detail.entity,
        coverage=coverage(query.coverage(session, id, PageRequest(limit=_DAYS)).items),
        mentions=mentions,
        neighbours=query.neighbours(session, id, PageRequest(limit=_NEIGHBOURS)).items,
        log=query.corrections(session, CorrectionFilter(entity=id), PageRequest(limit=_LOG)).items,
    )


@router.get("/entities/{id}/coverage.svg")
def draw_entity(id: RecordId, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    found = coverage(query.coverage(session, id, PageRequest(limit=_DAYS)).items)
    return chart_answer(entity_chart(query.entity(session, id).entity, found))
