"""Web pages: the main text as paragraphs, and what the page says of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.domain.article import Published
from app.errors import UnreadableDocument
from app.intake.metadata import HeadData, head_data, iso_date
from app.intake.paragraphs import Paragraph, paragraphs

_BLOCKS = frozenset(("p", "head", "item", "list", "quote", "table", "row", "div", "body", "code"))
_SITE = re.compile(r"\s+[|–—·»•-]+\s+")
_LONG_LINE = 120


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

    Main text and most metadata by trafilatura (Barbaresi 2021), which is made to keep links and
    headings, because they tell headlines of other stories from prose. Raises UnreadableDocument
    where the document holds no running text.
    """
    # On first use: lxml and trafilatura take about 30 MB, and a service that reads needs neither.
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extraction
    from trafilatura.utils import load_html

    try:
        tree = load_html(html)
        if tree is None:
            raise UnreadableDocument("the HTML cannot be parsed: it holds no element with text")
        head = head_data(tree)
        page = bare_extraction(
            tree,
            url=url,
            fast=True,
            include_comments=False,
            include_links=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (LxmlError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        # The extractor meets pages that its authors never saw.
        raise UnreadableDocument(f"the HTML cannot be read ({type(error).__name__})") from error
    if not isinstance(page, Extraction) or page.body is None:
        raise UnreadableDocument("the HTML holds no running text: no article was found in it")
    extracted, found = _flatten(page.body)
    if not any(p.prose or p.closed or len(p.text) > _LONG_LINE for p in found):
        raise UnreadableDocument("the HTML holds no running text, only headings, links or captions")
    return _page(extracted, found, page, head)


def _page(extracted: str, found: list[Paragraph], page: Any, head: HeadData) -> Page:
    return Page(
        extracted=extracted,
        paragraphs=tuple(found),
        title=_title(page.title, page.sitename, found),
        subtitle=head.subtitle,
        authors=tuple(a.strip() for a in (page.author or "").split(";") if a.strip()),
        source=page.sitename or None,
        published=head.published or iso_date(page.date),
        language=head.language,
        url=page.url or None,
    )


def _title(title: str | None, site: str | None, found: list[Paragraph]) -> str | None:
    """The page's title without the name of the site."""
    plain = " ".join((title or "").split())
    for heading in found[:3]:
        if heading.heading and plain.startswith(heading.text) and len(heading.words) > 2:
            return heading.text
    parts = list(_SITE.finditer(plain))
    if parts and site:
        last = parts[-1]
        name = "".join(re.findall(r"\w+", plain[last.end() :].casefold()))
        known = "".join(re.findall(r"\w+", site.casefold()))
        if name and (name in known or known in name):
            plain = plain[: last.start()]
    return plain or None


def _flatten(body: Any) -> tuple[str, list[Paragraph]]:
    """The text of an extracted tree, blocks parted by an empty line, and its paragraphs, which
    know whether they are headings or links."""
    pieces: list[str] = []
    marks: list[tuple[int, bool, bool]] = []  # (end, link, heading)
    at = 0
    for text, link, heading in _blocks(body):
        pieces.append(text)
        at += len(text)
        marks.append((at, link, heading))
        at += 2
    extracted = "\n\n".join(pieces)
    found: list[Paragraph] = []
    block = 0
    for paragraph in paragraphs(extracted):
        while marks[block][0] < paragraph.end:
            block += 1
        _, link, heading = marks[block]
        found.append(replace(paragraph, link=link, heading=heading))
    return extracted, found


def _blocks(body: Any) -> Iterator[tuple[str, bool, bool]]:
    """(text, is all of it a link, is it a heading) of each block that isn't blank."""
    from lxml.etree import iterwalk

    text: list[str] = []
    linked = plain = headings = links = 0

    def flush() -> Iterator[tuple[str, bool, bool]]:
        nonlocal linked, plain
        whole = "".join(text)
        if whole.strip():
            yield whole, bool(linked) and not plain, headings > 0
        text.clear()
        linked = plain = 0

    def add(piece: str | None) -> None:
        nonlocal linked, plain
        if piece:
            text.append(piece)
            if links:
                linked += not piece.isspace()
            else:
                plain += not piece.isspace()

    for event, element in iterwalk(body, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag in _BLOCKS:
                yield from flush()
            headings += tag == "head"
            links += tag == "ref"
            if tag == "lb":
                text.append("\n")
            elif isinstance(tag, str):
                add(element.text)
        else:
            if tag in _BLOCKS:
                yield from flush()
            elif tag == "cell":
                text.append("\t")
            headings -= tag == "head"
            links -= tag == "ref"
            if element is not body:
                add(element.tail)
    yield from flush()
