"""Many values as one parameter of a statement."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import batched

from sqlalchemy import Integer, Select, String, Subquery, bindparam, func, select, type_coerce

from app.store.engine.column_types import Id
from app.store.engine.packing import json_text

_CHUNK = 1_000


def pairs(rows: Sequence[tuple[int, int]]) -> Subquery:
    """Pairs of whole numbers as a table of the columns `first` and `second`, to join with.

    One parameter holds them all: binding hundreds one by one takes longer than most queries.
    """
    each = func.json_each(json_text(rows)).table_valued("value")
    return select(
        func.json_extract(each.c.value, "$[0]", type_=Integer).label("first"),
        func.json_extract(each.c.value, "$[1]", type_=Integer).label("second"),
    ).subquery("pairs")


def numbers(values: Collection[int]) -> Select[int]:
    """Whole numbers as a query of one column, for `IN`; one parameter holds them all."""
    each = func.json_each(json_text(list(values))).table_valued("value")
    return select(type_coerce(each.c.value, Id))


def numbers_of(parameter: str) -> Select[int]:
    """The same for a statement that is made once and sent often: its parameter takes what
    `as_numbers` makes of the numbers."""
    each = func.json_each(bindparam(parameter, type_=String)).table_valued("value")
    return select(type_coerce(each.c.value, Id))


def as_numbers(values: Collection[int]) -> str:
    """Whole numbers as one parameter."""
    return json_text(list(values))


def strings(values: Collection[str]) -> Select[str]:
    """Texts as a query of one column, for `IN`; one parameter holds them all."""
    each = func.json_each(json_text(list(values))).table_valued("value")
    return select(type_coerce(each.c.value, String))


def chunks[Item](items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """The items, as many at a time as one statement names: databases bound its parameters (SQLite
    to 32,766 unless told otherwise)."""
    return batched(items, _CHUNK)
