"""Parquet into rows: by batches, in flat memory, damage told by its place."""

import gzip
import io
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from app.errors import InvalidInput, TooLarge, UnreadableDocument
from app.intake.parquetpages import check_pages
from app.intake.readers import read_bytes, read_file, read_path
from app.intake.rows import Row

PROSE = "The ferry to Sund runs again, the harbour said."


def written(columns: dict[str, object], **options: object) -> bytes:
    target = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), target, **options)
    return target.getvalue()


def error(row: Row) -> str:
    assert row.error
    return row.error.detail


def test_columns_are_the_fields_of_a_row() -> None:
    stamps = pyarrow.array([1458811800_123_456_789, None], pyarrow.timestamp("ns", "UTC"))
    content = written(
        {
            "text": [PROSE, f"{PROSE} 2"],
            "title": pyarrow.array(["Ferry", None], pyarrow.large_string()),
            "source": pyarrow.array(["Herald", "Herald"]).dictionary_encode(),
            "published_at": stamps,
            "authors": [["Ann Lowe", "Bo Ek"], []],
            "external_id": [7, 8],
            "language": ["en", ""],
        }
    )
    first, second = read_bytes("rows.parquet", content)
    assert (first.line, second.line) == (1, 2)
    assert first.submission
    assert second.submission
    assert first.submission.text == PROSE
    assert first.submission.title == "Ferry"
    assert first.submission.source == "Herald"
    assert first.submission.authors == ("Ann Lowe", "Bo Ek")
    assert first.submission.external_id == "7"
    assert first.submission.published
    assert first.submission.published.instant.isoformat() == "2016-03-24T09:30:00.123456+00:00"
    assert second.submission.title is None
    assert second.submission.language is None
    assert second.submission.published is None


def test_days_and_times_without_a_zone_are_read_as_their_text_would_be() -> None:
    days = written({"text": [PROSE], "published_at": [date(2016, 3, 24)]})
    times = written({"text": [PROSE], "published_at": [datetime(2016, 3, 24, 9, 30)]})
    printed = written({"text": [PROSE], "published_at": ["2016-03-24"], "authors": ["A B; C D"]})
    (day,), (time,), (text,) = (read_bytes("a.parquet", each) for each in (days, times, printed))
    assert day.submission
    assert time.submission
    assert text.submission
    assert day.submission.published == text.submission.published
    assert time.submission.published
    assert time.submission.published.precision == "time"
    assert text.submission.authors == ("A B", "C D")


def test_other_columns_are_named_beside_those_that_are_known() -> None:
    (row,) = read_bytes("a.parquet", written({"text": [PROSE], "sentiment": [1]}))
    assert isinstance(row.error, InvalidInput)
    assert "'sentiment'" in error(row)
    assert "external_id" in error(row)
    (row,) = read_bytes("a.parquet", written({"title": ["Ferry"]}))
    assert "text, html and url" in error(row)


def test_a_bad_row_fails_alone_by_its_number() -> None:
    content = written({"text": [PROSE, None, "x" * 2_000, PROSE], "source": ["A", "B", "C", "D"]})
    rows = list(read_bytes("a.parquet", content, limit=1_000))
    assert [row.line for row in rows] == [1, 2, 3, 4]
    assert [row.submission is not None for row in rows] == [True, False, False, True]
    assert isinstance(rows[2].error, TooLarge)
    (row,) = read_bytes("a.parquet", written({"text": pyarrow.array([b"bytes"])}))
    assert "must be text" in error(row)


def test_it_is_known_by_its_first_bytes_through_a_pipe_and_compressed() -> None:
    content = written({"text": [PROSE]})
    (row,) = read_bytes(None, content)
    assert row.submission
    (row,) = read_bytes("a.parquet.gz", gzip.compress(content))
    assert row.submission

    class Pipe(io.RawIOBase):
        left = content

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object, /) -> int:
            target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
            piece, self.left = self.left[: len(target)], self.left[len(target) :]
            target[: len(piece)] = piece
            return len(piece)

    (row,) = read_file(None, io.BufferedReader(Pipe()))
    assert row.submission
    assert row.submission.text == PROSE


