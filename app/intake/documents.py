"""Bytes into text: what encoding they are in, or why they are no text."""

import codecs
import re

from app.errors import UnreadableDocument

# How a file of each kind opens. Only kinds that people mistake for articles are listed; any other
# is told by its control characters.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel or EPUB file, which are such)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"{\\rtf", "a Rich Text (RTF) document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"wOF2", "a font"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32's little-endian mark opens with UTF-16's, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Escape stays out: ISO-2022 texts switch alphabets with it.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_META = re.compile(rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s{0,100}<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
# HTML must say its charset within 1024 bytes (WHATWG, "prescan a byte stream"); pages with long
# scripts before it do not.
_PRESCAN = 4096
_SAMPLE = 65_536
_MOST_CONTROLS = 0.02
# Servers and editors say these without looking, so they yield to bytes that are valid UTF-8.
_LATIN = ("cp1252", "ascii")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# An escaped byte; a broken sequence of UTF-8 is one.
_STRAY = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]+|[\udc80-\udcff]")
# A text in an older encoding has more letters beyond ASCII, markup counted in, unless it is English
# with a few quotation marks of windows-1252.
_MOST_STRAY = 0.002
# Of the pairs of bytes in other encodings fewer happen to be UTF-8: one in five in Chinese ones.
_LEAST_UTF8 = 0.5


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of a document, without a byte order mark.

    In this order: byte order mark, the charset `declared` with it (a Content-Type's), the one an
    HTML or XML document names itself, UTF-8, and what its bytes show beyond doubt. A charset that
    does not fit the bytes is passed over; one of the Latin family is also where the bytes are
    valid UTF-8. Labels are read as browsers read them ("latin-1" is windows-1252). UTF-8 with some
    stray bytes is still UTF-8: each costs one character, and is read as windows-1252, which such
    bytes were pasted from; what is no character there either becomes U+FFFD.

    Raises UnreadableDocument where the bytes are no text (it says what they look like), or in no
    encoding that can be told (it names the offset of the first byte that is not UTF-8).
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, skipped=len(mark))
    wide = _unmarked_utf16(content)
    if wide is not None:
        return _strictly(content, wide, skipped=0)
    binary = looks_binary(content)
    if binary is not None:
        raise UnreadableDocument(f"this looks like {binary}, not like text")
    utf8 = _attempt(content, "utf-8")
    for label in (declared, declared_charset(content)):
        named = _known(label)
        if named is None or (named in _LATIN and utf8 is not None):
            continue
        text = _attempt(content, named)
        if text is not None:
            return text
    if utf8 is not None:
        return utf8
    mended, right, stray = _mended_utf8(content)
    if right >= _LEAST_UTF8 * (right + stray) or stray <= _MOST_STRAY * len(content):
        return mended
    # Here alone, because the detector costs memory that few documents need.
    from app.intake.charsets import guess

    text = guess(content)
    if text is not None:
        return text
    return _strictly(content, "utf-8", skipped=0)


def looks_binary(content: bytes) -> str | None:
    """What bytes that are no text look like ("a PDF document"), or None where they may be text."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"RIFF") and content[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image or a recording"
    if content[4:8] == b"ftyp":
        return "an image or a recording"
    sample = content[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    if controls > 3 and controls > len(sample) * _MOST_CONTROLS:
        return "binary data"
    return None


def declared_charset(content: bytes) -> str | None:
    """The charset that an HTML or XML document names in its opening, as written, or None."""
    head = content[:_PRESCAN]
    match = _XML.search(head) or _META.search(head)
    return match.group(1).decode("ascii", "replace") if match else None


def _known(label: str | None) -> str | None:
    """Python's name for a charset label as browsers read it, or None for one unknown to both."""
    if not label:
        return None
    # A label such as "utf-16" in a meta element is wrong by construction: it was read as ASCII.
    from w3lib.encoding import resolve_encoding

    name = resolve_encoding(label.strip().strip("\"'"))
    if name is None or name.startswith(("utf-16", "utf-32")):
        return None
    return "gb18030" if name in ("gbk", "gb2312") else str(name)


def _mended_utf8(content: bytes) -> tuple[str, int, int]:
    """(the text with its stray bytes read as windows-1252, how many characters beyond ASCII were
    UTF-8, how many bytes or broken sequences were not)."""
    escaped = content.decode("utf-8", "surrogateescape")
    text, stray = _STRAY.subn(_windows_1252, escaped)
    right = len(_BEYOND_ASCII.findall(text)) - stray
    return text, right, stray


def _windows_1252(stray: re.Match[str]) -> str:
    byte = stray.group().encode("utf-8", "surrogateescape")
    # A sequence broken off is one lost character; a byte alone is a letter or a quotation mark.
    return byte.decode("cp1252", "replace") if len(byte) == 1 else "\ufffd"


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strictly(content: bytes, encoding: str, *, skipped: int) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + skipped
        raise UnreadableDocument(
            f"the byte at offset {offset} (0x{content[error.start]:02X}) is not valid "
            f"{encoding.upper()}, and no other encoding could be told; "
            "save it as UTF-8 or declare its charset"
        ) from None


def _unmarked_utf16(content: bytes) -> str | None:
    """Which UTF-16 bytes without a mark are in: text of mostly Latin letters has zero in nearly
    every other byte."""
    sample = content[:1024]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even == 0:
        return "utf-16-le"
    if even > half * 0.7 and odd == 0:
        return "utf-16-be"
    return None
