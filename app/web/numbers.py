"""Whole numbers and ids, in paths and in queries."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import BeforeValidator, Field

LARGEST_ID = 2**63 - 1  # what the database can hold
_DIGITS = len(str(LARGEST_ID))
_SHOWN = 40  # characters of a bad value that an error repeats


def _digits(value: object) -> object:
    """A whole number as plain digits: the framework would also take '1.0', '+1' and '1_0'."""
    digits = isinstance(value, str) and value.isascii() and value.isdigit()
    if isinstance(value, str) and not (digits and len(value) <= _DIGITS):
        raise ValueError(f"{value[:_SHOWN]!r} is not a whole number of 0 or more")
    return value


Whole = Annotated[int, BeforeValidator(_digits)]
FilterId = Annotated[Whole, Field(ge=1, le=LARGEST_ID)]


def record_id(example: int | None, description: str = "The id of the thing asked for.") -> Any:
    """The id in a path.

    The example is one of the sample as `make run` loads it. An operation that changes or deletes
    has an example of its own, so that trying it leaves the examples of the others valid; an
    operation on what the sample does not hold has none.
    """
    examples = None if example is None else [example]
    return Path(ge=1, le=LARGEST_ID, description=description, examples=examples)


RecordId = Annotated[Whole, record_id(1)]
