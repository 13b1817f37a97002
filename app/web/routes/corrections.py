"""Corrections by people: made about an entity, a story or an outlet, listed, undone."""

from typing import Annotated

from fastapi import Path, Response

from app.errors import InvalidInput
from app.services import correct, correct_sources, correct_stories, query
from app.services.correct_sources import SourceChanges
from app.services.corrector import Corrector
from app.services.entity_changes import EntityChanges
from app.web.bodies import JsonObject, documented_body, shaped
from app.web.dependencies import Caller, ServiceOf, SessionOf
from app.web.numbers import Whole, record_id
from app.web.parameters.base import QueryOf
from app.web.parameters.corrections import CorrectionListParameters, UndoParameters
from app.web.problems import LOCATION, documented
from app.web.routing import Router
from app.web.schemas import corrections as wire
from app.web.schemas.entities import EntityDetail
from app.web.schemas.sources import Source

router = Router(prefix="/v1", tags=["corrections"])

_SLUG = "The outlet's slug, its own or one that it once had."
_UNDONE = "The id of a correction, which the answer to it and the log name."


@router.post(
    "/entities/{id}/merge",
    operation_id="merge_entity",
    summary="Merge an entity into another",
    response_description="Merged; the correction as it stands in the log.",
    responses=documented(400, 404, 409, 413, 415, 507),
    openapi_extra=documented_body(wire.EntityMerge),
)
def merge_entity(
    id: Annotated[Whole, record_id(33)], body: JsonObject, service: ServiceOf, caller: Caller
) -> wire.Correction:
    """Makes the entity part of another: its mentions, and those still to come, are the other's.
    Its id answers with `merged_into`. The same merge again changes nothing."""
    asked = shaped(wire.EntityMerge, body)
    return wire.Correction.of(correct.merge(service.store, id, asked.into, asked.corrector(caller)))


@router.post(
    "/entities/{id}/split",
    status_code=201,
    operation_id="split_entity",
    summary="Split an entity",
    response_description="Split; `to` and Location name the new entity.",
    responses={201: {"headers": LOCATION}, **documented(400, 404, 409, 413, 415, 507)},
    openapi_extra=documented_body(wire.EntitySplit),
)
def split_entity(
    id: Annotated[Whole, record_id(4)],
    body: JsonObject,
    service: ServiceOf,
    caller: Caller,
    response: Response,
) -> wire.Correction:
    """Takes names, or single mentions, out of the entity and makes a new one of them.

    A split by names holds for mentions still to come. Spellings that differ in case, accents or a
    possessive are one name. Split mentions are known again by their places in their text; in a
    later revision of it, where the same name stands in the same surroundings.
    """
    asked = shaped(wire.EntitySplit, body)
    by = asked.corrector(caller)
    if (asked.aliases is None) == (asked.mentions is None):
        raise InvalidInput("Give either aliases or mentions.").at("#")
    if asked.aliases is not None:
        done = correct.split_aliases(service.store, id, asked.aliases, by, name=asked.name)
    else:
        mentions = asked.mentions or []
        done = correct.split_mentions(service.store, id, mentions, by, name=asked.name)
    response.headers["Location"] = f"/v1/entities/{done.other}"
    return wire.Correction.of(done)


@router.patch(
    "/entities/{id}",
    operation_id="change_entity",
    summary="Correct an entity",
    response_description="The entity as it is now.",
    responses=documented(400, 404, 409, 413, 415, 507),
    openapi_extra=documented_body(wire.EntityPatch),
)
def change_entity(
    id: Annotated[Whole, record_id(10)], body: JsonObject, service: ServiceOf, caller: Caller
) -> EntityDetail:
    """Corrects type, name or names of an entity, or rejects a mention of it; answers with the
    entity as it is then. Each field becomes a correction that can be undone; all of them are made,
    or none."""
    asked = shaped(wire.EntityPatch, body)
    changes = EntityChanges(
        type=asked.type,
        name=asked.name,
        drop_aliases=() if asked.drop_alias is None else (asked.drop_alias,),
        add_alias=asked.add_alias,
        reject_mentions=() if asked.reject_mention is None else (asked.reject_mention,),
        pin=asked.pin is True,
    )
    if changes == EntityChanges():
        raise InvalidInput("The body changes nothing: give a field to correct.").at("#")
    correct.change_entity(service.store, id, changes, asked.corrector(caller))
    with service.store.read() as session:
        return EntityDetail.of(query.entity(session, id))


