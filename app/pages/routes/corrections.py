"""`/corrections`: what people corrected, and undoing it."""

import re

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.domain.logged import LoggedCorrection
from app.pages.correcting.answers import correcting_page, just_done
from app.pages.correcting.attempt import Attempt
from app.pages.correcting.told import KINDS, told
from app.pages.correcting.writing import WritingOf
from app.pages.parameters import query_of
from app.services import correct, query
from app.services.corrector import Corrector
from app.web.dependencies import SessionOf
from app.web.numbers import FilterId, RecordId, Whole
from app.web.parameters.corrections import CorrectionListParameters

router = APIRouter(prefix="/corrections", include_in_schema=False)

# Pages that tell what was corrected, and which a form may name to go back to.
_PAGES = re.compile(
    r"/(corrections|entities/[0-9]{1,19}|(stories/[0-9]{1,19}|sources/[a-z0-9-]{1,300})/correct)"
)


class LogParameters(CorrectionListParameters):
    """Those of `/v1/corrections`, a page of fewer entries, and what was just done."""

    limit: Whole = Field(25, ge=1, le=200)
    corrected: FilterId | None = None


@router.get("")
def show_log(request: Request, session: SessionOf) -> Response:
    return _log(request, session, query_of(request, LogParameters), Attempt())


@router.post("/{id}/undo")
def undo(id: RecordId, writing: WritingOf) -> Response:
    def act(by: Corrector) -> tuple[LoggedCorrection, str]:
        back = writing.first("back")
        done = correct.undo(writing.service.store, id, by)
        return done, back if _PAGES.fullmatch(back) else "/corrections"

    def show(session: SessionOf, attempt: Attempt) -> Response:
        return _log(writing.request, session, LogParameters(sort=None), attempt)

    return writing.attempted(f"undo-{id}", act, show)


def _log(request: Request, session: SessionOf, asked: LogParameters, attempt: Attempt) -> Response:
    found = query.corrections(session, asked.where(), asked.page())
    given = asked.model_dump(exclude_defaults=True, exclude={"cursor", "corrected"})
    return correcting_page(
        request,
        "corrections.html",
        attempt,
        found=found,
        log=told(session, found.items),
        done=just_done(session, asked.corrected),
        asked=asked,
        given=given,
        kinds=KINDS,
    )
