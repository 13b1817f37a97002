"""Web archives (WARC, ISO 28500) into Rows: the HTML pages that were answered with 200.

As Common Crawl News, wget and browsers' crawlers write them. What else an archive holds (requests,
images, redirects, pages that were not found) is passed over.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import BinaryIO, Protocol

from app.domain.article import Submission
from app.errors import ParallaxError, TooLarge, UnreadableDocument
from app.intake.documents import decode
from app.intake.rows import Row, submission_from_row

MAGIC = b"WARC/"
_VERSION = re.compile(rb"WARC/\d+\.\d+\s*")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_PAGES = ("text/html", "application/xhtml+xml")
# Of one line of a head, and of all lines of one; Apache takes 8 kB and a hundred lines.
_LONGEST_LINE = 65_536
_MOST_LINES = 1_000
_PIECE = 65_536
_LONGEST_SHOWN = 60
_DIGITS = 15
_WINDOWS: Mapping[str, int] = {
    "gzip": zlib.MAX_WBITS | 16,
    "x-gzip": zlib.MAX_WBITS | 16,
    "deflate": zlib.MAX_WBITS,
}


class _Broken(Exception):
    """The archive cannot be read on; the message says why."""


class _Oversized(Exception):
    """A head is longer than any is; the message says how long."""


class _Lines(Protocol):
    def readline(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class _Block:
    """What is left of a record's block, as a stream that ends with it."""

    file: BinaryIO
    left: int

    def read(self, size: int) -> bytes:
        piece = self.file.read(min(size, self.left))
        self._taken(piece, min(size, self.left))
        return piece

    def readline(self, size: int, /) -> bytes:
        piece = self.file.readline(min(size, self.left))
        self._taken(piece, min(1, size, self.left))
        return piece

    def _taken(self, piece: bytes, due: int) -> None:
        if len(piece) < due:
            raise _Broken(f"it ends {self.left - len(piece):,} bytes before its record does")
        self.left -= len(piece)

    def skip(self) -> None:
        while self.left:
            self.read(_PIECE)


def warc_rows(name: str | None, file: BinaryIO, limit: int) -> Iterator[Row]:
    """A Row for each page of an archive (unpacked), its line the number of the record: its HTML,
    in the charset that its server or itself names, and the address that it was asked for.

    Responses that are no page, or of another status than 200, are Rows that say why they are
    `passed` over. A page of more than `limit` bytes is a Row with its error. What follows a record
    that is broken is not read, since where the next one opens cannot be told.
    """
    number, at = 0, 0
    try:
        while True:
            number += 1
            head, size = _record_head(file)
            if head is None:
                return
            length = _length(head)
            block = _Block(file, length)
            row = _row(number, name, head, block, limit)
            block.skip()
            if row is not None:
                yield row
            at += size + length
    except _Broken as broken:
        detail = f"record {number}, at byte {at:,} of the archive, is broken: {broken}"
        yield Row(number, name, None, UnreadableDocument(f"{detail}; nothing after it was read"))
    except ParallaxError as error:
        yield Row(number, name, None, type(error)(f"in record {number}: {error.detail}"))


def _row(
    number: int, name: str | None, head: Mapping[str, str], block: _Block, limit: int
) -> Row | None:
    kind = head.get("warc-type", "").lower()
    if kind == "revisit":
        return Row(number, name, None, None, passed="a page that had not changed")
    if kind != "response":
        return None
    address = head.get("warc-target-uri", "").strip("<>")
    if not address.lower().startswith(("http://", "https://")):
        return Row(number, name, None, None, passed="no answer of a web server")
    status = _STATUS.match(block.readline(_LONGEST_LINE)) if block.left else None
    if status is None:
        return Row(number, name, None, None, passed="no answer of a web server")
    try:
        headers = _headers(block)
    except _Oversized as error:
        return Row(number, name, None, UnreadableDocument(f"{address[:200]}: {error}"))
    if status[1] != b"200":
        return Row(number, name, None, None, passed=f"status {status[1].decode()}")
    content_type, charset = _content_type(headers)
    if content_type not in _PAGES:
        return Row(number, name, None, None, passed=f"{content_type or 'no type'}, no HTML")
    sent = block.read(limit + 1)
    try:
        return Row(number, name, _page(address, _content(headers, sent, limit), charset), None)
    except ParallaxError as error:
        return Row(number, name, None, type(error)(f"{address[:200]}: {error.detail}"))


