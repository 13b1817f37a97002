"""The page of an entity, and the one on which it is merged."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from app.domain.annotation import TYPES
from app.domain.entity import EntityDetail, MentionInContext, Neighbour
from app.domain.page import CorrectionFilter, EntityFilter, MentionFilter, PageRequest
from app.pages.citing import InContext, around
from app.pages.correcting.answers import correcting_page, log_of
from app.pages.correcting.attempt import Attempt
from app.pages.entities.coverage import Coverage, coverage, step_of
from app.services import query
from app.web.dependencies import SessionOf

_MENTIONS, _NEIGHBOURS, _NAMES = 25, 14, 100
# So many neighbours are read to choose from: one article has many, all in one article.
_TIED = 100
_CANDIDATES = 12
_NEAR = 50  # characters around a mention that may be chosen


def entity_coverage(session: SessionOf, detail: EntityDetail) -> Coverage:
    """Who names the entity, and when."""
    step = step_of(detail)
    kept: Literal["day", "week", "month"]
    match step.name if step else "day":
        case "day" | "week" as name:
            kept = name
        case _:
            kept = "month"
    return coverage(query.coverage_by(session, detail.entity.id, kept), step)


def entity_page(
    request: Request,
    session: SessionOf,
    id: int,
    *,
    cursor: str | None = None,
    corrected: int | None = None,
    attempt: Attempt | None = None,
) -> Response:
    """The entity, with what was just `corrected`, or a form that came to nothing."""
    attempt = attempt or Attempt()
    detail = query.entity(session, id)
    mentions = query.entity_mentions(
        session, id, MentionFilter(), PageRequest(limit=_MENTIONS, cursor=cursor)
    )
    return correcting_page(
        request,
        "entity.html",
        attempt,
        **log_of(session, CorrectionFilter(entity=id), corrected),
        detail=detail,
        entity=detail.entity,
        coverage=entity_coverage(session, detail),
        mentions=mentions,
        neighbours=_neighbours(session, id),
        cursor=cursor,
        around=_near,
        types=TYPES,
        most_names=_NAMES,
    )


def _neighbours(session: SessionOf, id: int) -> list[Neighbour]:
    """Those of most articles; of as many articles, those that are mentioned more often in them."""
    found = query.neighbours(session, id, PageRequest(limit=_TIED)).items
    return sorted(found, key=lambda each: (-each.articles, -each.mentions))[:_NEIGHBOURS]


def _near(found: MentionInContext) -> InContext:
    start = found.mention.start - found.context_start
    return around(found.context, start, start + len(found.mention.text), _NEAR)


def merge_page(
    request: Request,
    session: SessionOf,
    id: int,
    q: str | None,
    attempt: Attempt | None = None,
) -> Response:
    """Entities that are called like `q`, to choose the one from that this entity is."""
    attempt = attempt or Attempt()
    entity = query.entity(session, id).entity
    found = query.entities(session, EntityFilter(q=q), PageRequest(_CANDIDATES)).items if q else ()
    return correcting_page(
        request,
        "correct/merge.html",
        attempt,
        entity=entity,
        q=q,
        candidates=[each for each in found if each.id != id],
    )
