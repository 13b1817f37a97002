"""One poll of a feed: what is new in it is taken in, and what became of each entry is remembered.

Articles are stored a few at a time, each with its entry: a poll that is broken off is made again,
and fetches only what it had not taken yet.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import islice
from typing import Protocol

import structlog

from app.domain.article import Document, Submission
from app.domain.feed import DueFeed, FeedState, PollCounts, PollResult, SeenEntry
from app.domain.source_name import source_slug
from app.errors import (
    FetchFailed,
    InvalidInput,
    ParallaxError,
    TooLarge,
    UnreadableDocument,
    UnsupportedMedia,
)
from app.intake.fetch import Accept, Fetched
from app.intake.identity import canonical_url, identity
from app.intake.turns import Turns
from app.services.ingest import add, is_bare, read_document
from app.settings import Settings
from app.store.articles.polled_feeds import (
    entries_taken,
    known_identities,
    name_feed,
    renew_claim,
    take_entries,
)
from app.store.engine.sessions import Store

log = structlog.get_logger(__name__)

# A feed of more entries is an archive: of those, the first (as a rule the newest) are read.
MAX_ENTRIES = 1_000
# Documents of one transaction: what is fetched slowly is stored soon.
_GROUP = 8
# So often an entry that could not be read is tried again, once in each poll.
_MOST_TRIES = 3


class FeedFetcher(Protocol):
    """Fetches feeds, and the pages that they link to."""

    def fetch(
        self,
        url: str,
        *,
        accept: Accept = "page",
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        """What an address answers. Raises as `app.intake.fetch.Fetcher.fetch`."""
        ...


class BrokenOff(Exception):
    """The poll ends here, with nothing more to store."""


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    submission: Submission
    digest: str | None
    tries: int


@dataclass(frozen=True, slots=True)
class _Read:
    entry: _Entry
    document: Document | ParallaxError


class Poll:
    """One poll of a claimed feed. `going` says whether it may go on."""

    def __init__(
        self,
        store: Store,
        feed: DueFeed,
        holder: str,
        fetcher: FeedFetcher,
        settings: Settings,
        turns: Turns,
        going: Callable[[], bool],
    ) -> None:
        self._store = store
        self._feed = feed
        self._holder = holder
        self._fetcher = fetcher
        self._settings = settings
        self._turns = turns
        self._going = going
        self._counts: Counter[str] = Counter()
        self._again = False
        self._retry_after: float | None = None

    def run(self) -> PollResult:
        """Polls. Returns what that came to.

        Raises what the store raises, and BrokenOff; what was stored until then stays.
        """
        try:
            return self._poll()
        except FetchFailed as error:
            gone = error.answered == HTTPStatus.GONE
            return self._failed(error.detail, gone=gone, retry_after=error.retry_after)
        except (InvalidInput, TooLarge, UnsupportedMedia) as error:
            return self._failed(error.detail)

    def _failed(
        self, detail: str, *, gone: bool = False, retry_after: float | None = None
    ) -> PollResult:
        return PollResult(self._result(), error=detail, gone=gone, retry_after=retry_after)

    def _poll(self) -> PollResult:
        known = self._feed.state
        with self._turns.at(self._feed.host):
            self._keep()
            fetched = self._fetcher.fetch(
                known.url, accept="feed", etag=known.etag, last_modified=known.last_modified
            )
        if fetched.status == HTTPStatus.NOT_MODIFIED:
            return PollResult(PollCounts(), state=known)
        title, entries = self._read(fetched)
        self._name(title)
        todo = self._new(entries)
        bound = self._settings.feed_articles
        for group in _groups(self._documents(todo[:bound])):
            self._take(group)
        self._counts["waiting"] += max(0, len(todo) - bound)
        again = self._again or self._counts["waiting"] > 0
        return PollResult(
            self._result(),
            title=title,
            retry_after=self._retry_after,
            state=None if again else FeedState(known.url, fetched.etag, fetched.last_modified),
            keys=frozenset(each.key for each in entries),
        )

    def _result(self) -> PollCounts:
        return PollCounts(**self._counts)

    def _keep(self) -> None:
        """Raises BrokenOff where the service ends, or the claim is somebody else's."""
        if not self._going():
            raise BrokenOff
        with self._store.write() as session:
            if not renew_claim(session, self._feed.id, self._holder):
                raise BrokenOff

    def _read(self, fetched: Fetched) -> tuple[str | None, list[_Entry]]:
        """The title of the feed, and its entries, each once."""
        # Here, because the parser costs 10 MB that only feeds need.
        from app.intake.feeds import feed_entries

        try:
            found = feed_entries(fetched.content, url=fetched.url)
        except ParallaxError:
            raise
        except Exception as error:
            # A feed that a parser trips over must be told, and must not end the polling of others.
            log.exception("feed not read", feed=self._feed.id)
            raise UnreadableDocument(
                f"the feed could not be read ({type(error).__name__})"
            ) from None
        entries: dict[str, _Entry] = {}
        for each in islice(found.entries, MAX_ENTRIES):
            if each.submission is None:
                self._counts["failed"] += 1
                continue
            entry = self._entry(each.submission)
            entries.setdefault(entry.key, entry)
        return found.title, list(entries.values())

    def _entry(self, submission: Submission) -> _Entry:
        submission = replace(submission, source=self._feed.source or submission.source)
        link = submission.url or ""
        with suppress(InvalidInput):  # whoever reads the document says so
            link = canonical_url(link)
        digest = None if is_bare(submission) else _hash(submission.title, submission.html)
        return _Entry(_hash(link), submission, digest, 1)

    def _name(self, title: str | None) -> None:
        """The first title of a feed names its outlet for good, unless a person did."""
        if self._feed.source is not None or title is None:
            return
        try:
            slug = source_slug(title)
        except InvalidInput:
            return
        with self._store.write() as session:
            name_feed(session, self._feed.id, slug)

    def _new(self, entries: Sequence[_Entry]) -> list[_Entry]:
        """The entries that are not known yet, in the order of the feed."""
        with self._store.read() as session:
            taken = entries_taken(session, self._feed.id)
            own = {e.key: _identity(e.submission) for e in entries}
            own |= {key: each.identity for key, each in taken.items() if each.identity}
            known = known_identities(session, {each for each in own.values() if each})
        found, seen = [], []
        for each in entries:
            before = taken.get(each.key)
            outcome = known.get(own[each.key] or "")
            same = before is not None and before.digest == each.digest
            if outcome == "deleted" or (before is None and outcome and each.digest is None):
                self._counts[outcome] += 1
                seen.append(SeenEntry(each.key, each.digest, own[each.key], outcome))
            elif before is None or not same:
                found.append(each)
            elif before.outcome != "failed":
                self._counts["existing"] += 1
            elif before.tries < _MOST_TRIES:
                found.append(replace(each, tries=before.tries + 1))
        if seen:
            with self._store.write() as session:
                take_entries(session, self._feed.id, seen)
        return found

    def _documents(self, entries: Sequence[_Entry]) -> Iterator[_Read]:
        for number, each in enumerate(entries):
            self._keep()
            try:
                yield _Read(each, self._document(each.submission))
            except FetchFailed as error:
                if error.answered == HTTPStatus.TOO_MANY_REQUESTS or error.retry_after:
                    # The server has enough of us: the rest is for another time.
                    self._retry_after = error.retry_after
                    self._counts["waiting"] += len(entries) - number
                    return
                yield _Read(each, error)
            except ParallaxError as error:
                yield _Read(each, error)
            except Exception as error:
                # A page that a parser trips over must not keep the others from being read.
                log.exception("entry not read", feed=self._feed.id)
                reason = f"the page could not be read ({type(error).__name__})"
                yield _Read(each, UnreadableDocument(reason))

    def _document(self, submission: Submission) -> Document:
        if is_bare(submission) and submission.url is not None:
            from app.intake.address import host_of
            from app.intake.pages import page_submission

            with self._turns.at(host_of(submission.url)):
                fetched = self._fetcher.fetch(submission.url)
            submission = page_submission(submission, fetched)
        return read_document(submission, self._settings, None)

    def _take(self, group: Sequence[_Read]) -> None:
        """Stores the documents of a group, each with its entry."""
        self._keep()
        read = [each.document for each in group if isinstance(each.document, Document)]
        with self._store.write() as session:
            accepted = iter(add(session, read, revive=False))
            seen = []
            for each in group:
                entry, document = each.entry, each.document
                outcome: str = "failed"
                key = None
                if isinstance(document, Document):
                    outcome, key = next(accepted).outcome, document.identity
                else:
                    self._again |= entry.tries < _MOST_TRIES
                self._counts[outcome] += 1
                seen.append(SeenEntry(entry.key, entry.digest, key, outcome, entry.tries))
            take_entries(session, self._feed.id, seen)
        for each in group:
            if isinstance(each.document, ParallaxError):
                log.info("entry not taken", feed=self._feed.id, why=each.document.code)


def _identity(submission: Submission) -> str | None:
    """The identity that the article of an entry has where no page says otherwise."""
    try:
        return identity(submission.source, submission.external_id, submission.url, "")
    except InvalidInput:
        return None


def _hash(*parts: str | None) -> str:
    text = "\x00".join(part or "" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _groups(read: Iterator[_Read]) -> Iterator[list[_Read]]:
    while group := list(islice(read, _GROUP)):
        yield group
