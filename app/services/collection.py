"""Files, folders, addresses and feeds into the store, followed until they are analysed."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.domain.article import Submission
from app.domain.comparison import TextToCompare
from app.errors import InvalidInput, ParallaxError
from app.intake.fetch import Fetcher
from app.intake.places import is_remote, places, read_place
from app.intake.readers import STDIN, read_path, size_of
from app.intake.rows import Row
from app.services.addresses import Visits, is_address
from app.services.brought import VersionOf
from app.services.following import Failures, Following, NotTaken, Reach, Report, Show
from app.services.ingest import read_document, submit
from app.services.work import Work
from app.settings import Settings
from app.store.engine.sessions import Store


@dataclass(frozen=True, slots=True)
class Defaults:
    """What an article is taken for that does not say."""

    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of a collection run. `deleted` ones were deleted here before and stay away,
    `passed` is what a web archive holds beside pages; `brought` are those whose analysis came along
    and was kept, `outdated` those whose was of another version or text; of those that `failed` the
    first thousand are in `failures`; `seconds` run from the first document read to the last one
    analysed."""

    created: int
    existing: int
    revised: int
    deleted: int
    passed: int
    brought: int
    outdated: int
    failed: int
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
        if self.deleted:
            parts.append(f"{self.deleted:,} left out (deleted here before, and so they stay away)")
        if self.passed:
            parts.append(f"{self.passed:,} passed over (no pages, or not answered with 200)")
        if self.brought:
            parts.append(f"{self.brought:,} with their analysis")
        if self.outdated:
            parts.append(
                f"{self.outdated:,} analysed here, since theirs is of another version or text"
            )
        if self.failed:
            parts.append(f"{self.failed:,} failed")
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
    report: Report,
    version_of: VersionOf | None = None,
) -> Collected:
    """Takes in every document of the inputs and waits until all of them are analysed. Returns what
    became of them; `report` hears of each failure at once, `show` how far it is.

    An input is a path, an http(s) address (of a page or a feed), one of an object store, or "-".
    Reading waits while many
    thousands wait to be analysed, so that memory stays flat however much there is. Raises what the
    store raises, and Unavailable where the analysing is stuck; what was taken until then stays, and
    the next run finds it there.
    """
    began = time.perf_counter()
    counts = dict.fromkeys(
        ("created", "existing", "revised", "deleted", "passed", "kept", "anew"), 0
    )
    failures = Failures(report)
    failed_names: set[str] = set()
    visits = Visits(store, fetcher)
    reach = Reach(size_of(inputs), show)
    rows = _rows(inputs, visits, stdin, defaults, reach.heard)
    following = Following(store, work, failures, reach)
    for each in submit(store, rows, settings, fetcher, version_of):
        place = _place(each.name, each.line)
        if each.error:
            failures.add(NotTaken(place, each.error.detail))
            failed_names.add(each.name or STDIN)
        elif each.passed:
            counts["passed"] += 1
        elif each.accepted:
            counts[each.accepted.outcome] += 1
            if each.kept is not None:
                counts["kept" if each.kept else "anew"] += 1
            if each.accepted.id is not None:
                following.add(each.accepted.id, place)
        reach.read += 1
        reach.tell("Reading")
    visits.remember(failed_names)
    following.wait()
    return Collected(
        created=counts["created"],
        existing=counts["existing"],
        revised=counts["revised"],
        deleted=counts["deleted"],
        passed=counts["passed"],
        brought=counts["kept"],
        outdated=counts["anew"],
        failed=failures.count,
        failures=tuple(failures.first),
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
    heard: Callable[[int], None],
) -> Iterator[Row]:
    for each in inputs:
        if is_address(each):
            found = visits.rows(each)
        elif is_remote(each):
            found = _read_remote(each)
        else:
            found = _read([each], stdin, heard)
        for row in found:
            yield replace(row, submission=_filled(row.submission, defaults))


def _read(
    paths: Iterable[str], stdin: BinaryIO, heard: Callable[[int], None] | None = None
) -> Iterator[Row]:
    for path in paths:
        yield from read_path(path if path == STDIN else Path(path), stdin=stdin, heard=heard)


def _read_remote(address: str) -> Iterator[Row]:
    """The rows of an object store, up to where it cannot be read on."""
    try:
        for place in places(address):
            yield from read_place(place)
    except InvalidInput as error:
        yield Row(1, address, None, error)


def _filled(submission: Submission | None, defaults: Defaults) -> Submission | None:
    if submission is None:
        return None
    return replace(
        submission,
        source=submission.source or defaults.source,
        language=submission.language or defaults.language,
    )


def _place(name: str | None, line: int) -> str:
    return f"{name or 'standard input'}:{line}"
