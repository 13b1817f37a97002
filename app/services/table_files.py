"""Rows of a table as the bytes of a file: JSON Lines, CSV or Parquet, a part at a time."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import batched
from typing import TYPE_CHECKING, Any

from app.domain.article import Published
from app.domain.cells import safe
from app.domain.export import Columns, Kind, TableFormat

if TYPE_CHECKING:
    import pyarrow as pa

type Rows = Iterable[Mapping[str, object]]

MEDIA_TYPES = {
    TableFormat.ndjson: "application/x-ndjson",
    TableFormat.csv: "text/csv; charset=utf-8",
    TableFormat.parquet: "application/vnd.apache.parquet",
}
# Rows that are in memory together: of a row group in Parquet, of what is handed on of the others.
_GROUP, _LINES = 10_000, 200


def file_parts(rows: Rows, columns: Columns, format_: TableFormat) -> Iterator[bytes]:
    """The file of these rows, part by part. `columns` are all of them, with the kind of their
    values."""
    match format_:
        case TableFormat.ndjson:
            return _ndjson(rows, columns)
        case TableFormat.csv:
            return _csv(rows, columns)
        case TableFormat.parquet:
            return _parquet(rows, columns)


def _ndjson(rows: Rows, columns: Columns) -> Iterator[bytes]:
    for some in batched(rows, _LINES):
        lines = (
            json.dumps({name: row[name] for name in columns}, ensure_ascii=False, default=_written)
            for row in some
        )
        yield "".join(f"{line}\n" for line in lines).encode()


def _csv(rows: Rows, columns: Columns) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(columns), lineterminator="\n")
    writer.writeheader()
    for some in batched(rows, _LINES):
        writer.writerows(safe({name: _cell(row[name]) for name in columns}) for row in some)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def _cell(value: object) -> object:
    """Lists and maps as JSON, times as ISO 8601."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_written)
    return _written(value) if isinstance(value, date | Published) else value


def _written(value: object) -> str:
    """An instant or a day as ISO 8601; of a publication what its outlet printed."""
    if isinstance(value, Published):
        return (value.day if value.precision == "day" else value.instant).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} is no value of a table")


class _Sink:
    """A file that is read away while it is written."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        self.closed = True

    def take(self) -> bytes:
        """What was written since the last call."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def _parquet(rows: Rows, columns: Columns) -> Iterator[bytes]:
    import pyarrow as pa  # here, for nothing else should wait for it
    from pyarrow import parquet

    schema = pa.schema([pa.field(name, _arrow(kind)) for name, kind in columns.items()])
    sink = _Sink()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for some in batched(rows, _GROUP):
            table = [{name: _instant(row[name]) for name in columns} for row in some]
            writer.write_table(pa.Table.from_pylist(table, schema=schema))
            yield sink.take()
    yield sink.take()


def _instant(value: object) -> object:
    return value.instant if isinstance(value, Published) else value


def _arrow(kind: Kind) -> "pa.DataType":
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(_arrow(kind[0]))
    if isinstance(kind, Mapping):
        return pa.struct([pa.field(name, _arrow(each)) for name, each in kind.items()])
    instant = pa.timestamp("us", tz="UTC")
    types: dict[type[Any], pa.DataType] = {
        **{int: pa.int64(), float: pa.float64(), str: pa.string(), bool: pa.bool_()},
        **{datetime: instant, Published: instant, date: pa.date32()},
    }
    return types[kind]
