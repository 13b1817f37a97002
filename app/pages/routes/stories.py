"""`/stories` and `/stories/{id}`: which articles report the same event."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.domain.article import Article
from app.domain.page import ArticleFilter, Page, PageRequest
from app.pages.answers import chart_answer, kept_answer, page
from app.pages.charts.coverage import story_chart
from app.pages.comparison.quoted import evidence
from app.pages.kept import brief_file
from app.pages.parameters import query_of
from app.pages.stories.axis import axis
from app.services import query, stories
from app.services.brief import story_brief
from app.services.sides import MAX_SIDES, MIN_SIDES
from app.web.dependencies import ComparingSessionOf, ServiceOf, SessionOf
from app.web.numbers import RecordId
from app.web.parameters.base import Parameters
from app.web.parameters.stories import StoryListParameters

router = APIRouter(include_in_schema=False)

_MOST, _ABSENT = 200, 12


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
    articles = _articles(session, id)
    inside = {each.source.slug for each in story.sources if each.source}
    return page(
        request,
        "story.html",
        story=story,
        articles=articles,
        axis=axis(articles.items),
        absent=stories.absent(session, id, _ABSENT),
        comparable=MIN_SIDES <= len(inside) <= MAX_SIDES,
        inside=inside,
        most_sides=MAX_SIDES,
    )


@router.get("/stories/{id}/coverage.svg")
def draw_story(id: RecordId, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    return chart_answer(story_chart(stories.story(session, id), axis(_articles(session, id).items)))


@router.get("/stories/{id}/brief.html")
def keep_brief(
    id: RecordId, request: Request, session: ComparingSessionOf, service: ServiceOf
) -> Response:
    query_of(request, Parameters)
    comparison = story_brief(
        session,
        id,
        **service.comparing,
    )
    places = {(each.article, each.revision) for each in evidence(comparison)}
    kept = brief_file(stories.story(session, id), comparison, query.texts(session, places))
    return kept_answer(kept)


def _articles(session: SessionOf, story: int) -> Page[Article]:
    return query.articles(
        session, ArticleFilter(story=story), PageRequest(limit=_MOST, sort="published_at")
    )
