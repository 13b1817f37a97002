"""RSS and Atom feeds into submissions."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, urljoin

from app.domain.article import Published, Submission
from app.domain.language_tags import primary_language
from app.errors import InvalidInput, ParallaxError, UnreadableDocument
from app.intake.documents import looks_binary
from app.intake.printed_dates import printed_date
from app.intake.rows import submission_from_row

# A feed's text of fewer words is a teaser; the shortest news items that stand alone have more.
_FULL_TEXT_WORDS = 120
_CUT = re.compile(
    r"(?:\.\.\.|…|\[(?:\.\.\.|…)\]|\b(?:read more|continue reading|weiterlesen|lire la suite)\W*)$",
    re.IGNORECASE,
)
# Each in one way only: what could be read in two would be tried in all of them.
_CLOSED = re.compile(
    rb"</(?:rss|feed|rdf:RDF|\w+:feed)\s*>\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*$", re.DOTALL
)
_MAIL_AND_NAME = re.compile(r"[^\s@]+@[^\s@(]+\s*\((.+)\)")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})(?:\s[^<>]{0,500})?/?>")
_CLOSING = re.compile(r"</([a-zA-Z][a-zA-Z0-9]{0,20})\s*>")
_EMPTY_TAGS = frozenset(("br", "wbr", "img", "hr"))
_BAD_IN_ADDRESS = re.compile(r'[\s<>"{}|\\^`]')
# A host without its scheme, and not the name of a file.
_HOST = re.compile(
    r"(?!.*\.(?:html?|php|aspx?|jsp)$)(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/", re.IGNORECASE
)
# What a feed may spell wrongly within an entry without leaving a doubt what it says.
_MENDABLE = ("undefined entity", "not well-formed (invalid token)")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry, `number` counted from 1: a submission, or why there is none."""

    number: int
    submission: Submission | None
    error: ParallaxError | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title, which is its entries' source, and the entries in its order."""

    title: str | None
    entries: tuple[FeedEntry, ...]


def feed_entries(content: bytes, *, url: str | None = None) -> Feed:
    """The feed (RSS 0.9 to 2.0, Atom 0.3 and 1.0); relative links are taken from `url`, its own
    address.

    An entry that carries the whole text (content of at least 120 words that is not cut off with
    an ellipsis) is a submission with that HTML, any other one is a bare address to fetch. Its
    source is the feed's title, its date the one of publication (an Atom entry's `updated` is
    none). An entry without a link has an error in place of a submission.

    Raises UnreadableDocument where this is no feed, or one that is broken off or is not XML.
    """
    kind = looks_binary(content)
    if kind is not None:
        raise UnreadableDocument(f"this looks like {kind}, not like a feed")
    # Here, because the parser costs 10 MB that only feeds need.
    import feedparser

    # From a stream: given bytes, feedparser would take a text such as "http://..." for an address
    # and fetch it.
    headers = {"content-location": url} if url else {}
    parsed = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    version = parsed.get("version") or ""
    if not version:
        raise UnreadableDocument("this is no RSS or Atom feed")
    _check_whole(content, parsed.get("bozo_exception"))
    title = _title(parsed.feed.get("title"))
    language = parsed.feed.get("language")
    base = url or parsed.feed.get("link")
    entries = tuple(
        _entry(number, entry, title, language, version, base)
        for number, entry in enumerate(parsed.entries, 1)
    )
    return Feed(title, entries)


def _check_whole(content: bytes, problem: object) -> None:
    """Raises UnreadableDocument for a feed whose entries cannot be trusted to be as they were
    meant: what feedparser makes of a feed that is cut off ends in the middle of an article."""
    from xml.sax import SAXParseException

    if not isinstance(problem, SAXParseException):
        return
    reason = problem.getMessage()
    if reason in _MENDABLE and _CLOSED.search(content[-2000:]):
        return
    line = problem.getLineNumber()
    raise UnreadableDocument(f"the feed is broken at line {line}: {reason}")


