"""The command that writes out what a collection holds."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from app.domain.export import TABLES, TableFormat
from app.terminal.parts import parts_of

if TYPE_CHECKING:
    from app.store.engine.sessions import Store

GRAPH = "graph"


def export(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help=f"What: {', '.join(TABLES)}, or {GRAPH}.")],
    format_: Annotated[
        TableFormat, typer.Option("--format", help="The format of the file.")
    ] = TableFormat.ndjson,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output without it.")
    ] = None,
) -> None:
    """Write a whole table, row by row, or the graph of all entities as GraphML."""
    if table not in TABLES and table != GRAPH:
        names = ", ".join([*TABLES, GRAPH])
        raise typer.BadParameter(f"there is no table {table!r}: choose {names}")
    if output is None and (format_ is TableFormat.parquet or table == GRAPH):
        kind = "GraphML" if table == GRAPH else "Parquet"
        raise typer.BadParameter(f"{kind} is written to a file: name it with --output")
    with parts_of(context).collection() as store:
        if output is None:
            for part in _parts(store, table, format_):
                sys.stdout.write(part.decode())
            return
        partial = output.with_name(f".{output.name}.partial")
        with partial.open("wb") as file:
            if table == GRAPH:
                _write_graph(store, file)
            else:
                file.writelines(_parts(store, table, format_))
        partial.replace(output)


def _parts(store: "Store", table: str, format_: TableFormat) -> Iterator[bytes]:
    from app.services.export import exported

    return exported(store, table, format_)


def _write_graph(store: "Store", file: BinaryIO) -> None:
    from app.store.queries import graph
    from app.terminal.graphml import write_graph

    with store.read() as session:
        write_graph(graph.nodes(session), graph.edges(session), file)
