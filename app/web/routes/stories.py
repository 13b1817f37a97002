"""Stories: which articles report the same event."""

from typing import Annotated

from fastapi import Response

from app.compare.brief.rendering import markdown_page, text_page
from app.services import stories
from app.services.brief import story_brief
from app.web.dependencies import ComparingSessionOf, ServiceOf, SessionOf
from app.web.numbers import RecordId
from app.web.offsets import turn_for
from app.web.parameters.base import QueryOf
from app.web.parameters.facets import asked_facets
from app.web.parameters.stories import BriefParameters, StoryListParameters
from app.web.problems import documented
from app.web.routing import Router
from app.web.schemas import comparison as compared
from app.web.schemas import stories as wire

router = Router(prefix="/v1/stories", tags=["stories"])


@router.get(
    "",
    operation_id="list_stories",
    summary="List stories",
    response_description="A page of the stories that match.",
    responses=documented(),
)
def list_stories(
    parameters: Annotated[StoryListParameters, QueryOf], session: SessionOf
) -> wire.StoryList:
    """The stories with their outlets, span of time and main entities, the newest first. With
    `since` or `until` those whose span of time meets the period. `/v1/articles?story=` lists the
    articles of one."""
    where = parameters.where()
    page = stories.stories(session, where, parameters.page())
    answer = wire.StoryList.of(page, wire.Story.model_validate)
    if not parameters.facets:
        return answer
    return answer.with_facets(stories.story_facets(session, where, asked_facets(parameters.facets)))


@router.get(
    "/{id}",
    operation_id="get_story",
    summary="Get one story",
    response_description="The story.",
    responses=documented(404),
)
def get_story(id: RecordId, session: SessionOf) -> wire.Story:
    """One story. Articles still to come may regroup those that are there: the id of a story that
    lost all of its articles so, or to a merge, answers with `merged_into`."""
    return wire.Story.model_validate(stories.story(session, id))


@router.get(
    "/{id}/brief",
    operation_id="get_story_brief",
    summary="Get the brief of a story",
    response_description="The brief: a comparison with nothing else in it, or a page to read.",
    responses={
        **documented(404),
        200: {
            "content": {
                "text/markdown": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
            }
        },
    },
    response_model=compared.Comparison,
    response_model_exclude_unset=True,
)
def get_story_brief(
    id: RecordId,
    parameters: Annotated[BriefParameters, QueryOf],
    session: ComparingSessionOf,
    service: ServiceOf,
) -> compared.Comparison | Response:
    """What an analyst would write of a story in five minutes: what its outlets share, where they
    differ, what only one of them reports, who is heard where and called what, and which text they
    have in common; each sentence with its places. As JSON (a comparison with the `brief` alone), as
    Markdown, or as plain text. Of more than eight outlets it is about the eight with the most
    words; fewer than two are 422."""
    comparison = story_brief(
        session,
        id,
        **service.comparing,
    )
    if comparison.brief is not None and parameters.format == "markdown":
        page = markdown_page(comparison, comparison.brief)
        return Response(page, media_type="text/markdown; charset=utf-8")
    if comparison.brief is not None and parameters.format == "text":
        page = text_page(comparison, comparison.brief)
        return Response(page, media_type="text/plain; charset=utf-8")
    answer = compared.Comparison.of(comparison)
    turn = turn_for(session, answer.spots(), parameters)
    return compared.Comparison.of(comparison, turn) if turn else answer
