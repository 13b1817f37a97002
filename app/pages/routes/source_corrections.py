"""`/sources/{slug}/correct`: an outlet renamed, or made part of another."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.domain.logged import LoggedCorrection
from app.domain.page import CorrectionFilter, PageRequest
from app.errors import InvalidInput, NotFound
from app.pages.correcting.answers import correcting_page, log_of
from app.pages.correcting.attempt import Attempt
from app.pages.correcting.writing import Act, Writing, WritingOf
from app.pages.parameters import query_of
from app.services import correct_sources, query
from app.services.correct_sources import SourceChanges
from app.services.corrector import Corrector
from app.web.dependencies import SessionOf
from app.web.numbers import FilterId
from app.web.parameters.base import Parameters

router = APIRouter(prefix="/sources/{slug}", include_in_schema=False)

_OUTLETS = 200


class CorrectedParameters(Parameters):
    """What was just corrected."""

    corrected: FilterId | None = None


@router.get("/correct")
def show_correcting(slug: str, request: Request, session: SessionOf) -> Response:
    corrected = query_of(request, CorrectedParameters).corrected
    return _page(request, session, slug, Attempt(), corrected)


@router.post("/rename")
def rename(slug: str, writing: WritingOf) -> Response:
    def act(by: Corrector) -> tuple[LoggedCorrection, str]:
        changes = SourceChanges(name=writing.first("name"))
        made = correct_sources.change_source(writing.service.store, slug, changes, by)
        if not made:
            raise InvalidInput("It is called so already.").at("#/name")
        return made[0], f"/sources/{made[0].slug}/correct"

    return _corrected(slug, writing, "rename", act)


@router.post("/merge")
def merge(slug: str, writing: WritingOf) -> Response:
    def act(by: Corrector) -> tuple[LoggedCorrection, str]:
        try:
            with writing.service.store.read() as session:
                other = query.source(session, writing.first("into")).slug
        except NotFound:
            raise InvalidInput("No outlet is called so.").at("#/into") from None
        except InvalidInput as error:
            raise error.at("#/into") from None
        away, kept = (slug, other) if writing.first("keep") == "other" else (other, slug)
        done = correct_sources.merge(writing.service.store, away, kept, by)
        return done, f"/sources/{done.to}/correct"

    return _corrected(slug, writing, "merge", act)


def _corrected(slug: str, writing: Writing, form: str, act: Act) -> Response:
    def show(session: SessionOf, attempt: Attempt) -> Response:
        return _page(writing.request, session, slug, attempt)

    return writing.attempted(form, act, show)


def _page(
    request: Request,
    session: SessionOf,
    slug: str,
    attempt: Attempt,
    corrected: int | None = None,
) -> Response:
    # A slug that it once had, also as another outlet, leads to it too.
    source = query.source(session, slug)
    outlets = query.sources(session, PageRequest(limit=_OUTLETS, sort="name")).items
    return correcting_page(
        request,
        "correct/source.html",
        attempt,
        **log_of(session, CorrectionFilter(source=source.slug), corrected),
        source=source,
        outlets=[each for each in outlets if each.slug != source.slug],
    )
