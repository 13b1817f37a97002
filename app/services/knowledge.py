"""Knowledge files: large ones imported, all of them loaded and checked."""

import bz2
import gzip
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from app.domain.annotation import TYPES
from app.errors import InvalidInput
from app.intake.wikidata import Dump
from app.resolve.entries import entries_of, numbered_entries
from app.resolve.knowledge import Knowledge
from app.store.knowledge_file import ImportedCounts, KnowledgeFile, is_knowledge_file, write

# Bytes of the source between two calls of `progress`.
_STEP = 1 << 20
# A dump opens its array; our own rows are objects.
_ARRAY = b"["

type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items of a Wikidata dump are taken: names in `languages` (ISO 639-1), things of
    `types`, with at least so many articles (`sitelinks`) in all Wikipedias."""

    languages: Sequence[str] = ("en",)
    types: Collection[str] = TYPES
    sitelinks: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """A line (from 1) of a knowledge file that is wrong, and why."""

    line: int
    detail: str


def load(paths: Iterable[str | Path]) -> Knowledge:
    """Parallax's own knowledge with the files at `paths`: JSON Lines are read into memory, files
    that `import_knowledge` made are opened. Raises InvalidInput with file and line."""
    given = list(paths)
    large = [path for path in given if is_knowledge_file(path)]
    return Knowledge.load(
        [path for path in given if path not in large], [KnowledgeFile(path) for path in large]
    )


def import_knowledge(
    source: Path, target: Path, selection: Selection, progress: Progress
) -> ImportedCounts:
    """Writes the entries of a Wikidata dump, or of JSON Lines, to the indexed file `target`.

    Either may be compressed (.gz, .bz2). Line by line in bounded memory; `target` appears, or is
    replaced, only when all of it is written. `progress` hears the bytes of the source that are
    read, of how many. Raises InvalidInput with the line for one that is wrong.
    """
    size = source.stat().st_size if source.is_file() else 0
    with _opened(source) as (file, raw):
        lines = _whole(file, source)
        opening = next(lines, b"")
        lines = _followed(chain([opening], lines), raw, size, progress)
        if opening.strip().startswith(_ARRAY):
            dump = Dump(selection.languages, selection.types, selection.sitelinks)
            return write(target, dump.entries(lines, str(source)), dump.countries)
        return write(target, entries_of(source, lines), {})


def faults(source: Path) -> Iterator[Fault]:
    """The lines of a JSON Lines file (.gz and .bz2 too) that are no knowledge entries, and those
    with the id of an earlier line."""
    seen: dict[str, int] = {}
    with _opened(source) as (file, _):
        for number, entry in numbered_entries(_whole(file, source)):
            if isinstance(entry, str):
                yield Fault(number, entry)
            elif entry.id in seen:
                yield Fault(number, f"id {entry.id!r} stands in line {seen[entry.id]} already")
            else:
                seen[entry.id] = number


@contextmanager
def _opened(source: Path) -> Iterator[tuple[Iterable[bytes], BinaryIO]]:
    """The lines of a file, unpacked, and the file as it stands on disk."""
    try:
        raw = source.open("rb")
    except OSError as error:
        raise InvalidInput(f"{source} cannot be read: {error.strerror}") from error
    with raw:
        if source.suffix == ".gz":
            with gzip.open(raw, "rb") as unzipped:
                yield unzipped, raw
        elif source.suffix == ".bz2":
            with bz2.open(raw, "rb") as unzipped:
                yield unzipped, raw
        else:
            yield raw, raw


def _followed(
    lines: Iterable[bytes], raw: BinaryIO, size: int, progress: Progress
) -> Iterator[bytes]:
    told = 0
    for line in lines:
        yield line
        read = raw.tell()
        if read - told >= _STEP:
            told = read
            progress(read, size)
    progress(size, size)


def _whole(lines: Iterable[bytes], source: Path) -> Iterator[bytes]:
    """The lines. Raises InvalidInput where a compressed file is cut off or broken."""
    number = 0
    try:
        for line in lines:
            number += 1
            yield line
    except (EOFError, OSError, zlib.error) as error:
        raise InvalidInput(f"{source} breaks off behind line {number}: {error}") from error
