"""`/stories` and `/stories/{id}`: which articles report the same event."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.domain.page import ArticleFilter, PageRequest
from app.pages.answers import page
from app.pages.parameters import query_of
from app.pages.stories.axis import axis
from app.services import query, stories
from app.services.sides import MAX_SIDES, MIN_SIDES
from app.web.dependencies import SessionOf
from app.web.numbers import RecordId
from app.web.parameters.base import Parameters
from app.web.parameters.stories import StoryListParameters

router = APIRouter(include_in_schema=False)

_MOST = 200


@router.get("/stories")
def show_stories(request: Request, session: SessionOf) -> Response:
    asked = query_of(request, StoryListParameters)
    found = stories.stories(session, asked.where(), asked.page())
    outlets = query.sources(session, PageRequest(limit=_MOST, sort="name")).items
    given = asked.model_dump(exclude_defaults=True, exclude={"cursor"})
    return page(request, "stories.html", found=found, asked=asked, given=given, outlets=outlets)


@router.get("/stories/{id}")
def show_story(id: RecordId, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    story = stories.story(session, id)
    articles = query.articles(
        session, ArticleFilter(story=id), PageRequest(limit=_MOST, sort="published_at")
    )
    inside = {each.source.slug for each in story.sources if each.source}
    outlets = query.sources(session, PageRequest(limit=_MOST, sort="name")).items
    return page(
        request,
        "story.html",
        story=story,
        articles=articles,
        axis=axis(articles.items),
        without=[each for each in outlets if each.slug not in inside],
        comparable=MIN_SIDES <= len(inside) <= MAX_SIDES,
        inside=inside,
        most_sides=MAX_SIDES,
    )
