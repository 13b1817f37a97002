"""What an address answered, into submissions."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from app.domain.article import Submission
from app.domain.feed import FeedState
from app.errors import ParallaxError, UnsupportedMedia
from app.intake.documents import decode
from app.intake.feeds import feed_entries
from app.intake.kinds import Kind, sniff
from app.intake.rows import Row, submission_from_row

if TYPE_CHECKING:
    # httpx costs 20 MB, which whoever reads only what was fetched need not have.
    from app.intake.fetch import Fetched, Fetcher

_TEXT_TYPES = ("text/plain", "text/markdown")


def page_submission(asked: Submission, fetched: "Fetched") -> Submission:
    """The submission with what its `url` answered as its HTML or text, the address that the
    redirects led to, and its other fields as they were.

    Raises UnsupportedMedia for a feed, and UnreadableDocument.
    """
    kind = _kind(fetched)
    if kind == "feed":
        raise UnsupportedMedia(f"{fetched.url[:200]} is a feed, where one article is due")
    return _page(fetched, kind, asked)


@dataclass(frozen=True, slots=True)
class AddressRead:
    """What stands at an address. `state` is for the next visit, None for what is no feed or says
    nothing to recognise it by; a feed that did not change has no rows."""

    rows: tuple[Row, ...]
    state: FeedState | None


def read_address(fetcher: "Fetcher", url: str, known: FeedState | None = None) -> AddressRead:
    """The Rows of an address: a feed's entries, or the one article that a page is; a feed that did
    not change since it was `known` has none. An entry without the whole text is a bare address,
    which is still to be fetched; what goes wrong gives a Row with its error. `name` is the address
    as given."""
    etag, last_modified = (known.etag, known.last_modified) if known else (None, None)
    try:
        asked = submission_from_row({"url": url}, fields=("url",))
        fetched = fetcher.fetch(url, accept="any", etag=etag, last_modified=last_modified)
        if fetched.status == HTTPStatus.NOT_MODIFIED:
            return AddressRead((), known)
        kind = _kind(fetched)
        if kind != "feed":
            return AddressRead((Row(1, url, _page(fetched, kind, asked), None),), None)
        feed = feed_entries(fetched.content, url=fetched.url)
    except ParallaxError as error:
        return AddressRead((Row(1, url, None, error),), None)
    rows = tuple(Row(each.number, url, each.submission, each.error) for each in feed.entries)
    said = fetched.etag or fetched.last_modified
    return AddressRead(rows, FeedState(url, fetched.etag, fetched.last_modified) if said else None)


def _page(fetched: "Fetched", kind: Kind, asked: Submission) -> Submission:
    text = decode(fetched.content, fetched.charset)
    if kind == "html":
        return replace(asked, url=fetched.url, html=text)
    return replace(asked, url=fetched.url, text=text)


def _kind(fetched: "Fetched") -> Kind:
    """HTML, text or feed. A server's "text/plain" is taken at its word; HTML is looked at, because
    feeds are often sent as such, and so is what has no type."""
    if fetched.content_type in _TEXT_TYPES:
        return "text"
    found = sniff(fetched.content[:4096])
    if found == "feed" or fetched.content_type is None:
        return found if found in ("feed", "html") else "text"
    return "html"
