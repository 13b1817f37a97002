"""Whole numbers and ids, in paths and in queries."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import BeforeValidator, Field

LARGEST_ID = 2**63 - 1  # what the database can hold


def _digits(value: object) -> object:
    """A whole number as plain digits: the framework would also take '1.0', '+1' and '1_0'."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) < 20):
        raise ValueError(f"{value[:40]!r} is not a whole number of 0 or more")
    return value


Whole = Annotated[int, BeforeValidator(_digits)]
FilterId = Annotated[Whole, Field(ge=1, le=LARGEST_ID)]


def record_id(example: int | None, description: str = "The id of the thing asked for.") -> Any:
    """The id in a path.

    The example is of the sample as `make run` loads it. An operation that changes or deletes has
    one that leaves those of all others true; one on what the sample does not hold has none.
    """
    examples = None if example is None else [example]
    return Path(ge=1, le=LARGEST_ID, description=description, examples=examples)


RecordId = Annotated[Whole, record_id(1)]
