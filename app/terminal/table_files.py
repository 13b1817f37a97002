"""Rows of a table as JSON Lines, CSV or Parquet."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import BinaryIO, TextIO

from app.terminal.cells import safe
from app.terminal.formats import TableFormat

type Rows = Iterable[Mapping[str, object]]

# Rows of a row group in Parquet, which are in memory together.
_GROUP = 10_000


def write_rows(rows: Rows, format_: TableFormat, file: TextIO) -> None:
    """Writes the rows as they come, as JSON Lines or CSV."""
    if format_ is TableFormat.ndjson:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer: csv.DictWriter[str] | None = None
    for row in _flat(rows):
        if writer is None:
            writer = csv.DictWriter(file, fieldnames=list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(safe(row))


def write_parquet(rows: Rows, columns: Mapping[str, type], file: BinaryIO) -> None:
    """Writes the rows as Parquet, a part at a time. `columns` are all of them, with the type of
    their values."""
    import pyarrow as pa  # here, for no other command should wait for it
    from pyarrow import parquet

    kinds = {int: pa.int64(), float: pa.float64(), str: pa.string(), bool: pa.bool_()}
    schema = pa.schema([pa.field(name, kinds[kind]) for name, kind in columns.items()])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for part in batched(_flat(rows), _GROUP):
            writer.write_table(pa.Table.from_pylist(list(part), schema=schema))


def _flat(rows: Rows) -> Iterator[dict[str, object]]:
    """The rows, lists and maps in them as JSON."""
    for row in rows:
        yield {
            key: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            for key, value in row.items()
        }
