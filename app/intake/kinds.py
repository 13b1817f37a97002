"""What kind of file one is: by its name, else by its opening."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from app.domain.json_text import NotJson, read_json
from app.errors import InvalidInput, ParallaxError
from app.intake import compression, parquet, warc
from app.intake.rowfiles import csv_header

type Kind = Literal["ndjson", "json", "csv", "parquet", "warc", "html", "feed", "text", "markdown"]

_KINDS: Mapping[str, Kind] = {
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
}
_HEAD = 65_536
_MARKUP_HEAD = 4_096
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|\w+:feed)[\s>]")
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_WRAPPED = re.compile(rb'\{\s*"articles"\s*:\s*\[')


def kind_of(name: str | None) -> Kind | None:
    """What a file is by its name, without that of its compression; None where that says nothing."""
    return _KINDS.get(_suffix(PurePosixPath(name))) if name else None


def sniff(head: bytes) -> Kind:
    """What a document is, from its opening (a line at least, and 4096 bytes of markup)."""
    if head.startswith(parquet.MAGIC):
        return "parquet"
    if head.startswith(warc.MAGIC):
        return "warc"
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if opening.startswith(b"["):
        return "json"
    if opening.startswith(b"{"):
        return _sniff_object(opening)
    if opening.startswith(b"<"):
        html, feed = _HTML_ROOT.search(opening), _FEED_ROOT.search(opening)
        return "feed" if feed and not (html and html.start() < feed.start()) else "html"
    try:
        csv_header(opening.split(b"\n", 1)[0].decode("utf-8"))
    except (InvalidInput, UnicodeDecodeError):
        return "text"
    return "csv"


def _sniff_object(opening: bytes) -> Kind:
    line = opening.split(b"\n", 1)[0]
    if _WRAPPED.match(opening):
        return "json"
    try:
        found = read_json(line.decode("utf-8", "replace"))
    except NotJson:
        # A broken line of NDJSON still closes its brace; one of a laid-out object does not.
        return "ndjson" if line.rstrip().endswith(b"}") or len(line) >= _HEAD else "json"
    return "json" if isinstance(found, dict) and "articles" in found else "ndjson"


def opening_of(file: BinaryIO) -> bytes:
    """Enough of a stream to sniff it: its first line that is not blank, 4096 bytes of markup. A
    line at a time, since more may be long in coming through a pipe."""
    head, told = bytearray(), b""
    while len(head) < _HEAD:
        try:
            line = file.readline(_HEAD - len(head))
        except ParallaxError:
            # Whoever reads on is told.
            break
        told = told or (line if head else line.removeprefix(b"\xef\xbb\xbf")).strip()
        head += line
        if not line or (told and (not told.startswith(b"<") or len(head) >= _MARKUP_HEAD)):
            break
    return bytes(head)


def _suffix(path: PurePosixPath) -> str:
    """What kind of file a name says, that of its compression left out."""
    suffix = path.suffix.lower()
    return path.with_suffix("").suffix.lower() if suffix in compression.SUFFIXES else suffix
