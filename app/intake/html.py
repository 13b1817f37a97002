"""Web pages: the main text as paragraphs, and what the page says of itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from itertools import accumulate
from typing import Any
from urllib.parse import urlsplit

from app.domain.article import Published
from app.errors import InvalidInput, UnreadableDocument
from app.intake.blocks import Block, drop_dates_apart, page_blocks, text_blocks
from app.intake.bounds import drop_slow_data
from app.intake.bylines import byline_people, people
from app.intake.characters import mapped
from app.intake.composition import BREAK
from app.intake.identity import canonical_url
from app.intake.metadata import HeadData, head_data, iso_date
from app.intake.paragraphs import Paragraph, paragraphs, words
from app.intake.printed_dates import day_of_line, is_date_line, other_days_of_line
from app.intake.recovery import Piece, recovered

_BLOCKS = frozenset(("p", "head", "item", "list", "quote", "table", "row", "div", "body", "code"))
_INLINE = frozenset(("strong", "b", "em", "i", "u", "span", "font", "small"))
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|br|div|h\d|ul)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_NO_SITE = re.compile(r"copyright\b|©|\d+$", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—·»•-]+\s+")
_LONG_LINE = 120
# Blocks before and behind the headline among which the article's own date stands.
_BEFORE_HEADLINE, _BEHIND_HEADLINE = 4, 16
_FEWEST_WORDS_OF_LINES = 50
_LONGEST_LINE = 500
_LONGEST_SUBTITLE = 320


@dataclass(frozen=True, slots=True)
class Page:
    """A page read: its plain main text, the same as paragraphs, its metadata (None: not said).
    `published` is the date that it states, `dated` one that stands about it."""

    extracted: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    source: str | None
    published: Published | None
    dated: Published | None
    language: str | None
    url: str | None


def read_page(html: str, url: str | None) -> Page:
    """The page of an HTML document; `url` is its address where that is known.

    Main text and most metadata by trafilatura (Barbaresi 2021). Its paragraphs are told which of
    them were headings, and which were a link and nothing else: the headlines of other stories.
    Raises UnreadableDocument where the document holds no running text.
    """
    # On first use: lxml and trafilatura take about 30 MB, and a service that reads needs neither.
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extraction
    from trafilatura.utils import load_html

    try:
        tree = load_html(_whole(html))
        if tree is None:
            raise UnreadableDocument("the HTML cannot be parsed: it holds no element with text")
        head, links, blocks = head_data(tree), _lone_links(tree), page_blocks(tree)
        drop_dates_apart(tree)
        drop_slow_data(tree)
        page = bare_extraction(
            tree,
            url=url,
            fast=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (LxmlError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        # The extractor meets pages that its authors never saw.
        raise UnreadableDocument(f"the HTML cannot be read ({type(error).__name__})") from error
    if not isinstance(page, Extraction) or page.body is None:
        raise UnreadableDocument("the HTML holds no running text: no article was found in it")
    pieces = [Piece(text, heading) for text, heading in _blocks(page.body)]
    whole = recovered(pieces, blocks, _stated_blocks(head.body), head.description)
    extracted, found = _flatten(whole, links)
    if not _is_text(found):
        raise UnreadableDocument("the HTML holds no running text, only headings, links or captions")
    standfirst = next((piece.text for piece in whole if piece.standfirst), None)
    return _page(extracted, found, page, head, standfirst, blocks)


def _is_text(found: Sequence[Paragraph]) -> bool:
    """Whether paragraphs hold running text, or lines enough that are no links (a song, a list)."""
    if any(p.prose or p.closed or len(p.text) > _LONG_LINE for p in found):
        return True
    lines = [p for p in found if not p.link]
    said = sum(len(p.words) for p in lines if not p.heading)
    return said >= _FEWEST_WORDS_OF_LINES and 2 * len(lines) > len(found)


def _stated_blocks(body: str | None) -> list[Block]:
    """The blocks of an article's text in the data of its page, plain or HTML."""
    from trafilatura.utils import load_html

    text = unescape(body or "")
    tree = load_html(_whole(text)) if _MARKUP.search(text) else None
    return text_blocks(text) if tree is None else page_blocks(tree)


