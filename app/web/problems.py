"""Errors as `application/problem+json` (RFC 9457), for every failure that a client can see."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import errors
from app.errors import FieldError, NotFound, ParallaxError, TooManyRequests
from app.web.request_errors import invalid_request

MEDIA_TYPE = "application/problem+json"

_log = structlog.get_logger("parallax.web")


class ProblemResponse(Response):
    """One problem; a lone surrogate in a detail is sent escaped, so that the answer stays UTF-8."""

    media_type = MEDIA_TYPE

    def render(self, content: object) -> bytes:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "backslashreplace")


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """The answer for one failure; `errors` is left out of the body where no field is to blame."""
    body: dict[str, object] = {
        "type": f"urn:parallax:problem:{code}",
        "title": title,
        "status": status,
        "detail": _sentence(detail, *(e.pointer for e in errors)),
    }
    if errors:
        body["errors"] = [
            {"pointer": e.pointer, "detail": _sentence(e.detail, e.pointer)} for e in errors
        ]
    return ProblemResponse(body, status, headers=dict(headers or {}))


def _sentence(detail: str, *pointers: str) -> str:
    """The detail as a sentence, with a full stop and, unless it opens with the name of a field, a
    capital letter. The command line prints details as they are."""
    first = detail.partition(" ")[0].rstrip(":")
    if first.isalpha() and not any(
        pointer.endswith((f"/{first}", f"?{first}")) for pointer in pointers
    ):
        detail = detail[0].upper() + detail[1:]
    return detail if detail.endswith((".", "!", "?")) else f"{detail}."


def from_error(error: ParallaxError) -> ProblemResponse:
    """The answer for an expected error, with the headers its status asks for."""
    headers = {}
    if isinstance(error, TooManyRequests | errors.Unavailable) and error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    elif isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = 'ApiKey realm="Parallax", header="X-API-Key"'
    return problem(
        error.status, error.code, error.title, error.detail, errors=error.errors, headers=headers
    )


def install(app: FastAPI) -> None:
    """Lets the application answer expected errors, bad fields and the router's refusals."""

    @app.exception_handler(ParallaxError)
    def expected(request: Request, error: ParallaxError) -> Response:
        if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.warning("request_failed", code=error.code, detail=error.detail)
        return from_error(error)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        found = error.errors()
        if any(e["loc"][0] == "path" for e in found):
            return from_error(_nothing_at(request))
        return from_error(invalid_request(found))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code == HTTPStatus.NOT_FOUND:
            return from_error(_nothing_at(request))
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return _wrong_method(request)
        phrase = HTTPStatus(error.status_code).phrase
        code = phrase.lower().replace(" ", "-")
        return problem(error.status_code, code, phrase, str(error.detail), headers=error.headers)


def _nothing_at(request: Request) -> NotFound:
    return NotFound(f"There is nothing at {request.url.path}.")


def _wrong_method(request: Request) -> Response:
    allowed = ", ".join(_methods(request))
    return problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "This method is not offered here",
        f"{request.url.path} takes {allowed}, not {request.method}.",
        headers={"Allow": allowed},
    )


def _methods(request: Request) -> list[str]:
    """The methods that the path of a request takes, over all of its routes: each route knows
    only its own."""
    app: FastAPI = request.app
    found: set[str] = set()
    for method in ("DELETE", "GET", "PATCH", "POST", "PUT"):
        for route in app.routes:
            match, _ = route.matches({**request.scope, "method": method})
            if match.name == "FULL":
                found.add(method)
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


class Unexpected:
    """Middleware that turns any other exception into a problem of status 500, and logs it.

    It stands inside CORS and request ids, so that a browser can read the answer and a person can
    name it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except ParallaxError as error:
            # Raised by a middleware, where the handlers of the application do not reach.
            if started:
                raise
            await from_error(error)(scope, receive, send)
        except ClientDisconnect:
            # Who left in the middle of a body reads no answer, and nothing of ours is at fault.
            answer = problem(408, "timeout", "The request did not come", "The body broke off.")
            await answer(scope, receive, send)
        except Exception:  # the last line: a bug must not cut the connection
            request_id = scope.get("state", {}).get("request_id", "unknown")
            _log.exception("request_crashed", method=scope["method"], path=scope["path"])
            if started:
                raise
            answer = problem(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                ParallaxError.code,
                ParallaxError.title,
                "Parallax failed to answer this request. It is logged "
                f"under the request id {request_id}.",
            )
            await answer(scope, receive, send)


_MEANINGS = {
    400: "The body cannot be read as what it says it is.",
    401: "An API key is needed, or the one given is not known.",
    404: "There is no such thing here.",
    409: "The change clashes with what is stored.",
    413: "The body or the text is larger than the limit.",
    415: "The content type is not one that this operation takes.",
    422: "A field or a parameter is not valid; `errors` says which and why.",
    429: "Too many requests; `Retry-After` says in how many seconds to try again.",
    500: "Parallax failed; the request id names the line in its log.",
    503: "Not now: the answer takes too long, the database is locked or no worker is up; "
    "`Retry-After` says in how many seconds to try again.",
    507: "The disk is full.",
}
_ALWAYS = (401, 422, 429, 500, 503)
_PROBES = (422, 500, 503)
_EXAMPLES: dict[int, ParallaxError] = {
    400: errors.BadRequest("The body is not JSON: expecting ',' at line 3, column 5."),
    401: errors.Unauthorized("Send a key in the X-API-Key header."),
    404: errors.NotFound("There is no article 4711."),
    409: errors.Conflict("Article 7 already has this url."),
    413: errors.TooLarge("The body is larger than 5,000,000 bytes."),
    415: errors.UnsupportedMedia("Send the body as application/json, not text/plain."),
    422: errors.InvalidInput(
        "limit must be at most 200.", errors=[FieldError("?limit", "limit must be at most 200.")]
    ),
    429: errors.TooManyRequests("More than 60 requests in a minute.", retry_after=12),
    500: ParallaxError(
        "Parallax failed to answer this request. It is logged under the request id 7f3a."
    ),
    503: errors.StoreBusy("Another program holds the database; try again in a moment."),
    507: errors.StorageFull("The disk that holds the database is full."),
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The failures of one operation for the OpenAPI document: these, and those of all."""
    return _documented({*_ALWAYS, *statuses})


def documented_probe() -> dict[int | str, dict[str, Any]]:
    """The failures of a probe, which asks for no key and counts in no limit."""
    return _documented(_PROBES)


def _documented(statuses: Iterable[int]) -> dict[int | str, dict[str, Any]]:
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": _example(status),
                }
            },
        }
        for status in sorted(statuses)
    }


def _example(status: int) -> object:
    return json.loads(bytes(from_error(_EXAMPLES[status]).body))


LOCATION = {"Location": {"description": "Where to find it.", "schema": {"type": "string"}}}
