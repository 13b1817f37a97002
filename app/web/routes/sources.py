"""Outlets."""

from typing import Annotated

from fastapi import Path

from app.services import query, stories
from app.web.dependencies import SessionOf
from app.web.parameters.base import QueryOf
from app.web.parameters.sources import SourceListParameters
from app.web.parameters.stories import MissedListParameters
from app.web.problems import documented
from app.web.routing import Router
from app.web.schemas import sources as wire
from app.web.schemas.stories import MissedStory, MissedStoryList

Slug = Annotated[
    str,
    Path(description="The outlet's slug or name.", examples=["meridian-dispatch"], max_length=300),
]

router = Router(prefix="/v1/sources", tags=["sources"])


@router.get(
    "",
    operation_id="list_sources",
    summary="List outlets",
    response_description="A page of outlets.",
    responses=documented(),
)
def list_sources(
    parameters: Annotated[SourceListParameters, QueryOf], session: SessionOf
) -> wire.SourceList:
    """The outlets with their articles counted, and the first and last publication of each."""
    page = query.sources(session, parameters.page(), parameters.where())
    return wire.SourceList.of(page, wire.Source.model_validate)


@router.get(
    "/{slug}",
    operation_id="get_source",
    summary="Get one outlet",
    response_description="The outlet.",
    responses=documented(404),
)
def get_source(
    slug: Slug,
    session: SessionOf,
) -> wire.Source:
    """One outlet with its articles counted. A slug that it once had, also as an outlet that was
    merged into it, leads to it too."""
    return wire.Source.model_validate(query.source(session, slug))


@router.get(
    "/{slug}/missed",
    operation_id="list_missed_stories",
    summary="List stories that an outlet does not report",
    response_description="A page of stories, each with how sure the absence is.",
    responses=documented(404),
)
def list_missed_stories(
    slug: Slug, parameters: Annotated[MissedListParameters, QueryOf], session: SessionOf
) -> MissedStoryList:
    """Stories that others report, at least `min_sources` of them, and this outlet does not, the
    newest first (`sort=-sources`: the widest first). Each says how many articles of the outlet the
    collection has from those days, for an absence is as sure as the collection is whole."""
    page = stories.missed(session, slug, parameters.where(), parameters.page())
    return MissedStoryList.of(page, MissedStory.model_validate)
