"""gzip and Zstandard: unpacked in flat memory, and told where they break."""

import gzip
import io
import tracemalloc

import pyarrow
import pytest

from app.errors import TooLarge, UnreadableDocument
from app.intake.compression import packing_of, unpacked
from app.intake.readers import read_bytes, read_file
from app.intake.rows import Row

PROSE = "The ferry to Sund runs again, the harbour said."
LINES = [f'{{"text": "{PROSE} {number}"}}\n'.encode() for number in range(2_000)]


def packed(packing: str, content: bytes) -> bytes:
    if packing == "gzip":
        return gzip.compress(content)
    return bytes(pyarrow.Codec("zstd").compress(content, asbytes=True))


def read(packing: str, content: bytes, most: int | None = None) -> bytes:
    kind = packing_of(content)
    assert kind == packing
    return unpacked(io.BytesIO(content), kind, most=most).read()


def taken(rows: list[Row]) -> list[str | None]:
    return [row.submission.text for row in rows if row.submission]


BOTH = pytest.mark.parametrize("packing", ["gzip", "zstd"])


@BOTH
def test_it_comes_out_as_it_went_in(packing: str) -> None:
    content = b"".join(LINES)
    assert read(packing, packed(packing, content)) == content
    assert read(packing, packed(packing, b"")) == b""


@BOTH
def test_members_one_after_the_other_are_one_file(packing: str) -> None:
    halves = [b"".join(LINES[:700]), b"", b"".join(LINES[700:])]
    assert read(packing, b"".join(packed(packing, half) for half in halves)) == b"".join(LINES)


def test_zeros_that_pad_a_tape_are_no_damage() -> None:
    assert read("gzip", gzip.compress(b"text") + bytes(1024)) == b"text"


@BOTH
@pytest.mark.parametrize("name", ["a.jsonl{}", "a.json{}", "a.csv{}", None])
def test_files_of_each_kind_are_read_by_their_name_or_their_opening(
    packing: str, name: str | None
) -> None:
    content = {
        "a.jsonl{}": b"".join(LINES),
        "a.json{}": b"[" + b",".join(LINES) + b"]",
        "a.csv{}": b"text\n" + b"".join(f'"{PROSE}"\n'.encode() for _ in LINES),
        None: b"".join(LINES),
    }[name]
    ending = ".gz" if packing == "gzip" else ".zst"
    rows = list(read_bytes(name and name.format(ending), packed(packing, content)))
    assert len(taken(rows)) == len(LINES)


@BOTH
def test_a_page_and_a_text_may_be_compressed(packing: str) -> None:
    rows = list(read_bytes("a.txt.gz", packed(packing, PROSE.encode())))
    assert taken(rows) == [PROSE]
    page = f"<html><p>{PROSE}</p></html>"
    (row,) = read_bytes("page", packed(packing, page.encode()))
    assert row.submission
    assert row.submission.html == page


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json.gz", "a.csv.gz", None])
def test_a_file_that_breaks_off_keeps_what_came_before_and_says_where(name: str | None) -> None:
    content = b"".join(LINES)
    if name == "a.json.gz":
        content = b"[" + b",".join(LINES) + b"]"
    elif name == "a.csv.gz":
        content = b"text,title\n" + b"".join(b"%d,ferry %d\n" % (n, n) for n in range(20_000))
    whole = gzip.compress(content)
    cut = whole[: len(whole) // 2]
    assert 0 < len(cut) < len(whole)
    rows = list(read_bytes(name, cut))
    kept = [row for row in rows if row.submission]
    assert len(kept) > 100
    assert [row.line for row in rows] == sorted(row.line for row in rows)
    (failed,) = [row for row in rows if row.error]
    assert failed is rows[-1]
    assert failed.error
    assert "breaks off in the middle" in failed.error.detail
    assert f"{len(cut):,}" in failed.error.detail
    # None of those kept is cut in the middle.
    whole_rows = {row.line: row.submission for row in read_bytes(name, whole)}
    assert all(whole_rows[row.line] == row.submission for row in kept)


@BOTH
def test_a_text_that_breaks_off_is_not_taken_in_part(packing: str) -> None:
    (row,) = read_bytes("a.txt.gz", packed(packing, PROSE.encode() * 100)[:-9])
    assert row.submission is None
    assert isinstance(row.error, UnreadableDocument)


@BOTH
def test_data_that_is_damaged_is_told_by_its_place(packing: str) -> None:
    content = bytearray(packed(packing, b"".join(LINES) * 10))
    content[len(content) // 2 : len(content) // 2 + 40] = b"\xff" * 40
    rows = list(read_bytes("a.jsonl", bytes(content)))
    assert rows[-1].error
    assert "near byte" in rows[-1].error.detail


@BOTH
def test_a_bomb_takes_no_memory_and_stops_at_its_bound(packing: str) -> None:
    bomb = packed(packing, bytes(100_000_000))
    assert len(bomb) < 200_000
    kind = packing_of(bomb)
    assert kind
    tracemalloc.start()
    try:
        stream = unpacked(io.BytesIO(bomb), kind, most=90_000_000)
        with pytest.raises(TooLarge, match="90,000,000 bytes"):
            sum(len(stream.read(8_192)) for _ in range(20_000))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@BOTH
def test_a_document_that_unpacks_to_more_than_its_bound_is_refused(packing: str) -> None:
    bomb = packed(packing, b"ferry " * 10_000_000)
    tracemalloc.start()
    try:
        (row,) = read_file("a.txt.gz", io.BytesIO(bomb), limit=100_000)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
    assert isinstance(row.error, TooLarge)


@BOTH
def test_a_line_without_end_is_skipped_in_flat_memory(packing: str) -> None:
    bomb = packed(packing, b'{"text": "' + b"x" * 50_000_000 + b'"}\n{"text": "b"}\n')
    tracemalloc.start()
    try:
        rows = list(read_file("a.jsonl", io.BytesIO(bomb), limit=100_000))
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
    assert [row.line for row in rows] == [1, 2]
    assert isinstance(rows[0].error, TooLarge)
    assert taken(rows) == ["b"]


def test_other_archives_are_told_for_what_they_are() -> None:
    (row,) = read_bytes("a.txt", b"BZh91AY&SY" + bytes(range(200)))
    assert row.error
    assert "bzip2" in row.error.detail
