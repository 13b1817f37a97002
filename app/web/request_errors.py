"""What the framework found wrong with a request, said in sentences with pointers."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from app.errors import FieldError, InvalidInput

_SHOWN = 3  # sentences of a detail
REPEATED = 80  # characters of what a client sent that an error repeats, at most

# pydantic's error types, with what a field "must be" then; `{...}` are of the error's context.
_MUST = {
    "bool_parsing": "must be true or false",
    "dict_type": "must be an object",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "int_type": "must be a whole number",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "literal_error": "must be {expected}",
    "missing": "is missing",
    "model_attributes_type": "must be an object",
    "model_type": "must be an object",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "string_type": "must be a string",
    "string_unicode": "must be Unicode text",
    "too_long": "must have at most {max_length} items",
    "too_short": "must have at least {min_length} items",
}


def invalid_request(found: Sequence[Mapping[str, Any]]) -> InvalidInput:
    """One error for all the fields that pydantic found wrong, each under its pointer."""
    fields = [FieldError(pointer(e["loc"]), _sentence(e)) for e in found]
    return invalid_fields(fields)


def invalid_fields(fields: Sequence[FieldError]) -> InvalidInput:
    """One error for these fields; its detail holds the first three sentences."""
    shown = " ".join(f.detail for f in fields[:_SHOWN])
    rest = len(fields) - _SHOWN
    return InvalidInput(f"{shown} And {rest} more." if rest > 0 else shown, errors=fields)


def pointer(location: Sequence[str | int]) -> str:
    """`?name` for a parameter, else an RFC 6901 pointer as a URI fragment: `#/articles/0/text`."""
    where, *path = location
    if where == "query":
        return f"?{path[0]}" if path else "?"
    if where == "header":
        return f"header:{path[0]}"
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "#" + "".join("/" + quote(step, safe="~", errors="backslashreplace") for step in steps)


def _sentence(error: Mapping[str, Any]) -> str:
    where, *path = error["loc"]
    # A parameter that repeats is one list for the framework, and so many parameters for people.
    name = _name(path[:1] if where == "query" else path) if path else "The body"
    kind = error["type"]
    if kind == "extra_forbidden":
        return (
            f"There is no parameter {name!r} here."
            if where == "query"
            else f"There is no field {name!r} here."
        )
    if kind == "value_error":
        return f"{name}: {error['ctx']['error']}."
    if kind in _MUST:
        return f"{name} {_MUST[kind].format(**error.get('ctx', {}))}."
    return f"{name}: {error['msg']}."


def _name(path: Sequence[str | int]) -> str:
    """`articles[0].text`"""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")[:REPEATED]
