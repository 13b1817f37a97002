"""`/articles/{id}`: an article to read."""

import re
from collections.abc import Callable, Sequence

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.domain.article import ArticleDetail
from app.domain.page import MentionFilter, Page, PageRequest, QuoteFilter
from app.errors import InvalidInput
from app.pages.answers import address_in, page
from app.pages.articles.changes import changes
from app.pages.articles.layers import Found, marks, names, speakers
from app.pages.comparison.quoted import paragraphs
from app.pages.parameters import query_of
from app.services import query, stories
from app.web.dependencies import SessionOf
from app.web.numbers import FilterId, RecordId
from app.web.parameters.base import Parameters

router = APIRouter(include_in_schema=False)

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_PART = 200
# Of each kind of finding so many are marked at most: a page has bounds.
_MOST = 2_000
_SIMILAR, _REVISIONS = 6, 20


class ArticleParameters(Parameters):
    """Which place of the text the page is opened at, in which revision."""

    at: str | None = Field(None, description="START-END, characters of the text.")
    revision: FilterId | None = None


@router.get("/articles/{id}")
def show_article(id: RecordId, request: Request, session: SessionOf) -> Response:
    asked = query_of(request, ArticleParameters)
    detail = query.article(session, id)
    article = detail.article
    number = asked.revision or article.revision
    text, start, removed, changed = detail.text, article.body_start, detail.removed, None
    found = Found((), (), (), ())
    if number == article.revision:
        found = _found(session, detail)
    else:
        older = query.revision(session, id, number)
        text, start, removed = older.text, older.body_start, older.removed
    if number > 1:
        changed = changes(query.revision(session, id, number - 1).text, text)
    at = address_in(request.scope)
    made = marks(found, _target(asked.at, len(text)), lambda entity: at(f"/entities/{entity}"))
    return page(
        request,
        "article.html",
        article=article,
        number=number,
        head=paragraphs(text[:start], made),
        body=paragraphs(text, made, start),
        found=found,
        speakers=list(speakers(found.quotes).values()),
        names=names(found.mentions),
        removed=removed,
        revisions=query.revisions(session, id, PageRequest(limit=_REVISIONS)).items,
        changed=changed,
        similar=stories.similar(session, id, PageRequest(limit=_SIMILAR)).items,
    )


def _found(session: SessionOf, detail: ArticleDetail) -> Found:
    id = detail.article.id
    return Found(
        _all(lambda asked: query.mentions(session, id, MentionFilter(), asked)),
        _all(lambda asked: query.quotes(session, id, QuoteFilter(), asked)),
        _all(lambda asked: query.figures(session, id, asked).page),
        _all(lambda asked: query.dates(session, id, asked).page),
    )


def _all[T](part: Callable[[PageRequest], Page[T]]) -> Sequence[T]:
    """The items of all pages of a list, up to the bound."""
    items: list[T] = []
    cursor: str | None = None
    while len(items) < _MOST:
        found = part(PageRequest(limit=_PART, cursor=cursor))
        items += found.items
        cursor = found.next_cursor
        if cursor is None:
            break
    return items


def _target(at: str | None, length: int) -> tuple[int, int] | None:
    if at is None:
        return None
    place = _PLACE.fullmatch(at)
    start, end = (int(place[1]), int(place[2])) if place else (0, 0)
    if not 0 <= start < end <= length:
        raise InvalidInput(
            f"at is START-END, a place in a text of {length:,} characters, not {at[:40]!r}."
        ).at("?at")
    return start, end
