"""The check that every request passes: no parameter that the OpenAPI document does not list.

A parameter that is unknown, blank, or repeated where it may not be is never ignored.
"""

from collections import Counter
from urllib.parse import parse_qsl

from fastapi import Request

from app.domain.text import check_characters
from app.errors import FieldError, InvalidInput
from app.web.request_errors import REPEATED, invalid_fields


async def check_query(request: Request) -> None:
    """Refuses what the OpenAPI document does not list for the operation of this request; a page,
    which is no part of the document, sees to its own.

    Raises InvalidInput with every bad parameter under its pointer `?name`.
    """
    query = request.scope["query_string"]
    # What is in no document (pages for people) reads its own.
    route = request.scope["route"]
    if not query or not route.include_in_schema:
        return
    try:
        given = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise InvalidInput("The query is not percent-encoded UTF-8.") from None
    known = _documented(request)
    problems = [
        FieldError(f"?{name}", f"There is no parameter {name[:REPEATED]!r} here.")
        for name in dict.fromkeys(name for name, _ in given)
        if name not in known
    ]
    problems += [
        FieldError(f"?{name}", f"{name} may be given only once.")
        for name, times in Counter(name for name, _ in given).items()
        if times > 1 and known.get(name) is False
    ]
    for name, value in given:
        if name in known and not value.strip():
            problems.append(FieldError(f"?{name}", f"{name} is blank."))
        try:
            check_characters(value)
        except InvalidInput as error:
            problems.append(FieldError(f"?{name}", f"{name}: {error.detail}."))
    if problems:
        raise invalid_fields(problems)


def _documented(request: Request) -> dict[str, bool]:
    """The query parameters of the operation, each with whether it may repeat."""
    method = "GET" if request.method == "HEAD" else request.method
    paths = request.app.openapi()["paths"]
    operation = paths[request.scope["route"].path_format][method.lower()]
    return {
        parameter["name"]: parameter["schema"].get("type") == "array"
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }
