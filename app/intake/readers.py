"""Paths, uploads and standard input into Rows."""

import io
import os
from collections.abc import Buffer, Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.errors import InvalidInput, ParallaxError
from app.intake import compression, manifest, parquet, warc
from app.intake.articlefiles import check_size, html_columns, markdown_columns, text_columns
from app.intake.kinds import Kind, kind_of, opening_of, sniff
from app.intake.rowfiles import Take, csv_rows, json_rows, ndjson_rows
from app.intake.rows import Row
from app.intake.textstream import rejoined

# Bytes of a document, characters of a row. As much as is fetched of a page by default.
LIMIT = 10_000_000
STDIN = "-"

type Heard = Callable[[int], None]

_COLUMNS = {"html": html_columns, "markdown": markdown_columns}


def size_of(paths: Iterable[str | Path]) -> int | None:
    """The bytes of files and folders on disk; None where one of them cannot be told: standard
    input, or what is not there."""
    size = 0
    for path in paths:
        place = Path(path)
        if place.is_dir():
            size += sum(_size(place / each) for each in walk(place))
        elif place.is_file():
            size += _size(place)
        else:
            return None
    return size


def read_path(
    path: str | Path,
    *,
    stdin: BinaryIO | None = None,
    limit: int = LIMIT,
    heard: Heard | None = None,
) -> Iterator[Row]:
    """The Rows of a file, of a folder (see `read_folder`), or of `stdin` where the path is "-".

    A file's name says what it is: .ndjson and .jsonl (also as a manifest, whose rows name files
    beside it), .json, .csv and .tsv, .parquet, .warc, .html, .xml .rss and .atom (feeds), .md
    (Markdown) and .txt, both with front matter or without. Any other name, and standard input, is
    sniffed: Parquet, WARC, JSON or NDJSON where it opens like it, HTML, a feed, CSV where the first
    line names the columns of a row, else plain text. Each may be compressed with gzip or Zstandard,
    which its first bytes say, whatever its name. A path that is not there gives a Row with
    its error. Rows are read as they are asked for; `limit` bounds each document in bytes and each
    row in characters, unpacked. `heard` is told how many bytes of files have been read, as they
    are on disk.
    """
    if str(path) == STDIN:
        if stdin is None:
            raise ValueError("reading standard input needs a stream")
        yield from read_file(None, stdin, limit=limit)
        return
    place = Path(path)
    if place.is_dir():
        yield from read_folder(place, limit=limit, heard=heard)
        return
    take = manifest.taker(manifest.DiskFolder(place.parent), limit)
    yield from _disk_file(str(path), place, take, limit, heard, line=1)


def read_folder(root: Path, *, limit: int = LIMIT, heard: Heard | None = None) -> Iterator[Row]:
    """The Rows of a folder: of its manifest (articles.jsonl or manifest.jsonl), else of every file
    in it and its folders, sorted by path. Hidden files and README files are left out; a symbolic
    link that leads outside of the folder, and a file that is no text, give a Row with the error.
    """
    folder = manifest.DiskFolder(root)
    take = manifest.taker(folder, limit)
    for name in manifest.NAMES:
        if (root / name).is_file():
            yield from _disk_file(str(root / name), root / name, take, limit, heard, line=1)
            return
    for number, path in enumerate(walk(root), 1):
        shown = str(root / path)
        try:
            found = folder.inside(path)
        except ParallaxError as error:
            yield Row(number, shown, None, error)
            continue
        yield from _disk_file(shown, found, manifest.taker(None, limit), limit, heard, line=number)


def read_uploads(
    files: Sequence[tuple[str, BinaryIO]], *, limit: int = LIMIT, most: int | None = None
) -> Iterator[Row]:
    """The Rows of files sent together, in their order, each by its name as `read_path` reads it.
    Where one is a manifest, it alone says what is read, and finds the others by their names; they
    must be seekable then. No file may unpack to more than `most` bytes."""
    for name, file in files:
        if PurePosixPath(name).name in manifest.NAMES and len(files) > 1:
            beside = PurePosixPath(name).parent
            others = {_relative(other, beside): stream for other, stream in files}
            take = manifest.taker(manifest.UploadedFolder(others), limit)
            yield from _rows(name, file, take, limit, line=1, most=most)
            return
    for number, (name, file) in enumerate(files, 1):
        yield from _rows(name, file, manifest.taker(None, limit), limit, line=number, most=most)


