"""Text out of a binary stream, a piece at a time: a file of any length needs little memory."""

import codecs
import io
from collections.abc import Buffer
from typing import BinaryIO

from app.errors import ParallaxError, UnreadableDocument

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Rejoined(io.RawIOBase):
    """A stream of which `head` was read already, whole again; closing it leaves `rest` open."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        # read1 gives what a slow pipe has by now; read would wait for the whole piece.
        self._more = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        piece = self._head[: len(target)] or self._more(len(target))
        self._head = self._head[len(piece) :]
        target[: len(piece)] = piece
        return len(piece)


def rejoined(head: bytes, rest: BinaryIO) -> io.BufferedReader:
    """The stream that opens with `head` and goes on with `rest`."""
    return io.BufferedReader(Rejoined(head, rest), 65_536)


class TextStream:
    """The text of a UTF-8 stream, its byte order mark left out."""

    def __init__(self, file: BinaryIO, *, newline: str = "\n") -> None:
        """`newline` is what ends a line: "\\n", or "" for any of the three ends.

        Raises UnreadableDocument where the stream is marked as UTF-16.
        """
        head = file.read(4)
        if head.startswith(_WIDE_MARKS):
            raise UnreadableDocument("this is UTF-16, where rows are UTF-8; save it as UTF-8")
        mark = codecs.BOM_UTF8 if head.startswith(codecs.BOM_UTF8) else b""
        self._offset = len(mark)
        # Bytes that are no UTF-8 come out as lone surrogates, so that one bad line can be told
        # from the good ones around it.
        self._bytes = rejoined(head[len(mark) :], file)
        self._text = io.TextIOWrapper(
            self._bytes, encoding="utf-8", errors="surrogateescape", newline=newline
        )
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._damage: ParallaxError | None = None
        self._over = False

    def read(self, size: int) -> str:
        """Up to `size` characters, none at the end; not to be mixed with `readline`.

        Raises UnreadableDocument, naming the offset in bytes, for what is no UTF-8; the next call
        goes on behind it. What the stream itself raises comes after all that stood before.
        """
        parts: list[str] = []
        left = size
        while left > 0 and self._damage is None:
            try:
                piece = self._bytes.read1(left)
            except ParallaxError as damage:
                self._damage = damage
                break
            parts.append(self._decoder.decode(piece, not piece))
            left -= len(parts[-1])
            if not piece:
                break
        text = self._checked("".join(parts))
        if self._damage and not text:
            return self._ended(self._damage)
        return text

    def readline(self, size: int) -> str:
        """A line with its end, or the first `size` characters of a longer one; errors as `read`,
        and of a line that the stream breaks off in nothing is given."""
        try:
            line = self._text.readline(size)
        except ParallaxError as damage:
            return self._ended(damage)
        return self._checked(line)

    def _ended(self, damage: ParallaxError) -> str:
        """Raises what the stream raised, the first time; from then on it is at its end."""
        if self._over:
            return ""
        self._over = True
        raise damage

    def _checked(self, text: str) -> str:
        offset = self._offset
        try:
            self._offset += len(text) if text.isascii() else len(text.encode("utf-8"))
        except UnicodeEncodeError as error:
            self._offset += len(text.encode("utf-8", "surrogateescape"))
            place = offset + len(text[: error.start].encode("utf-8"))
            byte = ord(text[error.start]) - 0xDC00
            raise UnreadableDocument(
                f"the byte at offset {place} (0x{byte:02X}) is not valid UTF-8; "
                "save the file as UTF-8"
            ) from None
        return text
