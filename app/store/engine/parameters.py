"""Many values as one parameter of a statement: a JSON text, which either database reads."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    TableValuedAlias,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from app.store.engine.column_types import Id
from app.store.engine.packing import json_text

_CHUNK = 1_000


def pairs(rows: Sequence[tuple[int, int]]) -> Subquery:
    """Pairs of whole numbers as a table of the columns `first` and `second`, to join with.

    One parameter holds them all: binding hundreds one by one takes longer than most queries.
    """
    each = _elements(literal(json_text(rows), String))
    return select(
        _First(each.c.value).label("first"), _Second(each.c.value).label("second")
    ).subquery("pairs")


def numbers(values: Collection[int]) -> Select[int]:
    """Whole numbers as a query of one column, for `IN`; one parameter holds them all."""
    return select(_Number(_elements(literal(as_numbers(values), String)).c.value))


def numbers_of(parameter: str) -> Select[int]:
    """The same, in a column `number`, for a statement that is made once and sent often: its
    parameter takes what `as_numbers` makes of the numbers."""
    each = _elements(bindparam(parameter, type_=String))
    return select(_Number(each.c.value).label("number"))


def as_numbers(values: Collection[int]) -> str:
    """Whole numbers as one parameter."""
    return json_text(list(values))


def strings(values: Collection[str]) -> Select[str]:
    """Texts as a query of one column, for `IN`; one parameter holds them all."""
    each = _elements(literal(json_text(list(values)), String))
    return select(_Text(each.c.value))


def chunks[Item](items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """The items, as many at a time as one statement names: databases bound its parameters (SQLite
    to 32,766 unless told otherwise)."""
    return batched(items, _CHUNK)


def _elements(array: ColumnElement[str]) -> TableValuedAlias:
    return func.array_elements(array).table_valued("value")


class _Elements(GenericFunction[Any]):
    """The elements of a JSON array, a row each."""

    name = "array_elements"
    inherit_cache = True


class _Number(GenericFunction[int]):
    """An element that is a whole number."""

    name = "element_number"
    type = Id
    inherit_cache = True


class _First(_Number):
    """The first number of an element that is a pair."""

    name = "element_first"
    inherit_cache = True


class _Second(_Number):
    """The second."""

    name = "element_second"
    inherit_cache = True


class _Text(GenericFunction[str]):
    """An element that is a text."""

    name = "element_text"
    type = String()
    inherit_cache = True


# What each is in SQL, where {} stands for its argument.
_SQL: tuple[tuple[type[GenericFunction[Any]], str, str], ...] = (
    (_Elements, "json_each({})", "jsonb_array_elements(CAST({} AS jsonb))"),
    (_Number, "{}", "CAST({} AS bigint)"),
    (_First, "json_extract({}, '$[0]')", "CAST({} -> 0 AS bigint)"),
    (_Second, "json_extract({}, '$[1]')", "CAST({} -> 1 AS bigint)"),
    (_Text, "{}", "({} #>> '{{}}')"),
)


def _compiled(form: str) -> Callable[[GenericFunction[Any], SQLCompiler], str]:
    def write(element: GenericFunction[Any], compiler: SQLCompiler, **kw: Any) -> str:
        (argument,) = element.clauses
        return form.format(compiler.process(argument, **kw))

    return write


for _function, _sqlite, _postgresql in _SQL:
    compiles(_function, "sqlite")(_compiled(_sqlite))
    compiles(_function, "postgresql")(_compiled(_postgresql))