def _entry(
    number: int,
    entry: Mapping[str, object],
    source: str | None,
    language: object,
    version: str,
    base: object,
) -> FeedEntry:
    link = entry.get("feedburner_origlink") or entry.get("link")
    if not isinstance(link, str) or not link.strip():
        error = InvalidInput(f"entry {number} of the feed has no link")
        return FeedEntry(number, None, error)
    row: dict[str, object] = {
        "url": _address(link, base),
        "title": _title(entry.get("title")),
        "source": source,
        "authors": list(_authors(entry, version)),
        "html": _full_text(entry),
        "language": _language(entry, language),
    }
    try:
        submission = submission_from_row(row)
    except ParallaxError as error:
        detail = f"entry {number} of the feed: {error.detail}"
        return FeedEntry(number, None, InvalidInput(detail, errors=error.errors))
    published = _published(entry.get("published"))
    if published is None and version.startswith("rss") and "updated" in entry:
        # In RSS dc:date is the day of publication, and feedparser calls it "updated".
        published = _published(entry.get("updated"))
    return FeedEntry(number, replace(submission, published=published), None)


def _address(link: str, base: object) -> str:
    """The link as a whole address: without a scheme it is of the web, from a path alone it is of
    the feed's site; characters that no address holds are escaped."""
    link = _BAD_IN_ADDRESS.sub(lambda bad: quote(bad.group()), link.strip())
    if _HOST.match(link):
        return f"https://{link}"
    site = base if isinstance(base, str) and "://" in base else "https:"
    try:
        return urljoin(site, link)
    except ValueError:
        return link


def _full_text(entry: Mapping[str, object]) -> str | None:
    contents = entry.get("content")
    for content in contents if isinstance(contents, list) else ():
        html = content.get("value")
        if not isinstance(html, str) or "html" not in str(content.get("type")):
            continue
        text = _plain(html) or ""
        if len(text.split()) >= _FULL_TEXT_WORDS and not _CUT.search(text):
            return html
    return None


def _authors(entry: Mapping[str, object], version: str) -> Iterator[str]:
    authors = entry.get("authors")
    for author in authors if isinstance(authors, list) else ():
        name = author.get("name")
        if version.startswith("rss") and "email" in author:
            # RSS 2.0 has "mail (name)"; feedparser parts it after four letters of the domain.
            name = entry.get("author")
        name = _plain(name) or ""
        match = _MAIL_AND_NAME.fullmatch(name)
        name = match.group(1).strip() if match else name
        if name and "@" not in name:
            yield name


def _language(entry: Mapping[str, object], language: object) -> str | None:
    detail = entry.get("title_detail")
    own = detail.get("language") if isinstance(detail, Mapping) else None
    tag = own or language
    return primary_language(tag) if isinstance(tag, str) else None


def _published(value: object) -> Published | None:
    """The date as the feed prints it, with the day of its own time zone; None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        return Published.parse(value)
    except InvalidInput:
        pass
    try:
        stamp = parsedate_to_datetime(value)
        aware = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
        return Published(aware.astimezone(UTC), stamp.date(), "time")
    except (ValueError, OverflowError):
        return printed_date(value)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _title(value: object) -> str | None:
    """The words of a title. A tag in it is markup where it is closed again or stands alone by its
    nature; what is left ("Why <blink> is back") is what the title speaks of."""
    if not isinstance(value, str):
        return None
    closed = {name.casefold() for name in _CLOSING.findall(value)} | _EMPTY_TAGS
    plain = _TAG.sub(lambda tag: "" if tag[1].casefold() in closed else tag[0], value)
    return " ".join(unescape(plain).split()) or None


def _plain(value: object) -> str | None:
    """The words of a text that may hold HTML."""
    if not isinstance(value, str):
        return None
    words = _Words()
    words.feed(value)
    words.close()
    return " ".join("".join(words.found).split()) or None
