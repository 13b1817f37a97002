"""Texts, files and addresses into the collection, from a page; how far an import is."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.domain.article import Article, Import, ImportFilter, Submission
from app.domain.page import ArticleFilter, PageRequest
from app.errors import FetchFailed, InvalidInput, NotFound, ParallaxError, TooLarge
from app.pages.answers import address_in, page, page_with, see
from app.pages.parameters import TOKEN, OwnForm, check_token, query_of
from app.services import ingest, query, stories
from app.services.imports import UNPACKED, Bounds, start_import
from app.services.sample import load_sample
from app.services.sides import MAX_SIDES, MIN_SIDES
from app.web.dependencies import Service, ServiceOf, SessionOf
from app.web.numbers import RecordId
from app.web.parameters.base import Parameters
from app.web.uploads import sent_form

router = APIRouter(include_in_schema=False)

_WAIT = 15  # seconds for the analysis of one text, before its page is shown
_LOOK = 0.5  # seconds between two looks at an import
_LOOKS = 1_200
_MOST_FILES = 1_000
_ADDRESS = ("http://", "https://")
_SHOWN = 12  # of the documents of an import


class _Added:
    """What the form of the front page brings."""

    def __init__(self, text: str, source: str, files: Sequence[UploadFile]) -> None:
        self.text, self.source, self.files = text.strip(), source.strip(), files


async def _added(request: Request) -> AsyncIterator[_Added]:
    async with sent_form(request, _MOST_FILES) as form:
        token = form.get(TOKEN, "")
        check_token(request, token if isinstance(token, str) else "")
        files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
        text, source = form.get("text", ""), form.get("source", "")
        if not isinstance(text, str) or not isinstance(source, str):
            raise InvalidInput("text and source are fields, and files are sent as files.")
        yield _Added(text.replace("\r\n", "\n"), source, files)


@router.post("/add")
def add(
    request: Request,
    service: ServiceOf,
    added: Annotated[_Added, Depends(_added, scope="function")],
) -> Response:
    try:
        return see(address_in(request.scope)(_taken(added, service)))
    except (InvalidInput, FetchFailed, TooLarge) as error:
        return _form(request, added, error)


@router.get("/add")
def show_form(request: Request) -> Response:
    query_of(request, Parameters)
    return _form(request)


def _form(
    request: Request, given: _Added | None = None, problem: ParallaxError | None = None
) -> Response:
    return page_with(
        request,
        "add.html",
        problem,
        given=given,
    )


def _taken(added: _Added, service: Service) -> str:
    """The page that leads on from what was added."""
    if added.files:
        files = [(each.filename or "unnamed", each.file) for each in added.files]
        settings = service.settings
        most = Bounds(settings.max_import_rows, UNPACKED * settings.max_import_bytes)
        number = start_import(service.store, files, most)
        service.work.wake()
        return f"/imports/{number}"
    if not added.text:
        raise InvalidInput("Paste a text or an address, or choose files.").at("#/text")
    return f"/articles/{_article(added, service)}"


@router.post("/add/sample")
def add_sample(request: Request, form: OwnForm, service: ServiceOf) -> Response:
    load_sample(service.store, service.settings)
    service.work.wake()
    newest = _newest(service)
    if newest is not None:
        service.patience.wait(newest, _WAIT)
    return see(address_in(request.scope)("/"))


@router.get("/imports/{id}")
def show_import(id: RecordId, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    found = query.import_(session, id)
    taken = query.imported(session, id, ImportFilter(), PageRequest(limit=_SHOWN))
    numbers = sorted({each.article for each in taken.items if each.article is not None})
    articles = list(_still_there(session, numbers))
    stories_ = [
        stories.story(session, each) for each in sorted({a.story for a in articles if a.story})
    ]
    ready = [each.id for each in articles if each.state == "ready" and not each.reason]
    return page(
        request,
        "import.html",
        found=found,
        articles=articles,
        more=taken.next_cursor,
        stories=stories_,
        comparable=next(
            (each for each in stories_ if MIN_SIDES <= each.outlets <= MAX_SIDES), None
        ),
        together=ready if MIN_SIDES <= len(ready) <= MAX_SIDES else None,
    )


def _still_there(session: SessionOf, numbers: Iterable[int]) -> Iterator[Article]:
    """The articles of these numbers that were not deleted since."""
    for number in numbers:
        try:
            yield query.article(session, number).article
        except NotFound:
            continue


@router.get("/imports/{id}/progress")
async def follow_import(id: RecordId, request: Request, service: ServiceOf) -> Response:
    def look() -> Import | None:
        try:
            with service.store.read() as session:
                return query.import_(session, id)
        except NotFound:
            return None

    async def events() -> AsyncIterator[bytes]:
        for _ in range(_LOOKS):
            found = await run_in_threadpool(look)
            if found is None or await request.is_disconnected():
                return
            yield b"data: %s\n\n" % orjson.dumps(_counts(found))
            if found.state == "done":
                return
            await asyncio.sleep(_LOOK)

    return StreamingResponse(
        events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


def _counts(found: Import) -> dict[str, object]:
    names = ("state", "received", "created", "existing", "failed")
    return {name: getattr(found, name) for name in names}


def _article(added: _Added, service: Service) -> int:
    address = added.text if added.text.startswith(_ADDRESS) and " " not in added.text else None
    submission = Submission(
        text=None if address else added.text, url=address, source=added.source or None
    )
    if address:
        with service.patience.long():
            submission = ingest.fetched(submission, service.fetcher)
    accepted = ingest.accept(service.store, submission, service.settings)
    # Only a document that may not come back after its deletion has none.
    number = int(accepted.id or 0)
    service.patience.wait(number, _WAIT)
    return number


def _newest(service: Service) -> int | None:
    with service.store.read() as session:
        found = query.articles(session, ArticleFilter(), PageRequest(limit=1)).items
    return found[0].id if found else None
