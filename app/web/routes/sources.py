"""Outlets."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.services import query
from app.web.dependencies import SessionOf
from app.web.parameters.base import QueryOf
from app.web.parameters.sources import SourceListParameters
from app.web.problems import documented
from app.web.schemas import sources as wire

router = APIRouter(prefix="/v1/sources", tags=["sources"])


@router.get("", operation_id="list_sources", summary="List outlets", responses=documented())
def list_sources(
    parameters: Annotated[SourceListParameters, QueryOf], session: SessionOf
) -> wire.SourceList:
    """The outlets with their articles counted, and the first and last publication of each."""
    page = query.sources(session, parameters.page())
    return wire.SourceList.of(page, wire.Source.model_validate)


@router.get(
    "/{slug}", operation_id="get_source", summary="Get one outlet", responses=documented(404)
)
def get_source(
    slug: Annotated[
        str, Path(description="The outlet's slug.", examples=["meridian-dispatch"], max_length=300)
    ],
    session: SessionOf,
) -> wire.Source:
    """One outlet with its articles counted."""
    return wire.Source.model_validate(query.source(session, slug))