def read_file(
    name: str | None, file: BinaryIO, *, limit: int = LIMIT, most: int | None = None
) -> Iterator[Row]:
    """The Rows of one open file, by its name (None: sniffed) as `read_path` reads it; it may unpack
    to no more than `most` bytes."""
    yield from _rows(name, file, manifest.taker(None, limit), limit, line=1, most=most)


def read_bytes(name: str | None, content: bytes, *, limit: int = LIMIT) -> Iterator[Row]:
    """The Rows of a file's content, by its name (None: sniffed) as `read_path` reads it."""
    yield from read_file(name, io.BytesIO(content), limit=limit)


def _rows(
    name: str | None,
    packed: BinaryIO,
    take: Take,
    limit: int,
    *,
    line: int,
    most: int | None = None,
) -> Iterator[Row]:
    """The Rows of one file, unpacked (to `most` bytes at most) where it is compressed."""
    try:
        file, kind = _opened(name, packed, most)
    except ParallaxError as error:
        yield Row(line, name, None, error)
        return
    if kind == "ndjson":
        yield from ndjson_rows(name, file, take, limit)
    elif kind == "json":
        yield from json_rows(name, file, take, limit)
    elif kind == "csv":
        yield from csv_rows(name, file, take, limit)
    elif kind == "parquet":
        yield from parquet.parquet_rows(name, file, take, limit)
    elif kind == "warc":
        yield from warc.warc_rows(name, file, limit)
    elif kind == "feed":
        yield from _feed_rows(name, file, limit)
    else:
        columns = _COLUMNS.get(kind, text_columns)
        try:
            content = check_size(file.read(limit + 1), limit)
            yield Row(line, name, take(columns(content)), None)
        except ParallaxError as error:
            yield Row(line, name, None, error)


def _opened(name: str | None, file: BinaryIO, most: int | None) -> tuple[BinaryIO, Kind]:
    """A file unpacked, from its beginning, and what it is.

    Raises UnreadableDocument or TooLarge where already its opening cannot be unpacked.
    """
    opening = file.read(compression.OPENING)
    if file.seekable():
        file.seek(-len(opening), io.SEEK_CUR)
    else:
        file = rejoined(opening, file)
    packing = compression.packing_of(opening)
    if packing:
        file = compression.unpacked(file, packing, most=most)
    kind = kind_of(name)
    if kind is not None:
        return file, kind
    head = opening_of(file)
    kind = sniff(head)
    # Parquet is read from its end, which a stream that was put together again does not have.
    if file.seekable() and not packing:
        file.seek(-len(head), io.SEEK_CUR)
        return file, kind
    return rejoined(head, file), kind


def _feed_rows(name: str | None, file: BinaryIO, limit: int) -> Iterator[Row]:
    # Here, because the feed parser costs 10 MB that only feeds need.
    from app.intake.feeds import feed_entries

    try:
        feed = feed_entries(check_size(file.read(limit + 1), limit))
    except ParallaxError as error:
        yield Row(1, name, None, error)
        return
    for entry in feed.entries:
        yield Row(entry.number, name, entry.submission, entry.error)


class _CountedFile(io.FileIO):
    """A file on disk that counts the bytes that are read of it, in whatever order."""

    read_bytes = 0

    def readinto(self, buffer: Buffer, /) -> int | None:
        count = super().readinto(buffer)
        self.read_bytes += count or 0
        return count


def _disk_file(
    name: str, path: Path, take: Take, limit: int, heard: Heard | None, *, line: int
) -> Iterator[Row]:
    try:
        counted = _CountedFile(path)
        size = os.fstat(counted.fileno()).st_size
    except OSError as error:
        detail = f"{name!r} cannot be read: {error.strerror}"
        yield Row(line, name, None, InvalidInput(detail))
        return
    told = 0
    with io.BufferedReader(counted) as file:
        for row in _rows(name, file, take, limit, line=line):
            if heard and told < (now := min(counted.read_bytes, size)):
                heard(now - told)
                told = now
            yield row
    if heard:
        heard(size - told)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def walk(root: Path) -> Iterator[PurePosixPath]:
    """The files of a folder and of those in it, sorted, without hidden ones and READMEs."""
    with os.scandir(root) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name.startswith(".") or entry.name.upper().split(".")[0] == "README":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from (PurePosixPath(entry.name) / path for path in walk(root / entry.name))
        else:
            yield PurePosixPath(entry.name)


def _relative(name: str, folder: PurePosixPath) -> str:
    path = PurePosixPath(name)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else name
