"""The body of an answer, with every bound checked while it streams."""

import zlib
from collections.abc import Iterator

import httpx

from app.errors import FetchFailed, TooLarge

ACCEPTED_ENCODINGS = "gzip, deflate"
_PIECE = 65_536


def read_body(response: httpx.Response, limit: int, *, cut: bool = False) -> bytes:
    """The body, decompressed; with `cut`, its first `limit` bytes of a longer one.

    The limit holds for the bytes on the wire and for those they unpack to, piece by piece, so
    that a compressed bomb takes no more memory than a page. Raises TooLarge, FetchFailed for a
    compression that was not asked for or is broken, and httpx.TransportError.
    """
    host = response.request.url.host
    said = response.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and len(said) < 20 and int(said) > limit and not cut:
        raise TooLarge(f"{host} announces {said} bytes; at most {limit} are fetched")
    content = bytearray()
    for piece in _unpacked(response, host):
        content += piece
        if len(content) > limit:
            if cut:
                return bytes(content[:limit])
            raise TooLarge(f"{host} sends more than {limit} bytes; it was broken off there")
    return bytes(content)


def _unpacked(response: httpx.Response, host: str) -> Iterator[bytes]:
    if response.is_stream_consumed:
        # A transport that holds its answers in memory (httpx.MockTransport) gives them read.
        yield response.content
        return
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed(f"{host} compresses with {encoding[:40]!r}, which was not asked for")
    unpacker = None
    try:
        for piece in response.iter_raw():
            if unpacker is None and piece:
                unpacker = zlib.decompressobj(wbits=_window(encoding, piece))
            packed = piece
            while packed and unpacker is not None and not unpacker.eof:
                yield unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
        if unpacker is not None and not unpacker.eof:
            yield unpacker.flush()
            if not unpacker.eof:
                raise FetchFailed(f"{host} broke off in the middle of the compressed answer")
    except zlib.error:
        raise FetchFailed(f"{host} sends {encoding} that cannot be unpacked") from None


def _window(encoding: str, piece: bytes) -> int:
    """What zlib calls the format. 'deflate' means zlib's, yet some servers send it bare."""
    if encoding != "deflate":
        return zlib.MAX_WBITS | 16
    zlib_header = piece[0] & 0x0F == 8 and int.from_bytes(piece[:2]) % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
