"""`/stories/{id}/correct`: which articles are one story, and which are not."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.domain.logged import LoggedCorrection
from app.domain.page import ArticleFilter, CorrectionFilter, PageRequest, StoryFilter
from app.errors import InvalidInput, NotFound
from app.pages.correcting.answers import correcting_page, log_of
from app.pages.correcting.attempt import Attempt, number
from app.pages.correcting.writing import Act, Writing, WritingOf
from app.pages.parameters import query_of
from app.services import correct_stories, query, stories
from app.services.corrector import Corrector
from app.web.dependencies import SessionOf
from app.web.numbers import FilterId, RecordId
from app.web.parameters.base import Parameters

router = APIRouter(prefix="/stories/{id}", include_in_schema=False)

_ARTICLES, _CANDIDATES = 200, 12


class CorrectingParameters(Parameters):
    """Words of the other story, and what was just corrected."""

    q: str | None = None
    corrected: FilterId | None = None


@router.get("/correct")
def show_correcting(id: RecordId, request: Request, session: SessionOf) -> Response:
    asked = query_of(request, CorrectingParameters)
    return _page(request, session, id, asked.q, Attempt(), asked.corrected)


@router.post("/merge")
def merge(id: RecordId, writing: WritingOf) -> Response:
    def act(by: Corrector) -> tuple[LoggedCorrection, str]:
        into = number(writing.first("into"), "into", "Choose the one that it is.")
        try:
            done = correct_stories.merge(writing.service.store, id, into, by)
        except NotFound as error:
            raise InvalidInput(error.detail).at("#/into") from None
        return done, f"/stories/{into}/correct"

    return _corrected(id, writing, "merge", act)


@router.post("/split")
def split(id: RecordId, writing: WritingOf) -> Response:
    def act(by: Corrector) -> tuple[LoggedCorrection, str]:
        none = "Choose at least one article."
        chosen = [number(each, "articles", none) for each in writing.form.get("articles", ())]
        if not chosen:
            raise InvalidInput(none).at("#/articles")
        done = correct_stories.split(writing.service.store, id, chosen, by)
        return done, f"/stories/{id}/correct"

    return _corrected(id, writing, "split", act)


def _corrected(id: int, writing: Writing, form: str, act: Act) -> Response:
    def show(session: SessionOf, attempt: Attempt) -> Response:
        return _page(writing.request, session, id, writing.first("q") or None, attempt)

    return writing.attempted(form, act, show)


def _page(
    request: Request,
    session: SessionOf,
    id: int,
    q: str | None,
    attempt: Attempt,
    corrected: int | None = None,
) -> Response:
    story = stories.story(session, id)
    oldest = PageRequest(limit=_ARTICLES, sort="published_at")
    found = stories.stories(session, StoryFilter(q=q), PageRequest(_CANDIDATES)).items if q else ()
    return correcting_page(
        request,
        "correct/story.html",
        attempt,
        **log_of(session, CorrectionFilter(story=id), corrected),
        story=story,
        articles=query.articles(session, ArticleFilter(story=id), oldest).items,
        q=q,
        candidates=[each for each in found if each.id != id],
    )