def _page(address: str, content: bytes, charset: str | None) -> Submission:
    text = decode(content, charset)
    if not text.strip():
        raise UnreadableDocument("the page is empty")
    return submission_from_row({"html": text, "url": address})


def _record_head(file: BinaryIO) -> tuple[Mapping[str, str] | None, int]:
    """The headers of the next record and how many bytes stand before its block; None at the end."""
    size = 0
    while True:
        line = file.readline(_LONGEST_LINE)
        size += len(line)
        if not line:
            return None, size
        if line.strip():
            break
    if not _VERSION.fullmatch(line):
        shown = line[:_LONGEST_SHOWN].decode("ascii", "replace").strip()
        raise _Broken(f"{shown!r} stands where WARC/1.0 is due")
    counted = _CountedLines(file)
    try:
        return _headers(counted), size + counted.size
    except _Oversized as error:
        raise _Broken(str(error)) from None


class _CountedLines:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = 0

    def readline(self, size: int, /) -> bytes:
        line = self._file.readline(size)
        if not line:
            raise _Broken("it ends in the middle of a head")
        self.size += len(line)
        return line


def _headers(lines: _Lines) -> Mapping[str, str]:
    """The fields up to the blank line, by their names in lower case; of two of a name the first."""
    found: dict[str, str] = {}
    last = ""
    for _ in range(_MOST_LINES):
        line = lines.readline(_LONGEST_LINE)
        if len(line) >= _LONGEST_LINE:
            raise _Oversized(f"a line of its head has more than {_LONGEST_LINE:,} bytes")
        if not line.strip():
            return found
        text = line.decode("utf-8", "replace").rstrip()
        if text[0] in " \t":
            if last:
                found[last] += f" {text.strip()}"
            continue
        field, _, value = text.partition(":")
        last = field.strip().lower()
        if last in found:
            last = ""
        else:
            found[last] = value.strip()
    raise _Oversized(f"its head has more than {_MOST_LINES:,} lines")


def _length(head: Mapping[str, str]) -> int:
    said = head.get("content-length", "")
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise _Broken(f"its Content-Length is {said[:_LONGEST_SHOWN]!r}")
    return int(said)


def _content_type(headers: Mapping[str, str]) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = headers.get("content-type", "")
    if not headers.get("content-type"):
        return "", None
    return message.get_content_type(), message.get_content_charset()


def _content(headers: Mapping[str, str], sent: bytes, limit: int) -> bytes:
    """The content of a page, as it was before it was sent in chunks or compressed."""
    content = sent
    coding = headers.get("content-encoding", "identity").lower()
    if headers.get("transfer-encoding", "").lower() == "chunked":
        content = _joined(content)
    if coding in _WINDOWS and content:
        content = _inflated(content, coding, limit)
    elif coding not in ("identity", "", *_WINDOWS):
        raise UnreadableDocument(f"it is compressed with {coding[:_LONGEST_SHOWN]!r}")
    if len(content) > limit:
        raise TooLarge(f"the page has more than {limit:,} bytes")
    return content


def _joined(content: bytes) -> bytes:
    """The chunks of a body as one; a body that is not in chunks as it is, since crawlers often keep
    the header and not the chunks."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = content.find(b"\r\n", at, at + 64)
        try:
            size = int(content[at:end].split(b";")[0], 16) if end > 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(parts) if parts else content
        if size == 0:
            return b"".join(parts)
        parts.append(content[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _inflated(content: bytes, coding: str, limit: int) -> bytes:
    """The content unpacked, up to one byte past the limit; as it is where it is not packed, since
    crawlers often keep the header of what they have unpacked."""
    for window in (_WINDOWS[coding], -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(wbits=window).decompress(content, limit + 1)
        except zlib.error:
            continue
    return content
