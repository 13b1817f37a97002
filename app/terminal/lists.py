"""The commands that list and write out what a collection holds."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.domain.entity import Entity
from app.domain.page import EntityFilter, Page, PageRequest
from app.services import query
from app.store.export import TABLES, edges, nodes
from app.store.sessions import Store
from app.terminal.graph import write_graph
from app.terminal.rows import Format, write_parquet, write_rows
from app.terminal.tables import entity_table

GRAPH = "graph"


def add_lists(
    app: typer.Typer,
    collection: Callable[[], AbstractContextManager[Store]],
    as_answer: Callable[[Page[Entity]], str],
) -> None:
    """Adds `entities` and `export` to a command; `as_answer` is the API's JSON of a list."""

    @app.command()
    def entities(
        name: Annotated[
            str | None,
            typer.Argument(help="A name, its beginning, or nearly so.", show_default=False),
        ] = None,
        type_: Annotated[
            list[str] | None, typer.Option("--type", help="PERSON, ORG, GPE, ...")
        ] = None,
        source: Annotated[
            list[str] | None, typer.Option(help="Only in this outlet (slug).")
        ] = None,
        article: Annotated[
            list[int] | None, typer.Option(help="Only in this article (id).")
        ] = None,
        limit: Annotated[int, typer.Option(help="How many.", min=1, max=200)] = 50,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    ) -> None:
        """List entities, the most mentioned first, or find one by its name."""
        where = EntityFilter(
            q=name,
            types=tuple(type_ or ()),
            sources=tuple(source or ()),
            articles=tuple(article or ()),
        )
        with collection() as store, store.read() as session:
            page = query.entities(session, where, PageRequest(limit=limit))
        if as_json:
            typer.echo(as_answer(page))
            return
        Console().print(entity_table(page.items))
        shown, total = len(page.items), page.total.value
        if total > shown:
            more = "more than " if page.total.relation == "gte" else ""
            typer.echo(f"{shown} of {more}{total:,} entities; --limit shows more.")

    @app.command()
    def export(
        table: Annotated[str, typer.Argument(help=f"What: {', '.join(TABLES)}, or {GRAPH}.")],
        format_: Annotated[Format, typer.Option("--format", help="How.")] = Format.ndjson,
        output: Annotated[
            Path | None, typer.Option("--output", "-o", help="A file; standard output without it.")
        ] = None,
    ) -> None:
        """Write a whole table, row by row, or the graph of all entities as GraphML."""
        if table not in TABLES and table != GRAPH:
            names = ", ".join([*TABLES, GRAPH])
            raise typer.BadParameter(f"there is no table {table!r}: choose {names}")
        if output is None and (format_ is Format.parquet or table == GRAPH):
            kind = "GraphML" if table == GRAPH else "Parquet"
            raise typer.BadParameter(f"{kind} is written to a file: name it with --output")
        with collection() as store:
            if output is None:
                _write(store, table, format_, None)
                return
            partial = output.with_name(f".{output.name}.partial")
            _write(store, table, format_, partial)
            partial.replace(output)


def _write(store: Store, table: str, format_: Format, path: Path | None) -> None:
    with store.read() as session:
        if path is None:
            write_rows(TABLES[table].rows(session), format_, sys.stdout)
        elif table == GRAPH:
            with path.open("wb") as file:
                write_graph(nodes(session), edges(session), file)
        elif format_ is Format.parquet:
            with path.open("wb") as file:
                write_parquet(TABLES[table].rows(session), TABLES[table].columns, file)
        else:
            with path.open("w", encoding="utf-8", newline="") as text:
                write_rows(TABLES[table].rows(session), format_, text)
