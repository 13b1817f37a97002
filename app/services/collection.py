"""Files, folders, addresses and feeds into the store, followed until they are analysed."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.domain.article import Submission
from app.domain.comparison import TextToCompare
from app.errors import InvalidInput, ParallaxError, Unavailable
from app.intake.fetch import Fetcher
from app.intake.readers import STDIN, read_path
from app.intake.rows import Row
from app.services.addresses import Visits, is_address
from app.services.ingest import read_document, submit
from app.services.work import Work
from app.settings import Settings
from app.store.articles.queue import failure_reasons, pending_ids
from app.store.engine.sessions import Store

_LOOK_SECONDS = 0.2
# A database that is locked for a moment is no reason to give up.
_TROUBLE_SECONDS = 30.0

type Show = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What an article is taken for that does not say."""

    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A document that was not taken, or not analysed: where it stands, and why."""

    place: str
    detail: str


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of a collection run. `existing` counts deleted ones too: they stay away;
    `passed` what a web archive holds beside pages; `seconds` run from the first document read to
    the last one analysed."""

    created: int
    existing: int
    revised: int
    passed: int
    failures: tuple[NotTaken, ...]
    seconds: float

    @property
    def taken(self) -> int:
        """How many documents are in the store."""
        return self.created + self.existing + self.revised

    def sentence(self) -> str:
        """The counts for people."""
        parts = [f"{self.created:,} new", f"{self.existing:,} there already"]
        if self.revised:
            parts.append(f"{self.revised:,} changed")
        if self.passed:
            parts.append(f"{self.passed:,} passed over (no pages, or no answers of 200)")
        if self.failures:
            parts.append(f"{len(self.failures):,} failed")
        return f"{', '.join(parts)}, in {self.seconds:.1f} s."


def collect(
    store: Store,
    inputs: Sequence[str],
    settings: Settings,
    fetcher: Fetcher,
    *,
    stdin: BinaryIO,
    defaults: Defaults,
    work: Work,
    show: Show,
) -> Collected:
    """Takes in every document of the inputs and waits until all of them are analysed. Returns what
    became of them.

    An input is a path, an http(s) address (of a page or a feed), or "-". Raises what the store
    raises, and Unavailable where the analysing is stuck; what was taken until then stays.
    """
    began = time.perf_counter()
    counts = dict.fromkeys(("created", "existing", "revised", "deleted", "passed"), 0)
    failures: list[NotTaken] = []
    places: dict[int, str] = {}
    failed_names: set[str] = set()
    visits = Visits(store, fetcher)
    rows = _rows(inputs, visits, stdin, defaults)
    for number, each in enumerate(submit(store, rows, settings, fetcher), 1):
        place = _place(each.name, each.line)
        if each.error:
            failures.append(NotTaken(place, each.error.detail))
            failed_names.add(each.name or STDIN)
        elif each.passed:
            counts["passed"] += 1
        elif each.accepted:
            counts[each.accepted.outcome] += 1
            if each.accepted.id is not None:
                places[each.accepted.id] = place
            work.wake()
        show("Reading", number, number)
    visits.remember(failed_names)
    failures += _analysed(store, places, work, show)
    return Collected(
        created=counts["created"],
        existing=counts["existing"] + counts["deleted"],
        revised=counts["revised"],
        passed=counts["passed"],
        failures=tuple(failures),
        seconds=round(time.perf_counter() - began, 3),
    )


def texts_to_compare(
    files: Sequence[str], settings: Settings, *, stdin: BinaryIO
) -> list[TextToCompare]:
    """The articles of files, cleaned as ingest cleans them, each a side that its source names, or
    its file where it has none or shares it.

    Raises InvalidInput, naming the file, for a document that cannot be read.
    """
    texts: list[TextToCompare] = []
    for row in _read(files, stdin):
        if row.passed:
            continue
        place = _place(row.name, row.line)
        if row.submission is None:
            raise InvalidInput(f"{place}: {row.error.detail if row.error else 'is empty'}")
        try:
            document = read_document(row.submission, settings, None)
        except ParallaxError as error:
            raise InvalidInput(f"{place}: {error.detail}") from None
        sides = {text.source for text in texts}
        name = document.source if document.source and document.source not in sides else place
        head = len(document.title) + 2 if document.title else 0
        texts.append(
            TextToCompare(
                source=name,
                text=document.text[head:],
                title=document.title,
                language=document.language,
                published=document.published,
            )
        )
    return texts


def _rows(
    inputs: Sequence[str],
    visits: Visits,
    stdin: BinaryIO,
    defaults: Defaults,
) -> Iterator[Row]:
    for each in inputs:
        found = visits.rows(each) if is_address(each) else _read([each], stdin)
        for row in found:
            yield replace(row, submission=_filled(row.submission, defaults))


def _read(paths: Iterable[str], stdin: BinaryIO) -> Iterator[Row]:
    for path in paths:
        yield from read_path(path if path == STDIN else Path(path), stdin=stdin)


def _filled(submission: Submission | None, defaults: Defaults) -> Submission | None:
    if submission is None:
        return None
    return replace(
        submission,
        source=submission.source or defaults.source,
        language=submission.language or defaults.language,
    )


def _analysed(store: Store, places: dict[int, str], work: Work, show: Show) -> list[NotTaken]:
    """Waits until none of the articles is pending; those whose analysis failed.

    Raises Unavailable where the analysing is kept from going on.
    """
    well = time.monotonic()
    while True:
        trouble = work.status().error
        if trouble is None:
            well = time.monotonic()
        elif time.monotonic() - well > _TROUBLE_SECONDS:
            raise Unavailable(f"{trouble} What is not analysed yet will be at the next start.")
        with store.read() as session:
            left = len(pending_ids(session) & places.keys())
        show("Analysing", len(places) - left, len(places))
        if not left:
            break
        time.sleep(_LOOK_SECONDS)
    with store.read() as session:
        failed = failure_reasons(session, places)
    return [NotTaken(places[article], reason) for article, reason in failed.items()]


def _place(name: str | None, line: int) -> str:
    return f"{name or 'standard input'}:{line}"
