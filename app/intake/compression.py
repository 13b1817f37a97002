"""gzip and Zstandard streams, unpacked piece by piece: whatever they unpack to, memory is flat."""

import io
import zlib
from abc import abstractmethod
from collections.abc import Buffer, Mapping
from typing import BinaryIO, Literal

from app.errors import ParallaxError, TooLarge, UnreadableDocument

type Packing = Literal["gzip", "zstd"]

SUFFIXES: Mapping[str, Packing] = {
    ".gz": "gzip",
    ".gzip": "gzip",
    ".zst": "zstd",
    ".zstd": "zstd",
}
_MAGIC: Mapping[bytes, Packing] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
# Bytes that tell one from another.
OPENING = 4
_NAMES: Mapping[Packing, str] = {"gzip": "gzip", "zstd": "Zstandard"}
_PACKED = 65_536
_UNPACKED = 65_536
# What an error in the middle of a piece takes along with it: Arrow gives a piece whole or not.
_ZSTD_PIECE = 4_096


def packing_of(opening: bytes) -> Packing | None:
    """How a file is compressed, by its first four bytes; None where it is not."""
    return next((found for magic, found in _MAGIC.items() if opening.startswith(magic)), None)


def unpacked(file: BinaryIO, packing: Packing, *, most: int | None = None) -> BinaryIO:
    """The stream that `file` unpacks to, all members or frames of it, one after the other.

    Reading raises UnreadableDocument, with the place in the file, where it is damaged or breaks
    off, and TooLarge past `most` bytes: each time, when all that came before has been read.
    `file` stays its owner's to close.
    """
    counted = _Counted(file)
    raw = _Gzip(counted, most) if packing == "gzip" else _Zstd(counted, most)
    return io.BufferedReader(raw, _UNPACKED)


class _Counted(io.RawIOBase):
    """The packed stream, and how many of its bytes have been read."""

    def __init__(self, file: BinaryIO) -> None:
        self.at = 0
        # read1 gives what a slow pipe has by now; read would wait for the whole piece.
        self._more = getattr(file, "read1", file.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        piece = self._more(len(target))
        self.at += len(piece)
        target[: len(piece)] = piece
        return len(piece)


class _Unpacking(io.RawIOBase):
    """Bounds what comes out, and stays at the first error."""

    packing: Packing

    def __init__(self, packed: _Counted, most: int | None) -> None:
        self._packed = packed
        self._most = most
        self._given = 0
        self._damage: ParallaxError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        if self._damage:
            raise self._damage
        try:
            piece = self._next(len(target))
            self._given += len(piece)
            if self._most is not None and self._given > self._most:
                raise TooLarge(
                    f"it unpacks to more than {self._most:,} bytes; nothing after them was read"
                )
        except ParallaxError as damage:
            self._damage = damage
            raise
        target[: len(piece)] = piece
        return len(piece)

    @abstractmethod
    def _next(self, size: int) -> bytes:
        """Up to `size` bytes, none at the end."""

    def _broken(self, how: str) -> UnreadableDocument:
        name = _NAMES[self.packing]
        return UnreadableDocument(
            f"its {name} data {how} near byte {self._packed.at:,}; nothing after that was read"
        )


class _Gzip(_Unpacking):
    packing = "gzip"

    def __init__(self, packed: _Counted, most: int | None) -> None:
        super().__init__(packed, most)
        self._rest = b""
        self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._begun = False

    def _next(self, size: int) -> bytes:
        while True:
            if not self._rest:
                self._rest = self._packed.read(_PACKED) or b""
                if not self._rest:
                    if self._begun:
                        raise self._broken("breaks off in the middle,")
                    return b""
            if not self._begun and not self._opens():
                return b""
            try:
                piece = self._member.decompress(self._rest, size)
            except zlib.error:
                raise self._broken("is damaged") from None
            self._rest = self._member.unconsumed_tail
            if self._member.eof:
                self._rest = self._member.unused_data
                self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                self._begun = False
            if piece:
                return piece

    def _opens(self) -> bool:
        """Whether another member follows; zeros that pad the file are its end."""
        self._begun = bool(self._rest.strip(b"\0"))
        if not self._begun:
            self._rest = b""
            while rest := self._packed.read(_PACKED):
                if rest.strip(b"\0"):
                    raise self._broken("is followed by something else")
        return self._begun


class _Zstd(_Unpacking):
    packing = "zstd"

    def __init__(self, packed: _Counted, most: int | None) -> None:
        # Here, because it takes 40 MB that only such files need.
        import pyarrow

        super().__init__(packed, most)
        # It refuses frames that would need a window of more than 128 MB.
        self._stream = pyarrow.CompressedInputStream(pyarrow.PythonFile(packed, "r"), "zstd")

    def _next(self, size: int) -> bytes:
        try:
            return bytes(self._stream.read(min(size, _ZSTD_PIECE)))
        except OSError as error:
            truncated = "Truncated" in str(error)
            raise self._broken("breaks off in the middle," if truncated else "is damaged") from None
