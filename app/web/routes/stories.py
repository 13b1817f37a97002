"""Stories: which articles report the same event."""

from typing import Annotated

from fastapi import APIRouter

from app.services import stories
from app.web.dependencies import Reading
from app.web.numbers import RecordId
from app.web.parameters import QueryOf
from app.web.problems import documented
from app.web.schemas import stories as wire
from app.web.story_parameters import StoryListParameters

router = APIRouter(prefix="/v1/stories", tags=["stories"])


@router.get("", operation_id="list_stories", summary="List stories", responses=documented())
def list_stories(
    parameters: Annotated[StoryListParameters, QueryOf], session: Reading
) -> wire.StoryList:
    """The stories with their outlets, span of time and main entities, the newest first. With
    `since` or `until` those whose span of time meets the period. `/v1/articles?story=` lists the
    articles of one."""
    page = stories.stories(session, parameters.where(), parameters.page())
    return wire.StoryList.of(page, wire.Story.model_validate)


@router.get("/{id}", operation_id="get_story", summary="Get one story", responses=documented(404))
def get_story(id: RecordId, session: Reading) -> wire.Story:
    """One story. Articles still to come may regroup those that are there: the id of a story that
    lost all of its articles so, or to a merge, answers with `merged_into`."""
    return wire.Story.model_validate(stories.story(session, id))
