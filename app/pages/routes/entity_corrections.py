"""Corrections of an entity from its page."""

from collections.abc import Callable

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.domain.correction import Correction
from app.domain.limits import MAX_CORRECTION_NAME
from app.domain.logged import LoggedCorrection
from app.errors import InvalidInput, NotFound
from app.pages.correcting.attempt import Attempt, Fields, first, number
from app.pages.correcting.writing import Writing, WritingOf
from app.pages.entities.view import entity_page, merge_page
from app.pages.parameters import query_of
from app.services import correct
from app.services.corrector import Corrector
from app.services.entity_changes import EntityChanges
from app.web.dependencies import SessionOf
from app.web.numbers import RecordId
from app.web.parameters.base import Parameters

router = APIRouter(prefix="/entities/{id}", include_in_schema=False)


class MergeParameters(Parameters):
    """What the other entity is called."""

    q: str | None = Field(None, max_length=MAX_CORRECTION_NAME)


@router.get("/merge")
def show_merge(id: RecordId, request: Request, session: SessionOf) -> Response:
    return merge_page(request, session, id, query_of(request, MergeParameters).q)


@router.post("/merge")
def merge(id: RecordId, writing: WritingOf) -> Response:
    def act(by: Corrector) -> tuple[LoggedCorrection, str]:
        other = number(writing.first("into"), "into", "Choose the one that it is.")
        away, kept = (id, other) if writing.first("keep") == "other" else (other, id)
        try:
            done = correct.merge(writing.service.store, away, kept, by)
        except NotFound as error:
            raise InvalidInput(error.detail).at("#/into") from None
        return done, f"/entities/{kept}"

    def show(session: SessionOf, attempt: Attempt) -> Response:
        return merge_page(writing.request, session, id, writing.first("q") or None, attempt)

    return writing.attempted("merge", act, show)


@router.post("/rename")
def rename(id: RecordId, writing: WritingOf) -> Response:
    changes = EntityChanges(name=writing.first("name"))
    already = InvalidInput("A person called it so already.").at("#/name")
    return _corrected(id, writing, "rename", lambda by: _changed(id, writing, changes, by, already))


@router.post("/retype")
def retype(id: RecordId, writing: WritingOf) -> Response:
    changes = EntityChanges(type=writing.first("type"))
    already = InvalidInput("A person said so already.").at("#/type")
    return _corrected(id, writing, "retype", lambda by: _changed(id, writing, changes, by, already))


@router.post("/names")
def correct_names(id: RecordId, writing: WritingOf) -> Response:
    none = InvalidInput("Choose at least one name.").at("#/aliases")

    def act(by: Corrector) -> Correction:
        aliases = writing.form.get("aliases", ())
        if not aliases:
            raise none
        if _splits(writing.form):
            name = writing.first("name").strip() or None
            return correct.split_aliases(writing.service.store, id, aliases, by, name=name)
        return _changed(id, writing, EntityChanges(drop_aliases=aliases), by, none)

    return _corrected(id, writing, "names", act)


@router.post("/mentions")
def correct_mentions(id: RecordId, writing: WritingOf) -> Response:
    none = InvalidInput("Choose at least one mention.").at("#/mentions")

    def act(by: Corrector) -> Correction:
        mentions = [
            number(each, "mentions", none.detail) for each in writing.form.get("mentions", ())
        ]
        if not mentions:
            raise none
        if _splits(writing.form):
            name = writing.first("name").strip() or None
            return correct.split_mentions(writing.service.store, id, mentions, by, name=name)
        return _changed(id, writing, EntityChanges(reject_mentions=mentions), by, none)

    return _corrected(id, writing, "mentions", act)


def _splits(form: Fields) -> bool:
    """Whether what was chosen is an entity of its own, rather than nobody's."""
    then = first(form, "then")
    if then not in ("split", "reject"):
        raise InvalidInput("Say what they are.").at("#/then")
    return then == "split"


def _changed(
    id: int, writing: Writing, changes: EntityChanges, by: Corrector, otherwise: InvalidInput
) -> Correction:
    """The one correction that the changes come to. Raises `otherwise` where they change nothing."""
    made = correct.change_entity(writing.service.store, id, changes, by)
    if not made:
        raise otherwise
    return made[0]


def _corrected(
    id: int, writing: Writing, form: str, act: Callable[[Corrector], Correction]
) -> Response:
    def show(session: SessionOf, attempt: Attempt) -> Response:
        cursor = writing.first("cursor") or None
        return entity_page(writing.request, session, id, cursor=cursor, attempt=attempt)

    return writing.attempted(form, lambda by: (act(by), f"/entities/{id}"), show)
