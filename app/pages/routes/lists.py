"""`/` for browsers, and `/articles`: what is in the collection."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from app.domain.page import ArticleFilter, PageRequest, StoryFilter
from app.errors import InvalidInput
from app.pages.answers import page, page_with, wants_html
from app.pages.parameters import query_of
from app.services import query, stories
from app.web.dependencies import SessionOf
from app.web.parameters.articles import ArticleListParameters
from app.web.parameters.base import Parameters

_WEEK = timedelta(days=7)
_STORIES, _NEWEST, _OUTLETS = 8, 8, 12


class _ForBrowsers(APIRoute):
    """A route that is there for who would rather have HTML; programs find the one behind it."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http" and not wants_html(scope):
            return Match.NONE, {}
        return super().matches(scope)


router = APIRouter(include_in_schema=False)
front = APIRouter(include_in_schema=False, route_class=_ForBrowsers)


@front.get("/")
def show_front(request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    newest = query.articles(session, ArticleFilter(), PageRequest(limit=_NEWEST))
    pending = query.articles(session, ArticleFilter(state="pending"), PageRequest(limit=1))
    latest = stories.stories(session, StoryFilter(), PageRequest(limit=_STORIES))
    until = latest.items[0].last_published if latest.items else None
    week = stories.stories(
        session,
        StoryFilter(since=_week_before(until) if until else None),
        PageRequest(limit=_STORIES, sort="-sources"),
    )
    shown = {each.id for each in week.items}
    answer = page(
        request,
        "front.html",
        newest=newest,
        pending=pending.total.value,
        stories=latest,
        week=week,
        until=until,
        earlier=[each for each in latest.items if each.id not in shown][: _STORIES - len(shown)],
        outlets=query.sources(session, PageRequest(limit=_OUTLETS, sort="-articles")),
    )
    answer.headers["Vary"] = "Accept"
    return answer


def _week_before(instant: datetime) -> datetime:
    first = datetime.min.replace(tzinfo=UTC)
    return instant - _WEEK if instant - first > _WEEK else first


@router.get("/articles")
def show_articles(request: Request, session: SessionOf) -> Response:
    asked = query_of(request, ArticleListParameters)
    found, problem = None, None
    try:
        found = query.articles(session, asked.where(), asked.page())
    except InvalidInput as error:  # of the query language: told at its field
        if not asked.q:
            raise
        problem = error
    outlets = query.sources(session, PageRequest(limit=200, sort="name")).items
    given = asked.model_dump(exclude_defaults=True, exclude={"cursor"})
    return page_with(
        request,
        "articles.html",
        problem,
        found=found,
        asked=asked,
        given=given,
        outlets=outlets,
    )
