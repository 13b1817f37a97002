"""JSON bodies, read more strictly than a framework does: it would take NaN, half of a surrogate
pair and the last of two equal names."""

import json
from collections import Counter
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from app.domain.json_text import DEEPEST, LONGEST_NUMBER, explained, refuse_constant
from app.domain.text import check_characters
from app.errors import BadRequest, InvalidInput, UnsupportedMedia
from app.web.request_errors import REPEATED, invalid_request, pointer

MEDIA_TYPE = 60  # characters of a media type that an error repeats, at most


async def _raw(request: Request) -> bytes:
    _check_type(request.headers.get("content-type"))
    return await request.body()


def json_object(raw: Annotated[bytes, Depends(_raw)]) -> dict[str, Any]:
    """The JSON object that the body of this request is.

    Raises UnsupportedMedia, BadRequest or InvalidInput.
    """
    if not raw.strip():
        raise BadRequest("The body is empty; a JSON object is needed.")
    value = parse_json(raw)
    if not isinstance(value, dict):
        raise InvalidInput("The body must be a JSON object.").at("#")
    return value


JsonObject = Annotated[dict[str, Any], Depends(json_object)]


def shaped[M: BaseModel](model: type[M], value: dict[str, Any]) -> M:
    """The body as this shape; raises InvalidInput that names every field out of it."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = [{**e, "loc": ("body", *e["loc"])} for e in error.errors(include_url=False)]
        raise invalid_request(found) from None


def documented_body(model: type[BaseModel]) -> dict[str, Any]:
    """What the OpenAPI document says of a body that is read by hand."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def parse_json(raw: bytes) -> Any:
    """The value that UTF-8 JSON (RFC 8259) holds.

    Raises BadRequest, with line and column, for what is not JSON, and
    InvalidInput for a name given twice and for characters that no text may hold.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind a byte order mark.
        at = error.start + len(raw) - len(error.object)
        raise BadRequest(f"The body is not UTF-8: byte {at} is 0x{raw[at]:02x}.") from None
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise BadRequest(f"The body is not JSON: {explained(text)}.") from None
    _check_values(value)
    return value


def _check_type(content_type: str | None) -> None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json")):
        return
    given = f"not {kind[:MEDIA_TYPE]}" if kind else "and name that in Content-Type"
    raise UnsupportedMedia(f"Send the body as application/json, {given}.")


def _whole_number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise InvalidInput(f"The body holds a number of {len(digits):,} digits.")
    return int(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise InvalidInput(f"The body gives {twice[:REPEATED]!r} twice in one object.")
    return value


_CONTENT = (("body", "text"), ("body", "html"), ("body", "title"), ("body", "subtitle"))
_DECODER = json.JSONDecoder(
    parse_constant=refuse_constant, parse_int=_whole_number, object_pairs_hook=_object
)


def _check_values(value: Any) -> None:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [(("body",), value)]
    while waiting:
        path, item = waiting.pop()
        if len(path) > DEEPEST and isinstance(item, dict | list):
            raise BadRequest(f"The body is nested more than {DEEPEST} deep.")
        if isinstance(item, str):
            _check_string(path, item)
        elif isinstance(item, dict):
            for name, inner in item.items():
                _check_string(path, name)
                waiting.append(((*path, name), inner))
        elif isinstance(item, list):
            waiting.extend(((*path, index), inner) for index, inner in enumerate(item))


def _check_string(path: tuple[str | int, ...], text: str) -> None:
    try:
        # In an article's content U+0000 is one bad character, which cleaning replaces.
        check_characters(text.replace("\x00", "") if path in _CONTENT else text)
    except InvalidInput as error:
        name = ".".join(str(step) for step in path[1:])[:REPEATED] or "The body"
        raise InvalidInput(f"{name}: {error.detail}.").at(pointer(path)) from None
