"""Parquet files into Rows, a few at a time: however large a row group, memory is flat."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from app.errors import ParallaxError, TooLarge, UnreadableDocument
from app.intake.annotated import COLUMNS, annotated_row, is_annotated
from app.intake.parquetpages import check_pages
from app.intake.rowfiles import Take, check_columns
from app.intake.rows import Row

MAGIC = b"PAR1"
type _Read = Callable[[int, str | None, Mapping[str, object]], Row]

# Rows of one step.
_ROWS = 32
# Bytes that are read at a time.
_READ = 65_536
# Of a file that has to be laid on disk first: one that is compressed as a whole, or comes through a
# pipe.
_SPOOLED = 2_000_000_000
_PIECE = 1_000_000


def parquet_rows(name: str | None, file: BinaryIO, take: Take, limit: int) -> Iterator[Row]:
    """A Row for each row, whose columns name fields of a row: texts, `authors` as a list of texts
    or as one parted by semicolons, `published_at` as text, date or timestamp, `external_id` also as
    a whole number. An empty cell is absent. Rows are numbered from 1.

    A row of more than `limit` characters is a Row with its error; a file that is damaged, or has
    other columns, gives one that says where.
    """
    # Here, because it takes 40 MB that only such files need.
    import pyarrow
    from pyarrow import parquet

    number = group = 0
    try:
        with (
            _seekable(file) as source,
            parquet.ParquetFile(source, buffer_size=_READ, pre_buffer=False) as whole,
        ):
            columns, read = _reading(whole.schema_arrow.names, take)
            # One after the other: a batch over two would be lost with the second.
            for group in range(1, whole.num_row_groups + 1):
                check_pages(source, whole.metadata.row_group(group - 1), columns)
                for batch in whole.iter_batches(_ROWS, [group - 1], columns, use_threads=False):
                    for values in _values(batch):
                        number += 1
                        yield _row(number, name, values, read, limit)
    except (pyarrow.ArrowException, OSError) as error:
        where = f"row group {group:,}, after row {number:,}," if group else "the file"
        detail = f"{where} is no Parquet that can be read ({_first_line(error)})"
        yield Row(
            number + 1, name, None, UnreadableDocument(f"{detail}; nothing after that was read")
        )
    except ParallaxError as error:
        where = f"row group {group:,}, after row {number:,}: " if group else ""
        yield Row(number + 1, name, None, type(error)(f"{where}{error.detail}"))


def _reading(names: Sequence[str], take: Take) -> tuple[Sequence[str] | None, _Read]:
    """The columns to read (None: all), and how a row of them is read.

    Raises InvalidInput where they are neither those of rows nor those of annotated documents.
    """
    if is_annotated(names):
        return [each for each in COLUMNS if each in names], annotated_row
    check_columns(names, "the file")
    return None, lambda number, name, values: Row(number, name, take(values), None)


def _row(
    number: int, name: str | None, values: Mapping[str, object], read: _Read, limit: int
) -> Row:
    try:
        size = sum(len(value) for value in values.values() if isinstance(value, str))
        if size > limit:
            raise TooLarge(f"row {number} has more than {limit} characters")
        return read(number, name, values)
    except ParallaxError as error:
        return Row(number, name, None, error)


def _values(batch: Any) -> Iterator[Mapping[str, object]]:
    import pyarrow

    columns = {}
    for field, column in zip(batch.schema, batch.columns, strict=True):
        if pyarrow.types.is_timestamp(field.type) and field.type.unit == "ns":
            # Python's own have microseconds.
            column = column.cast(pyarrow.timestamp("us", field.type.tz), safe=False)
        columns[field.name] = column
    for index in range(batch.num_rows):
        yield {
            name: value
            for name, column in columns.items()
            if (value := _plain(name, column[index].as_py())) is not None
        }


def _plain(name: str, value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str) and not value.strip():
        return None
    if name == "authors" and isinstance(value, str):
        return value.split(";")
    return value


@contextmanager
def _seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file itself, or where it can only be read from its beginning on, a copy on disk."""
    if file.seekable():
        yield file
        return
    size = 0
    with TemporaryFile() as copy:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > _SPOOLED:
                raise TooLarge(
                    "a Parquet file that is compressed as a whole, or comes through a pipe, may "
                    f"have {_SPOOLED:,} bytes; give this one as a file of its own"
                )
            copy.write(piece)
        copy.seek(0)
        yield copy


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
