"""Feeds: the service polls them, and so fills itself."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response

from app.errors import InvalidInput, UnsupportedMedia
from app.intake.opml import read_opml, written_opml
from app.services import feeds
from app.services.feeds import FeedChanges
from app.web.bodies import MEDIA_TYPE, JsonObject, documented_body, shaped
from app.web.dependencies import ServiceOf, SessionOf
from app.web.numbers import Whole, record_id
from app.web.parameters.base import QueryOf
from app.web.parameters.feeds import FeedListParameters
from app.web.problems import LOCATION, documented
from app.web.routing import Router
from app.web.schemas import feeds as wire

router = Router(prefix="/v1/feeds", tags=["feeds"])

_ASKED = "The id of a feed, which the answer to it and the list name."
_OPML = "text/x-opml"
_XML = (_OPML, "application/xml", "text/xml", "application/opml+xml")
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_EXAMPLE = (
    '<opml version="2.0"><body><outline type="rss" text="Meridian Dispatch" '
    'xmlUrl="https://meridian.example/feed.xml"/></body></opml>'
)


async def _list_of_feeds(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _XML:
        raise UnsupportedMedia(
            f"Send OPML as {' or '.join(_XML[:3])}, not {kind[:MEDIA_TYPE] or 'without a type'}."
        )
    return await request.body()


@router.get(
    "", operation_id="list_feeds", summary="List feeds", response_description="A page of feeds.",
    responses=documented(),
)  # fmt: skip
def list_feeds(
    parameters: Annotated[FeedListParameters, QueryOf], session: SessionOf
) -> wire.FeedList:
    """The feeds that are polled: how each stands, when it was and will be polled, and what the last
    poll came to."""
    page = feeds.feeds(session, parameters.where(), parameters.page())
    return wire.FeedList.of(page, wire.Feed.model_validate)


@router.post(
    "",
    status_code=201,
    operation_id="create_feed",
    summary="Add a feed",
    response_description="Added; it is polled at once.",
    responses={
        200: {"model": wire.Feed, "description": "There already; it stays as it is."},
        201: {"headers": LOCATION},
        **documented(400, 413, 415, 507),
    },
    openapi_extra=documented_body(wire.NewFeed),
)
def create_feed(body: JsonObject, service: ServiceOf, response: Response) -> wire.Feed:
    """Adds a feed (RSS or Atom). From now on what is new in it is taken in: each entry that carries
    its whole text as it is, any other one by the page that it links to, as `robots.txt` allows.
    Articles that were deleted here stay away."""
    asked = shaped(wire.NewFeed, body)
    made, new = feeds.create(
        service.store, service.settings, asked.url, asked.source, asked.interval
    )
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/feeds/{made.id}"
    return wire.Feed.model_validate(made)


# Before `/{id}`, which would take it for one.
@router.get(
    "/opml",
    operation_id="export_feeds",
    summary="Write out feeds as OPML",
    response_description="The list of all feeds.",
    responses={
        200: {"content": {_OPML: _FILE}, "description": "The file."},
        **documented(),
    },
    response_class=Response,
)
def export_feeds(session: SessionOf) -> Response:
    """All feeds with their outlets as OPML 2.0, which feed readers read."""
    content = written_opml(feeds.outlines(session), "Feeds of Parallax")
    return Response(
        content,
        media_type=f"{_OPML}; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="feeds.opml"'},
    )


@router.post(
    "/opml",
    operation_id="import_feeds",
    summary="Add feeds from OPML",
    response_description="What became of the feeds.",
    responses=documented(400, 413, 415, 507),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": {"type": "string"}, "example": _EXAMPLE} for kind in _XML[:3]
            },
        }
    },
)
def import_feeds(
    content: Annotated[bytes, Depends(_list_of_feeds)], service: ServiceOf
) -> wire.OpmlTaken:
    """Adds each feed of an OPML file, of the outlet that its outline names; folders make no
    difference. A feed that cannot be added fails alone, under its line."""
    if not content.strip():
        raise InvalidInput("The body is empty; an OPML file is needed.").at("#")
    taken = feeds.take_opml(service.store, service.settings, read_opml(content))
    return wire.OpmlTaken.model_validate(taken)


@router.get(
    "/{id:int}",
    operation_id="get_feed",
    summary="Get one feed",
    response_description="The feed.",
    responses=documented(404),
)
def get_feed(id: Annotated[Whole, record_id(None, _ASKED)], session: SessionOf) -> wire.Feed:
    """How a feed stands, and what its last poll came to."""
    return wire.Feed.model_validate(feeds.feed(session, id))


@router.patch(
    "/{id:int}",
    operation_id="change_feed",
    summary="Change a feed",
    response_description="The feed as it is now.",
    responses=documented(400, 404, 409, 413, 415, 507),
    openapi_extra=documented_body(wire.FeedPatch),
)
def change_feed(
    id: Annotated[Whole, record_id(None, _ASKED)], body: JsonObject, service: ServiceOf
) -> wire.Feed:
    """Changes what is given and leaves the rest. The feed is then polled at once and read whole,
    unless it is paused."""
    asked = shaped(wire.FeedPatch, body)
    changes = FeedChanges(asked.url, asked.source, asked.interval, asked.state)
    if changes == FeedChanges():
        raise InvalidInput("The body changes nothing: give a field to change.").at("#")
    return wire.Feed.model_validate(feeds.change(service.store, service.settings, id, changes))


@router.delete(
    "/{id:int}",
    status_code=204,
    operation_id="delete_feed",
    summary="Remove a feed",
    response_description="Removed.",
    responses=documented(404, 507),
)
def delete_feed(id: Annotated[Whole, record_id(None, _ASKED)], service: ServiceOf) -> None:
    """Removes the feed: it is polled no more. The articles that came from it stay."""
    feeds.remove(service.store, id)
