"""Records as few bytes, as the store keeps them."""

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence

import orjson

# Smaller by a tenth than at the fastest level; a text of 400 words takes a tenth of a millisecond.
_LEVEL = 6
# Signed whole numbers of 1, 2, 4 and 8 bytes.
_SIZES = ("b", "h", "i", "q")


def pack(value: object) -> bytes:
    """JSON (RFC 8259) of plain values and dataclasses, deflated (RFC 1950)."""
    return deflate(orjson.dumps(value))


def unpack(blob: bytes) -> object:
    """What `pack` packed, as plain lists, dicts and scalars."""
    return orjson.loads(zlib.decompress(blob))


def pack_like(value: object, text: str) -> bytes:
    """As `pack`, for a value that holds much of a text: what the text has is not kept again."""
    return deflate(orjson.dumps(value), text)


def unpack_like(blob: bytes, text: str) -> object:
    """What `pack_like` packed beside the same text."""
    return orjson.loads(inflate(blob, text))


def deflate(data: bytes, like: str = "") -> bytes:
    """Bytes deflated; what a text has that will be at hand again is not kept."""
    if not like:
        return zlib.compress(data, _LEVEL)
    deflating = zlib.compressobj(_LEVEL, zdict=like.encode())
    return deflating.compress(data) + deflating.flush()


def inflate(blob: bytes, like: str = "") -> bytes:
    """What `deflate` deflated beside the same text."""
    if not like:
        return zlib.decompress(blob)
    return zlib.decompressobj(zdict=like.encode()).decompress(blob)


def pack_columns(head: object, columns: Iterable[Sequence[int]]) -> bytes:
    """Columns of whole numbers under a head (plain values), deflated: each in the least size that
    holds it, all first bytes before all second ones."""
    kept = [_column(each) for each in columns]
    sizes = [(each.typecode, len(each)) for each in kept]
    return deflate(b"\n".join((orjson.dumps([head, sizes]), b"".join(map(_planes, kept)))))


def unpack_columns(blob: bytes) -> tuple[object, list[array[int]]]:
    """The head and the columns that `pack_columns` packed."""
    opening, _, body = zlib.decompress(blob).partition(b"\n")
    head, sizes = orjson.loads(opening)
    columns, at = [], 0
    for code, length in sizes:
        column = array(code)
        end = at + length * column.itemsize
        column.frombytes(_rows(body[at:end], column.itemsize))
        if sys.byteorder == "big":
            column.byteswap()
        columns.append(column)
        at = end
    return head, columns


def json_text(value: object) -> str:
    """JSON as the database's own functions read it."""
    return orjson.dumps(value).decode()


def _column(values: Sequence[int]) -> array[int]:
    widest = max(max(values, default=0), -min(values, default=0) - 1)
    code = next(each for each in _SIZES if widest < 1 << (array(each).itemsize * 8 - 1))
    return array(code, values)


def _planes(column: array[int]) -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    whole = column.tobytes()
    return b"".join(whole[first :: column.itemsize] for first in range(column.itemsize))


def _rows(planes: bytes, size: int) -> bytes:
    if size == 1:
        return planes
    rows, length = bytearray(len(planes)), len(planes) // size
    for plane in range(size):
        rows[plane::size] = planes[plane * length : (plane + 1) * length]
    return bytes(rows)
