"""Characters as an article has them: mojibake mended, white space single, invisible ones gone."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ftfy
from ftfy.badness import is_bad

# (start in the clean text, start in the raw text, length), ascending; equal characters only.
type Segments = tuple[tuple[int, int, int], ...]

# Zero-width space, joiner of words, byte order mark, soft hyphen, Mongolian separator, the marks
# and overrides of writing direction, the object placeholder: they split a name in two without
# showing it. The zero-width joiners stay: Persian, Hindi and emoji are spelt with them.
_INVISIBLE = (
    "\u200b\u2060\ufeff\u00ad\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufffc"
)
_BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c not in "\x1c\x1d\x1e\x1f")
_EDGE = _BLANK + _INVISIBLE + "".join(map(chr, (*range(9), *range(14, 32), 127)))
_RUN = re.compile(rf"[{_EDGE}]{{2,}}|(?! )[{_EDGE}]")
_HAS_BLANK = re.compile(f"[{_BLANK}]")
_C1 = re.compile("[\x80-\x9f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_LINE_END = re.compile("[\n\r\v\f\u2028\u2029]")

# Windows-1252 as its browsers read it: the five bytes that it leaves open stay controls.
_WINDOWS_1252 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text with the way back to the raw text that it was taken from."""

    text: str
    segments: Segments


def mapped(raw: str, start: int, end: int) -> Mapped:
    """The stretch `[start, end)` of a raw text as one clean paragraph.

    Mojibake is repaired, white space of any kind and length becomes one blank (none at the
    ends), invisible and control characters go, a line broken after a hyphen is joined without a
    blank. Linear in the length.
    """
    piece = raw[start:end]
    whole = Mapped(piece, ((0, start, len(piece)),) if piece else ())
    if not piece.isascii():
        whole = _edited(whole, _repairs(piece))
    return _edited(whole, _blanks(whole.text))


def _repairs(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that undo mojibake (UTF-8 read as another encoding, Windows-1252 as Latin-1).

    UTF-8 read wrongly turns each character beyond ASCII into a run of such characters, so that
    each run can be mended alone and the ASCII between them keeps its place.
    """
    bad = is_bad(text)
    mended: dict[str, str] = {}
    for run in _NOT_ASCII.finditer(text) if bad or _C1.search(text) else ():
        old = run.group()
        if old not in mended:
            new = ftfy.fix_encoding(old) if bad and is_bad(old) else old
            mended[old] = _C1.sub(lambda c: _WINDOWS_1252[ord(c.group())], new)
        if mended[old] != old:
            yield run.start(), run.end(), mended[old]


def _blanks(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that leave one blank where there is white space, and nothing at either end."""
    first = len(text) - len(text.lstrip(_EDGE))
    last = max(first, len(text.rstrip(_EDGE)))
    if first:
        yield 0, first, ""
    for run in _RUN.finditer(text, first, last):
        start, end = run.span()
        blank = _HAS_BLANK.search(run.group()) and not _is_hyphenation(text, start, end)
        yield start, end, " " if blank else ""
    if last < len(text):
        yield last, len(text), ""


def _is_hyphenation(text: str, start: int, end: int) -> bool:
    return (
        start > 1
        and text[start - 1] in "-\u2010"
        and text[start - 2].isalpha()
        and text[end].isalpha()
        and _LINE_END.search(text, start, end) is not None
    )


def _edited(whole: Mapped, edits: Iterable[tuple[int, int, str]]) -> Mapped:
    """The text with edits (ascending, apart from one another) made, its map following."""
    parts: list[str] = []
    segments: list[tuple[int, int, int]] = []
    length = at = 0

    def keep(start: int, end: int) -> None:
        nonlocal length
        for clean, raw, size in cut(whole.segments, start, end):
            segments.append((length + clean - start, raw, size))
        parts.append(whole.text[start:end])
        length += end - start

    for start, end, new in edits:
        keep(at, start)
        # A blank that stays a blank keeps its place in the raw text.
        blank = whole.text.find(" ", start, end) if new == " " else -1
        if blank >= 0:
            keep(blank, blank + 1)
        else:
            parts.append(new)
            length += len(new)
        at = end
    if not at:
        return whole
    keep(at, len(whole.text))
    return Mapped("".join(parts), joined(segments))


def cut(segments: Segments, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The segments, trimmed, that lie in `[start, end)` of the clean text."""
    first = max(0, bisect_right(segments, start, key=lambda s: s[0]) - 1)
    for index in range(first, len(segments)):
        clean, raw, size = segments[index]
        if clean >= end:
            return
        low, high = max(clean, start), min(clean + size, end)
        if low < high:
            yield low, raw + low - clean, high - low


def joined(segments: Iterable[tuple[int, int, int]]) -> Segments:
    """The same map with segments that continue one another made one."""
    whole: list[tuple[int, int, int]] = []
    for clean, raw, size in segments:
        if whole:
            c, r, s = whole[-1]
            if c + s == clean and r + s == raw:
                whole[-1] = (c, r, s + size)
                continue
        whole.append((clean, raw, size))
    return tuple(whole)
