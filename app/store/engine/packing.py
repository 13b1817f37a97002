"""Records as few bytes, as the store keeps them."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

import orjson


def pack(value: object) -> bytes:
    """JSON (RFC 8259) of plain values and dataclasses, deflated (RFC 1950) at its fastest: a parse
    of a thousand words costs under a millisecond so, and three at the usual level."""
    return zlib.compress(orjson.dumps(value), 1)


def pack_rows(records: Sequence[object]) -> bytes:
    """As `pack`, but each dataclass, at any depth, as the list of its fields' values."""
    rows = orjson.dumps(records, default=_values, option=orjson.OPT_PASSTHROUGH_DATACLASS)
    return zlib.compress(rows, 1)


def json_text(value: object) -> str:
    """JSON as the database's own functions read it."""
    return orjson.dumps(value).decode()


def unpack(blob: bytes) -> object:
    """What `pack` packed, as plain lists, dicts and scalars."""
    return orjson.loads(zlib.decompress(blob))


def _values(record: object) -> tuple[Any, ...]:
    kind: type = type(record)
    return _getter(kind)(record)


@cache
def _getter(record: type) -> Callable[[object], tuple[Any, ...]]:
    names = [field.name for field in fields(record)]
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda each: (only(each),)
    return attrgetter(*names)