@router.post(
    "/stories/{id}/merge",
    operation_id="merge_story",
    summary="Merge a story into another",
    response_description="Merged; the correction as it stands in the log.",
    responses=documented(400, 404, 409, 413, 415, 507),
    openapi_extra=documented_body(wire.StoryMerge),
)
def merge_story(
    id: Annotated[Whole, record_id(2)], body: JsonObject, service: ServiceOf, caller: Caller
) -> wire.Correction:
    """Makes all articles of the story part of another, where they stay however stories are grouped
    later. Its id answers with `merged_into`. The same merge again changes nothing."""
    asked = shaped(wire.StoryMerge, body)
    done = correct_stories.merge(service.store, id, asked.into, asked.corrector(caller))
    return wire.Correction.of(done)


@router.post(
    "/stories/{id}/split",
    status_code=201,
    operation_id="split_story",
    summary="Split a story",
    response_description="Split; `to` and Location name the new story.",
    responses={201: {"headers": LOCATION}, **documented(400, 404, 409, 413, 415, 507)},
    openapi_extra=documented_body(wire.StorySplit),
)
def split_story(
    id: Annotated[Whole, record_id(1)],
    body: JsonObject,
    service: ServiceOf,
    caller: Caller,
    response: Response,
) -> wire.Correction:
    """Takes articles out of the story and makes a new one of them. Neither these nor those that
    stay come together again; articles still to come join the one that they are more like."""
    asked = shaped(wire.StorySplit, body)
    done = correct_stories.split(service.store, id, asked.articles, asked.corrector(caller))
    response.headers["Location"] = f"/v1/stories/{done.other}"
    return wire.Correction.of(done)


@router.post(
    "/sources/{slug}/merge",
    operation_id="merge_source",
    summary="Merge an outlet into another",
    response_description="Merged; the correction as it stands in the log.",
    responses=documented(400, 404, 409, 413, 415, 507),
    openapi_extra=documented_body(wire.SourceMerge),
)
def merge_source(
    slug: Annotated[str, Path(description=_SLUG, max_length=300)],
    body: JsonObject,
    service: ServiceOf,
    caller: Caller,
) -> wire.Correction:
    """Makes the outlet part of another: its articles, and those still to come under its names and
    domains, are the other's, in every list, count and comparison. Its slug leads to the other. The
    same merge again changes nothing."""
    asked = shaped(wire.SourceMerge, body)
    done = correct_sources.merge(service.store, slug, asked.into, asked.corrector(caller))
    return wire.Correction.of(done)


@router.patch(
    "/sources/{slug}",
    operation_id="change_source",
    summary="Correct an outlet",
    response_description="The outlet as it is now.",
    responses=documented(400, 404, 409, 413, 415, 507),
    openapi_extra=documented_body(wire.SourcePatch),
)
def change_source(
    slug: Annotated[str, Path(description=_SLUG, max_length=300, examples=["meridian-dispatch"])],
    body: JsonObject,
    service: ServiceOf,
    caller: Caller,
) -> Source:
    """Says what an outlet is called and which domains, country, language and tags it has; answers
    with the outlet as it is then. Each field becomes a correction that can be undone; all of them
    are made, or none."""
    asked = shaped(wire.SourcePatch, body)
    changes = SourceChanges(
        name=asked.name,
        domains=asked.domains,
        country=asked.country,
        language=asked.language,
        tags=asked.tags,
    )
    if changes == SourceChanges():
        raise InvalidInput("The body changes nothing: give a field to correct.").at("#")
    correct_sources.change_source(service.store, slug, changes, asked.corrector(caller))
    with service.store.read() as session:
        return Source.model_validate(query.source(session, slug))


@router.get(
    "/corrections",
    operation_id="list_corrections",
    summary="List corrections",
    response_description="A page of the log.",
    responses=documented(),
)
def list_corrections(
    parameters: Annotated[CorrectionListParameters, QueryOf], session: SessionOf
) -> wire.CorrectionList:
    """What people corrected, the newest first: who, when and why, and what was undone."""
    page = query.corrections(session, parameters.where(), parameters.page())
    return wire.CorrectionList.of(page, wire.Correction.of)


@router.delete(
    "/corrections/{id}",
    operation_id="undo_correction",
    summary="Undo a correction",
    response_description="Undone; it stays in the log.",
    responses=documented(404, 507),
)
def undo_correction(
    id: Annotated[Whole, record_id(None, _UNDONE)],
    parameters: Annotated[UndoParameters, QueryOf],
    service: ServiceOf,
    caller: Caller,
) -> wire.Correction:
    """Undoes a correction, in any order: everything is as if it had never been made, and later
    corrections apply to that. One that was undone already is 404."""
    by = Corrector(parameters.author or caller, parameters.reason)
    done = correct.undo(service.store, id, by)
    return wire.Correction.of(done)