@pytest.mark.parametrize("cut", [10, 400])
def test_a_file_that_breaks_off_is_no_parquet(cut: int) -> None:
    content = written({"text": [f"{PROSE} {n}" for n in range(100)]})
    (row,) = read_bytes("a.parquet", content[:-cut])
    assert isinstance(row.error, UnreadableDocument)
    assert "Parquet" in error(row)


def test_what_stands_before_a_damaged_group_is_kept(tmp_path: Path) -> None:
    texts = [f"{PROSE} {n}" for n in range(1_000)]
    content = bytearray(written({"text": texts}, row_group_size=100, compression="snappy"))
    whole = parquet.ParquetFile(io.BytesIO(bytes(content)))
    at = whole.metadata.row_group(5).column(0).data_page_offset
    content[at : at + 200] = b"\xff" * 200
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    rows = list(read_path(path))
    assert [row.submission.text for row in rows if row.submission] == texts[:500]
    assert rows[-1].name == str(path)
    assert "after row 500" in error(rows[-1])


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.parquet"
        schema = pyarrow.schema([("text", pyarrow.string())])
        with parquet.ParquetWriter(path, schema) as writer:
            # One row group: a reader that takes it whole holds all of it.
            rows = [f"{PROSE * 20} {number}" for number in range(count)]
            writer.write_table(pyarrow.table({"text": rows}), row_group_size=count)
        del rows
        pool = pyarrow.system_memory_pool()
        before, pyarrow_before = pool.bytes_allocated(), pyarrow.default_memory_pool()
        default = pyarrow_before.bytes_allocated()
        most = 0
        tracemalloc.start()
        try:
            for index, row in enumerate(read_path(path)):
                assert row.submission
                if index % 500 == 0:
                    now = pyarrow.default_memory_pool().bytes_allocated() - default
                    most = max(most, now + pool.bytes_allocated() - before)
            return most + tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(5_000), peak(20_000)
    assert many < few * 1.5 + 1_000_000, (few, many)


def test_a_page_that_unpacks_to_gigabytes_is_refused_before_it_is() -> None:
    texts = [PROSE, "x" * 140_000_000, PROSE]
    content = written({"text": texts}, row_group_size=1, compression="zstd", use_dictionary=False)
    assert len(content) < 200_000
    del texts
    before = pyarrow.default_memory_pool().max_memory()
    rows = list(read_bytes("a.parquet", content))
    assert [row.submission is not None for row in rows] == [True, False]
    assert isinstance(rows[1].error, TooLarge)
    assert "row group 2, after row 1: a page of the column 'text' unpacks to 140,0" in error(
        rows[1]
    )
    assert pyarrow.default_memory_pool().max_memory() <= max(before, 50_000_000)


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd"])
def test_every_page_is_looked_at(version: str, compression: str) -> None:
    content = written(
        {
            "text": [f"{PROSE} {n} " * (n % 50 + 1) for n in range(3_000)],
            "authors": [["Ann Lowe"] * (n % 3) for n in range(3_000)],
            "published_at": [date(2016, 3, n % 30 + 1) for n in range(3_000)],
        },
        compression=compression,
        data_page_version=version,
        data_page_size=10_000,
        write_page_checksum=True,
    )
    assert len(list(read_bytes("a.parquet", content))) == 3_000
    whole = parquet.ParquetFile(io.BytesIO(content))
    sizes = [whole.metadata.row_group(0).column(n).total_uncompressed_size for n in range(3)]
    with pytest.raises(TooLarge, match="'text'"):
        check_pages(io.BytesIO(content), whole.metadata.row_group(0), None, most=10_000)
    check_pages(io.BytesIO(content), whole.metadata.row_group(0), None, most=max(sizes) // 2)


def test_headers_of_pages_that_are_none_are_told() -> None:
    content = bytearray(written({"text": [f"{PROSE} {n}" for n in range(100)]}))
    whole = parquet.ParquetFile(io.BytesIO(bytes(content)))
    column = whole.metadata.row_group(0).column(0)
    for start in (column.dictionary_page_offset, column.data_page_offset):
        for byte in (0x00, 0xFF, 0x5C, 0x19):
            damaged = bytearray(content)
            damaged[start : start + 12] = bytes([byte]) * 12
            rows = list(read_bytes("a.parquet", bytes(damaged)))
            assert rows[-1].error is not None
