"""What a page is asked for: the query of its address, and the fields of a form."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, get_origin
from urllib.parse import parse_qsl

from fastapi import Depends
from pydantic import ValidationError
from starlette.requests import Request

from app.domain.text import check_characters
from app.errors import BadRequest, FieldError, Forbidden, InvalidInput, UnsupportedMedia
from app.web.keys import HEADER
from app.web.parameters.base import Parameters
from app.web.request_errors import invalid_fields, invalid_request
from app.web.sessions import Visit

TOKEN = "form_token"  # noqa: S105 - a field's name
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 200


def query_of[M: Parameters](request: Request, model: type[M]) -> M:
    """The parameters of this address. Blank ones are as good as absent, since forms send them.

    Raises InvalidInput for one that is unknown, repeated where it may not be, or no such value.
    """
    try:
        given = parse_qsl(request.scope["query_string"].decode("ascii"), errors="strict")
    except UnicodeDecodeError:
        raise InvalidInput("The query is not percent-encoded UTF-8.") from None
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in given:
        if value.strip():
            fields[name].append(_checked(f"?{name}", value))
    lists = {n for n, f in model.model_fields.items() if get_origin(f.annotation) is tuple}
    twice = [n for n, times in Counter(n for n, _ in given).items() if times > 1 and n not in lists]
    if twice:
        raise invalid_fields([FieldError(f"?{n}", f"{n} may be given only once.") for n in twice])
    try:
        return model.model_validate(
            {n: values if n in lists else values[0] for n, values in fields.items()}
        )
    except ValidationError as error:
        found = [{**e, "loc": ("query", *e["loc"])} for e in error.errors(include_url=False)]
        raise invalid_request(found) from None


async def _form(request: Request) -> Mapping[str, Sequence[str]]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UnsupportedMedia(f"Send the form as {_FORM}.")
    try:
        body = (await request.body()).decode("ascii")
        pairs = parse_qsl(
            body, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise BadRequest("The form is not percent-encoded UTF-8, or has too many fields.") from None
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        # Forms send each line with the two characters of a typewriter.
        fields[name].append(_checked(f"#/{name}", value.replace("\r\n", "\n")))
    return fields


# The fields of a form by name, each with its values in their order.
Form = Annotated[Mapping[str, Sequence[str]], Depends(_form)]


def check_token(request: Request, token: str) -> None:
    """Raises Forbidden for a form that is not of a page of this browser's session. What comes with
    a key in its header is no form of a browser, and needs none."""
    visit: Visit = request.state.visit
    if HEADER not in request.headers and not visit.holds(token):
        raise Forbidden(
            "This form is older than the session of your browser, or was never part of it. Load "
            "its page again and send it from there."
        )


async def _own_form(request: Request, form: Form) -> Mapping[str, Sequence[str]]:
    check_token(request, form.get(TOKEN, ("",))[0])
    return {name: values for name, values in form.items() if name != TOKEN}


# Those of a form that writes: one of our own pages, by its token.
OwnForm = Annotated[Mapping[str, Sequence[str]], Depends(_own_form)]


def _checked(pointer: str, value: str) -> str:
    try:
        return check_characters(value)
    except InvalidInput as error:
        raise error.at(pointer) from None
