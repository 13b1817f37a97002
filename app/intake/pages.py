"""What an address answered, into submissions."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.article import Submission
from app.errors import ParallaxError, UnsupportedMedia
from app.intake.documents import decode
from app.intake.feeds import feed_entries
from app.intake.readers import Kind, sniff
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


def read_address(fetcher: "Fetcher", url: str) -> Iterator[Row]:
    """The Rows of an address: a feed's entries, or the one article that a page is. An entry
    without the whole text is a bare address, which is still to be fetched; what goes wrong gives
    a Row with its error. `name` is the address as given."""
    try:
        asked = submission_from_row({"url": url}, fields=("url",))
        fetched = fetcher.fetch(url, accept="any")
        kind = _kind(fetched)
        if kind != "feed":
            yield Row(1, url, _page(fetched, kind, asked), None)
            return
        feed = feed_entries(fetched.content, url=fetched.url)
    except ParallaxError as error:
        yield Row(1, url, None, error)
        return
    for entry in feed.entries:
        yield Row(entry.number, url, entry.submission, entry.error)


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
