"""Documents in blocks, each annotated by itself into a Parquet file: the work of `parallax annotate
--out`, wherever it runs.

A block is named by the files that it comes from and its number in them, so that whoever does it
again writes the same file, and one that is there need not be done again.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import orjson

from app.domain.annotation import Analysis, AnalysisInput, Outcome
from app.domain.article import Submission
from app.errors import ParallaxError
from app.intake.annotated import Entry, annotated_table
from app.intake.places import Place, read_place, write_whole
from app.intake.submissions import pack, unpack
from app.services.ingest import read_document
from app.settings import Settings

# Characters of a block, however few documents they are.
_CHARS = 8_000_000
# Files that are read one after the other are taken together up to so many bytes or files, since
# a folder of a million pages is no million tasks.
_GROUP_BYTES = 64_000_000
_GROUP_FILES = 500
_SHOWN_ERRORS = 20

type Outcomes = Callable[[list[AnalysisInput]], list[Outcome]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: where to, at most how many documents to a block, and what a document is
    taken for that does not say."""

    out: str
    documents: int
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Documents that are annotated together, packed. `size` are the bytes of the files that were
    read for it, `passed` counts what was no document, `there` those that are annotated already."""

    name: str
    rows: bytes
    size: int
    passed: int
    there: int


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a block: its documents, how many of them failed and why the first did, and
    how many were there already."""

    name: str
    documents: int
    failed: int
    passed: int
    there: int
    size: int
    errors: tuple[str, ...]


def grouped(places: Sequence[Place]) -> list[list[Place]]:
    """The files in order, small ones together."""
    groups: list[list[Place]] = []
    size = 0
    for place in places:
        if not groups or size + place.size > _GROUP_BYTES or len(groups[-1]) >= _GROUP_FILES:
            groups.append([])
            size = 0
        groups[-1].append(place)
        size += place.size
    return groups


def blocks(group: Sequence[Place], order: Order, done: Collection[str]) -> Iterator[Block]:
    """The blocks of some files, without those whose names are in `done`."""
    key = _key(group, order)
    number = size = passed = chars = 0
    entries: list[tuple[str | None, int, str | None, str | None]] = []
    for place in group:
        size += place.size
        for row in read_place(place):
            if row.passed:
                passed += 1
                continue
            packed = None if row.submission is None else pack(_filled(row.submission, order))
            error = row.error.detail if row.error else None
            entries.append((row.name, row.line, packed.decode() if packed else None, error))
            chars += len(packed or b"")
            if len(entries) >= order.documents or chars >= _CHARS:
                yield from _block(key, number, entries, size, passed, done)
                number, size, passed, chars = number + 1, 0, 0, 0
                entries = []
    if entries or size or passed:
        yield from _block(key, number, entries, size, passed, done)


def annotated(block: Block, outcomes: Outcomes, settings: Settings, out: str) -> Written:
    """Annotates a block and writes its file. Returns what became of it.

    A document that cannot be read or analysed is in the file with its reason. Raises what the
    analyser raises where no document is to blame, and InvalidInput where `out` cannot be written.
    """
    entries = [
        _entry(name, line, packed, error, settings)
        for name, line, packed, error in orjson.loads(block.rows)
    ]
    texts = [
        AnalysisInput(e.document.text, e.document.body_start, e.document.language)
        for e in entries
        if e.document
    ]
    found = iter(outcomes(texts))
    entries = [_analysed(entry, next(found)) if entry.document else entry for entry in entries]
    if entries:
        write_whole(out, block.name, annotated_table(entries))
    failed = [f"{e.name or 'standard input'}:{e.line}: {e.error}" for e in entries if e.error]
    return Written(
        block.name,
        len(entries),
        len(failed),
        block.passed,
        block.there,
        block.size,
        tuple(failed[:_SHOWN_ERRORS]),
    )


def _key(group: Sequence[Place], order: Order) -> str:
    said = orjson.dumps([[asdict(place) for place in group], asdict(replace(order, out=""))])
    return hashlib.blake2b(said, digest_size=8).hexdigest()


def _block(
    key: str,
    number: int,
    entries: list[tuple[str | None, int, str | None, str | None]],
    size: int,
    passed: int,
    done: Collection[str],
) -> Iterator[Block]:
    name = f"{key}-{number:06}.parquet"
    there = name in done
    rows = orjson.dumps([] if there else entries)
    yield Block(name, rows, size, passed, len(entries) if there else 0)


def _filled(submission: Submission, order: Order) -> Submission:
    return replace(
        submission,
        source=submission.source or order.source,
        language=submission.language or order.language,
    )


def _entry(
    name: str | None, line: int, packed: str | None, error: str | None, settings: Settings
) -> Entry:
    if packed is None:
        return Entry(name, line, error=error or "the row holds nothing")
    submission = unpack(packed.encode())
    try:
        document = read_document(submission, settings, None)
    except ParallaxError as refused:
        return Entry(name, line, error=refused.detail)
    return Entry(name, line, submission, document)


def _analysed(entry: Entry, outcome: Outcome) -> Entry:
    if isinstance(outcome, Analysis):
        return replace(entry, analysis=outcome)
    return replace(entry, error=outcome.reason)
