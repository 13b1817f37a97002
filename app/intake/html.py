"""Web pages: the main text as paragraphs, and what the page says of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from app.domain.article import Published
from app.errors import InvalidInput, UnreadableDocument
from app.intake.characters import mapped
from app.intake.composition import BREAK
from app.intake.identity import canonical_url
from app.intake.metadata import HeadData, head_data, iso_date, people
from app.intake.paragraphs import Paragraph, paragraphs, words

_BLOCKS = frozenset(("p", "head", "item", "list", "quote", "table", "row", "div", "body", "code"))
_INLINE = frozenset(("strong", "b", "em", "i", "u", "span", "font", "small"))
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_NO_SITE = re.compile(r"copyright\b|©|\d+$", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—·»•-]+\s+")
_LONG_LINE = 120
_LONGEST_LINE = 500
_LONGEST_SUBTITLE = 320


@dataclass(frozen=True, slots=True)
class Page:
    """A page read: its plain main text, the same as paragraphs, its metadata (None: not said)."""

    extracted: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    source: str | None
    published: Published | None
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
        head, links = head_data(tree), _lone_links(tree)
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
    extracted, found = _flatten(page.body, links)
    if not any(p.prose or p.closed or len(p.text) > _LONG_LINE for p in found):
        raise UnreadableDocument("the HTML holds no running text, only headings, links or captions")
    return _page(extracted, found, page, head)


def _whole(html: str) -> str:
    """The document as the extractor wants it: a page, without the declaration of an encoding that
    it no longer has. A feed's entry is a fragment of one."""
    plain = _DECLARATION.sub("", html)
    return plain if _PAGE.search(plain) else f"<html><body><article>{plain}</article></body></html>"


def _page(extracted: str, found: list[Paragraph], page: Any, head: HeadData) -> Page:
    source = _site_name(page.sitename)
    return Page(
        extracted=extracted,
        paragraphs=tuple(found),
        title=_title(page.title, source, found),
        subtitle=_subtitle(head.subtitle, found),
        authors=people(_line(page.author).split(";")),
        source=source,
        published=head.published or iso_date(page.date),
        language=head.language,
        url=_address(page.url),
    )


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


def _title(title: str | None, site: str | None, found: list[Paragraph]) -> str | None:
    """The page's title without the name of the site."""
    plain = _line(title)
    for heading in found[:3]:
        if heading.heading and plain.startswith(heading.text) and len(heading.words) > 2:
            return heading.text
    parts = _SITE.split(plain)
    if site and len(parts) > 1 and _same_name(parts[-1], site):
        plain = plain[: plain.rindex(parts[-1])].rstrip(" |–—·»•-")
    for mark in (": ", " | ", " - "):
        if site and plain.startswith(site + mark):
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
    """Whether a part of the title names the site, in full or in short."""
    name, known = "".join(words(part)), "".join(words(site))
    return bool(name) and (name in known or known in name)


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


def _flatten(body: Any, links: frozenset[tuple[str, ...]]) -> tuple[str, list[Paragraph]]:
    """The text of an extracted tree, blocks parted by an empty line, and its paragraphs."""
    pieces: list[str] = []
    marks: list[tuple[int, bool]] = []  # (end, is it a heading)
    at = 0
    for text, heading in _blocks(body):
        pieces.append(text)
        at += len(text)
        marks.append((at, heading))
        at += len(BREAK)
    extracted = BREAK.join(pieces)
    found: list[Paragraph] = []
    block = 0
    for paragraph in paragraphs(extracted):
        while marks[block][0] < paragraph.end:
            block += 1
        link = paragraph.words in links
        found.append(replace(paragraph, link=link, heading=marks[block][1]))
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