def _whole(html: str) -> str:
    """The document as the extractor wants it: a page, without the declaration of an encoding that
    it no longer has. A feed's entry is a fragment of one."""
    plain = _DECLARATION.sub("", html)
    return plain if _PAGE.search(plain) else f"<html><body><article>{plain}</article></body></html>"


def _page(
    extracted: str,
    found: list[Paragraph],
    page: Any,
    head: HeadData,
    standfirst: str | None,
    blocks: Sequence[Block],
) -> Page:
    source = _source(page.sitename, head)
    organisations = tuple(filter(None, (source, *head.organisations)))
    return Page(
        extracted=extracted,
        paragraphs=tuple(found),
        title=_title(_uncut(page.title, head), _sites(source, head, page.url), found),
        subtitle=_subtitle(head.subtitle, found) or _subtitle(standfirst, found),
        authors=people(_line(page.author).split(";"), organisations, head.named)
        or people(head.authors, organisations),
        source=source,
        published=head.published,
        dated=_dated(blocks, iso_date(page.date)),
        language=head.language,
        url=_address(page.url),
    )


def _dated(blocks: Sequence[Block], guessed: Published | None) -> Published | None:
    """The day by a line of dates near the page's headline, else the one that was guessed from all
    of the page, unless such a line says that it is another's."""
    at = next((index for index, block in enumerate(blocks) if block.heading == 1), None)
    near = [] if at is None else blocks[max(0, at - _BEFORE_HEADLINE) : at + _BEHIND_HEADLINE]
    lines = [line for block in near if is_date_line(line := block.text.strip()) or _is_byline(line)]
    found = next(filter(None, map(day_of_line, lines)), None)
    others = frozenset[date]().union(*map(other_days_of_line, lines))
    return found or (guessed if guessed is None or guessed.day not in others else None)


def _is_byline(line: str) -> bool:
    return byline_people(line) is not None


def _source(site: str | None, head: HeadData) -> str | None:
    """The outlet: the name of the site, but for one that is guessed from a full stop in the title;
    else the publisher."""
    name = _site_name(site)
    if (
        name
        and " " in name
        and "." in name
        and name in _SITE.split(_line(head.title))
        and name != head.site
    ):
        name = None
    return name or _site_name(head.outlet)


def _line(value: str | None) -> str:
    """A stated value as one clean line; empty for none, and for one too long to be true."""
    text = mapped(value or "", 0, len(value or "")).text
    return text if len(text) <= _LONGEST_LINE else ""


def _address(url: str | None) -> str | None:
    """The address that the page states, where it leads to a page and not to a whole site."""
    try:
        return url if url and urlsplit(canonical_url(url)).path != "/" else None
    except InvalidInput:
        return None


def _uncut(title: str | None, head: HeadData) -> str:
    """The title; that of the document up to a bar, where nothing on the page calls itself so and
    the title was cut off at a dash: what is parted there may be its own other half."""
    plain, document = _line(title), _line(head.title)
    if any(words(each) == words(plain) for each in head.headlines):
        return plain
    whole = document.split(" | ")[0]
    return whole if plain in _SITE.split(whole) else plain


