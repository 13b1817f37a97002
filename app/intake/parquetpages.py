"""How large the pages of a Parquet file unpack to, before any of them is unpacked.

A page is unpacked whole, into as many bytes as its header says: in a file of some kilobytes that
may be gigabytes. Headers are Thrift structures in the compact protocol
(https://parquet.apache.org/docs/file-format/data-pages/).
"""

from collections.abc import Collection
from typing import Any, BinaryIO

from app.errors import TooLarge, UnreadableDocument

# Writers cut pages at 1 MB or so; some write a whole row group into one.
MOST_BYTES = 128_000_000
_DEEPEST = 16
_LONGEST_NUMBER = 10
_UNPACKED, _PACKED = 2, 3
# Thrift's types, as the compact protocol numbers them.
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_INTEGERS = (4, 5, 6)


def check_pages(
    file: BinaryIO, group: Any, columns: Collection[str] | None, most: int = MOST_BYTES
) -> None:
    """Returns where no page of a row group (`RowGroupMetaData`), in these columns (None: all),
    unpacks to more than `most` bytes.

    Raises TooLarge, naming the column, where one does, and UnreadableDocument for a header that is
    none.
    """
    for index in range(group.num_columns):
        chunk = group.column(index)
        name = chunk.path_in_schema.split(".")[0]
        if columns is not None and name not in columns:
            continue
        start = min(filter(None, (chunk.dictionary_page_offset, chunk.data_page_offset)), default=0)
        end = start + chunk.total_compressed_size
        while start < end:
            file.seek(start)
            sizes = _header(file)
            unpacked, packed = sizes.get(_UNPACKED, -1), sizes.get(_PACKED, -1)
            if unpacked < 0 or packed < 0:
                raise UnreadableDocument(f"the page at byte {start:,} has no size")
            if unpacked > most:
                raise TooLarge(
                    f"a page of the column {name[:40]!r} unpacks to {unpacked:,} bytes; at most "
                    f"{most:,} are read: write the file with smaller pages"
                )
            start = file.tell() + packed


def _header(file: BinaryIO) -> dict[int, int]:
    """The whole numbers of a structure, by their fields; the file stands behind it."""
    found: dict[int, int] = {}
    field = 0
    while head := _byte(file):
        field = field + (head >> 4) if head >> 4 else _zigzag(_varint(file))
        kind = head & 0x0F
        if kind in _INTEGERS:
            found[field] = _zigzag(_varint(file))
        else:
            _skip(file, kind, 1)
    return found


def _skip(file: BinaryIO, kind: int, depth: int, *, element: bool = False) -> None:
    if depth > _DEEPEST:
        raise UnreadableDocument("a page's header is nested too deep")
    if kind in (_TRUE, _FALSE):
        # In a list each takes a byte; as a field it is its type.
        file.seek(int(element), 1)
    elif kind == _BYTE:
        file.seek(1, 1)
    elif kind in _INTEGERS:
        _varint(file)
    elif kind == _DOUBLE:
        file.seek(8, 1)
    elif kind == _BINARY:
        file.seek(_varint(file), 1)
    elif kind in (_LIST, _SET):
        head = _byte(file)
        count = head >> 4 if head >> 4 < 15 else _varint(file)
        for _ in range(count):
            _skip(file, head & 0x0F, depth + 1, element=True)
    elif kind == _STRUCT:
        while head := _byte(file):
            if not head >> 4:
                _varint(file)
            _skip(file, head & 0x0F, depth + 1)
    else:
        raise UnreadableDocument("a page's header is none")


def _byte(file: BinaryIO) -> int:
    piece = file.read(1)
    if not piece:
        raise UnreadableDocument("it ends in the middle of a page's header")
    return piece[0]


def _varint(file: BinaryIO) -> int:
    value = 0
    for place in range(_LONGEST_NUMBER):
        byte = _byte(file)
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value
    raise UnreadableDocument("a page's header holds a number without end")


def _zigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)
