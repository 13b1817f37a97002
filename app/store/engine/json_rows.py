"""Many rows as one value.

Python's driver of SQLite gives the interpreter's lock away for each row that it fetches, and has to
win it back from the threads of other requests: a hundred rows cost more than the query.
"""

from typing import Any

from sqlalchemy import JSON, Select, Subquery, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.selectable import ScalarSelect


class _Rows(GenericFunction[list[list[Any]]]):
    """All rows as a JSON array of arrays."""

    name = "json_rows"
    type = JSON()
    inherit_cache = True


def json_rows(rows: Select[Any]) -> ScalarSelect[list[list[Any]]]:
    """The rows of a query as one column of another: a list of lists, in no order, of numbers and
    texts."""
    found: Subquery = rows.subquery()
    return select(_Rows(*found.c)).scalar_subquery()


@compiles(_Rows, "sqlite")
def _sqlite(element: _Rows, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **kw)}))"


@compiles(_Rows, "postgresql")
def _postgresql(element: _Rows, compiler: SQLCompiler, **kw: Any) -> str:
    columns = compiler.process(element.clauses, **kw)
    return f"coalesce(json_agg(json_build_array({columns})), '[]')"