def _sites(source: str | None, head: HeadData, url: str | None) -> tuple[str, ...]:
    """What the site may be called in a title: its name, its publisher's, and its host's."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        host = ""
    labels = [label for label in host.split(".")[:-1] if label not in ("www", "m", "amp", "co")]
    return tuple(filter(None, (source, head.outlet, *labels[-1:])))


def _title(plain: str, sites: Sequence[str], found: list[Paragraph]) -> str | None:
    """The page's title without the name of the site, and without what stands beyond that."""
    for heading in found[:3]:
        if heading.heading and plain.startswith(heading.text) and len(heading.words) > 2:
            return heading.text
    marks = [(m.start(), m.end()) for m in _SITE.finditer(plain)]
    starts, ends = [0, *(m[1] for m in marks)], [*(m[0] for m in marks), len(plain)]
    named = [
        any(_same_name(plain[a:b], site) for site in sites)
        for a, b in zip(starts, ends, strict=True)
    ]
    # What stands beyond the site's name is its motto.
    last = named.index(True, 1) - 1 if any(named[1:]) else len(named) - 1
    first = 1 if named[0] and last > 0 else 0
    plain = plain[starts[first] : ends[last]]
    for site in sites:
        for mark in (": ", " | ", " - ", " – "):
            if plain.casefold().startswith((site + mark).casefold()):
                plain = plain[len(site + mark) :]
    return plain or None


def _subtitle(line: str | None, found: list[Paragraph]) -> str | None:
    """The alternative headline, where it is a standfirst: a sentence, or printed on the page.
    Others are headlines written for search engines."""
    line = _line(line)
    if not line or len(line) > _LONGEST_SUBTITLE or "<" in line:
        return None
    printed = any(p.words == words(line) for p in found[:4])
    return line if printed or line.endswith((".", "!", "?", "…")) else None


def _site_name(name: str | None) -> str | None:
    """The site's name without its motto; None for what is no name ("Copyright 2014")."""
    plain = _SITE.split(_line(name))[0]
    return plain if re.search(r"[^\W_]", plain) and not _NO_SITE.match(plain) else None


def _same_name(part: str, site: str) -> bool:
    """Whether a part of the title names the site, in full, in short or with some words more."""
    name, known = "".join(words(part)), "".join(words(site))
    short, long = sorted((name, known), key=len)
    return bool(short) and short in long and (short == name or 2 * len(short) >= len(long))


def _lone_links(tree: Any) -> frozenset[tuple[str, ...]]:
    """The words of each link that stands alone in its block."""
    alone = set()
    for link in tree.iter("a"):
        element, parent = link, link.getparent()
        while parent is not None and _is_alone(element, parent):
            if parent.tag not in _INLINE:
                alone.add(words("".join(link.itertext())))
                break
            element, parent = parent, parent.getparent()
    return frozenset(alone)


def _is_alone(element: Any, parent: Any) -> bool:
    """Whether an element holds all the text of its parent."""
    # By its neighbours: to count the parent's children would go through all of them for each.
    return (
        element.getprevious() is None
        and element.getnext() is None
        and not (parent.text or "").strip()
        and not (element.tail or "").strip()
    )


def _flatten(
    pieces: Sequence[Piece], links: frozenset[tuple[str, ...]]
) -> tuple[str, list[Paragraph]]:
    """The text of the pieces, parted by an empty line, and its paragraphs."""
    extracted = BREAK.join(piece.text for piece in pieces)
    ends = list(accumulate(len(piece.text) + len(BREAK) for piece in pieces))
    found: list[Paragraph] = []
    at = 0
    for paragraph in paragraphs(extracted):
        while ends[at] - len(BREAK) < paragraph.end:
            at += 1
        link, piece = paragraph.words in links, pieces[at]
        found.append(replace(paragraph, link=link, heading=piece.heading, caption=piece.caption))
    return extracted, found


def _blocks(body: Any) -> Iterator[tuple[str, bool]]:
    """(text, is it a heading) of each block that isn't blank."""
    from lxml.etree import iterwalk

    text: list[str] = []
    headings = 0

    def flush() -> Iterator[tuple[str, bool]]:
        whole = "".join(text)
        text.clear()
        if whole.strip():
            yield whole, headings > 0

    for event, element in iterwalk(body, events=("start", "end")):
        tag = element.tag
        if tag in _BLOCKS:
            yield from flush()
        if event == "start":
            headings += tag == "head"
            text.append("\n" if tag == "lb" else element.text or "")
        else:
            headings -= tag == "head"
            text.append("\t" if tag == "cell" else "")
            text.append((element.tail or "") if element is not body else "")
    yield from flush()
