"""Pages on which people correct: with what was done, what was done before, and what was refused."""

from typing import TypedDict

from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.domain.page import CorrectionFilter, PageRequest
from app.pages.answers import page
from app.pages.correcting.attempt import Attempt, author_of
from app.pages.correcting.told import Told, told
from app.services import query
from app.web.dependencies import SessionOf

_LOG = 20


class Log(TypedDict):
    """What a page tells of corrections: the newest, and what was `done` just now."""

    log: list[Told]
    done: list[Told]


def correcting_page(
    request: Request, template: str, attempt: Attempt, **given: object
) -> HTMLResponse:
    """The page that a template makes, with the form that came to nothing in this attempt, if one
    did, under the status of its error."""
    status = attempt.error.status if attempt.error else 200
    return page(request, template, status, attempt=attempt, author=author_of(request), **given)


def log_of(session: SessionOf, where: CorrectionFilter, corrected: int | None) -> Log:
    """The newest corrections of a thing, and the one just made."""
    entries = query.corrections(session, where, PageRequest(limit=_LOG)).items
    return Log(log=told(session, entries), done=just_done(session, corrected))


def just_done(session: SessionOf, corrected: int | None) -> list[Told]:
    """The correction of this number in words; nothing where there is no number."""
    return told(session, [query.correction(session, corrected)]) if corrected else []
