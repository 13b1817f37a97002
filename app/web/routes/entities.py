"""Entities: what the names in the articles stand for."""

from typing import Annotated

from app.services import query
from app.web.dependencies import SessionOf
from app.web.numbers import RecordId
from app.web.offsets import turn_for
from app.web.parameters.base import QueryOf
from app.web.parameters.entities import (
    CoverageListParameters,
    EntityListParameters,
    EntityMentionParameters,
    NeighbourListParameters,
)
from app.web.problems import documented
from app.web.routing import Router
from app.web.schemas import entities as wire

router = Router(prefix="/v1/entities", tags=["entities"])


@router.get(
    "",
    operation_id="list_entities",
    summary="List entities",
    response_description="A page of the entities that match.",
    responses=documented(),
)
def list_entities(
    parameters: Annotated[EntityListParameters, QueryOf], session: SessionOf
) -> wire.EntityList:
    """The entities, the most mentioned first.

    With `source`, `article`, `since` or `until` only mentions in such articles count, so that the
    counts of the answer are those of the question.
    """
    page = query.entities(session, parameters.where(), parameters.page())
    return wire.EntityList.of(page, wire.Entity.model_validate)


@router.get(
    "/{id}",
    operation_id="get_entity",
    summary="Get one entity",
    response_description="The entity.",
    responses=documented(404),
)
def get_entity(id: RecordId, session: SessionOf) -> wire.EntityDetail:
    """One entity: its aliases with counts, counts for each outlet, its first and last appearance,
    and why its names were joined. The id of an entity that was merged answers with the entity it
    is part of in `merged_into`."""
    return wire.EntityDetail.of(query.entity(session, id))


@router.get(
    "/{id}/mentions",
    operation_id="list_entity_mentions",
    summary="List an entity's mentions in context",
    response_description="A page of its mentions, each with the text around it.",
    responses=documented(404),
)
def list_entity_mentions(
    id: RecordId, parameters: Annotated[EntityMentionParameters, QueryOf], session: SessionOf
) -> wire.MentionInContextList:
    """Where the entity is mentioned, each with the text around it."""
    page = query.entity_mentions(session, id, parameters.where(), parameters.page())
    turn = turn_for(session, [found.mention for found in page.items], parameters)
    return wire.MentionInContextList.of(
        page, lambda found: wire.MentionInContext.within(found, turn)
    )


@router.get(
    "/{id}/neighbours",
    operation_id="list_entity_neighbours",
    summary="List entities in the same articles",
    response_description="A page of its neighbours.",
    responses=documented(404),
)
def list_entity_neighbours(
    id: RecordId, parameters: Annotated[NeighbourListParameters, QueryOf], session: SessionOf
) -> wire.NeighbourList:
    """The entities that stand in the same articles, those of most articles first."""
    page = query.neighbours(session, id, parameters.page())
    return wire.NeighbourList.of(page, wire.Neighbour.model_validate)


@router.get(
    "/{id}/coverage",
    operation_id="list_entity_coverage",
    summary="Count an entity's mentions by outlet and day",
    response_description="A page of counts, one for each outlet and day.",
    responses=documented(404),
)
def list_entity_coverage(
    id: RecordId, parameters: Annotated[CoverageListParameters, QueryOf], session: SessionOf
) -> wire.CoverageList:
    """How often each outlet mentions the entity on each day."""
    page = query.coverage(session, id, parameters.page())
    return wire.CoverageList.of(page, wire.CoverageBucket.model_validate)
