"""What changed, for those who keep a copy of the collection, or of what they need of it."""

from typing import Annotated

from fastapi import APIRouter

from app.services.changes import changes
from app.web.dependencies import SessionOf
from app.web.parameters.base import QueryOf
from app.web.parameters.changes import ChangeListParameters
from app.web.problems import documented
from app.web.schemas import changes as wire

router = APIRouter(prefix="/v1", tags=["changes"])


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
