"""`/entities` and `/entities/{id}`: who is named, by whom, and when."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages.answers import chart_answer, page
from app.pages.charts.coverage import entity_chart
from app.pages.entities.view import entity_coverage, entity_page
from app.pages.parameters import query_of
from app.services import query
from app.web.dependencies import SessionOf
from app.web.numbers import FilterId, RecordId
from app.web.parameters.base import Parameters
from app.web.parameters.entities import EntityListParameters

router = APIRouter(include_in_schema=False)


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


@router.get("/entities/{id}/coverage.svg")
def draw_entity(id: RecordId, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    detail = query.entity(session, id)
    return chart_answer(entity_chart(detail.entity, entity_coverage(session, detail)))
