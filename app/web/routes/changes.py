"""What changed, for those who keep a copy of the collection, or of what they need of it."""

from typing import Annotated

from fastapi import Header
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.domain import deadline
from app.domain.change import ChangePage
from app.services.changes import changes, position
from app.web.dependencies import ServiceOf, SessionOf
from app.web.parameters.base import QueryOf
from app.web.parameters.changes import ChangeListParameters, EventParameters
from app.web.problems import documented
from app.web.routing import Router
from app.web.schemas import changes as wire
from app.web.streams import MEDIA_TYPE, EventStream

router = Router(prefix="/v1", tags=["changes"])


@router.get(
    "/changes",
    operation_id="list_changes",
    summary="List what changed",
    response_description="One page of changes, the oldest first.",
    responses=documented(),
)
def list_changes(
    parameters: Annotated[ChangeListParameters, QueryOf], session: SessionOf
) -> wire.ChangeList:
    """What was created, revised, analysed, moved, merged, split, changed otherwise or deleted after
    a cursor, in the order in which it became visible; nothing is left out that was stored late.

    Without `after` it begins with all that is there, in the order of its changes. `next_cursor` is
    never null: ask on from it, after seconds or after years. Of each article, entity, story and
    outlet the last change of each kind is kept, of one that is deleted only that it is: fetch what
    an item names, and you have it as it is now."""
    page = changes(session, parameters.after, parameters.limit, parameters.type, parameters.kind)
    return wire.ChangeList.of(page)


# Changes that are read at a time for a stream.
_AT_A_TIME = 200
# One event of the stream, as OpenAPI 3.1 describes such.
_EVENT = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "description": "The cursor of the change."},
        "data": {
            "type": "string",
            "description": "The change.",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": "#/components/schemas/Change"},
        },
    },
}


@router.get(
    "/events",
    operation_id="stream_changes",
    summary="Stream what changes",
    response_description="Server-sent events, each with a change as `data` and its cursor as `id`.",
    responses={200: {"content": {MEDIA_TYPE: {"schema": _EVENT}}}, **documented()},
    response_class=StreamingResponse,
)
async def stream_changes(
    parameters: Annotated[EventParameters, QueryOf],
    service: ServiceOf,
    last_event_id: Annotated[
        str | None,
        Header(description="The `id` of the last event: where to go on, before `after`."),
    ] = None,
) -> EventStream:
    """The changes of `GET /v1/changes`, and those still to come as they are stored, as server-sent
    events (`EventSource` in a browser). A stream that breaks off is taken up again where it was by
    the `Last-Event-ID` that browsers send. A comment every fifteen seconds keeps it open."""
    settings = service.settings

    def read(after: int) -> ChangePage:
        with (
            deadline.within(settings.query_timeout, "PARALLAX_QUERY_TIMEOUT"),
            service.store.read() as session,
        ):
            return changes(session, str(after), _AT_A_TIME, parameters.type, parameters.kind)

    start = position(parameters.after if last_event_id is None else last_event_id)
    first = await run_in_threadpool(read, start)
    return EventStream(service.streams, first, read, parameters.seconds)
