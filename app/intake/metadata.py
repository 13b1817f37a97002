"""What a web page says of itself: dates with their times, languages, standfirsts, authors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.domain.article import Published
from app.domain.language_tags import primary_language
from app.errors import InvalidInput
from app.intake.linked_data import article_nodes, names
from app.intake.printed_dates import printed_date

# In the order of their worth: the first that can be read is taken.
_DATE_META = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "date",
)
_FIRST_YEAR = 1600
_MIDNIGHT = re.compile(r"[Tt ]00:00(?::00(?:\.0+)?)?(?!\d)(?!:)")
_AUTHOR_META = (
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[ _-])(?:byline|by-line|authors?|autor(?:en)?|auteurs?)(?:$|[ _-])", re.I
)
_LONGEST_BYLINE = 160
_MOST_BYLINES = 10


@dataclass(frozen=True, slots=True)
class HeadData:
    """What the head of a page states; None for what it doesn't."""

    published: Published | None
    subtitle: str | None
    language: str | None
    outlet: str | None
    site: str | None
    authors: tuple[str, ...]
    named: str
    organisations: tuple[str, ...]
    description: str | None
    title: str | None
    headlines: tuple[str, ...]
    body: str | None


def head_data(tree: Any) -> HeadData:
    """What a parsed page (lxml) states: its JSON-LD first, then its meta elements.

    A date is kept with its time where the page gives one. `authors` are the people that JSON-LD
    names, `organisations` those that it names in their place or as the publisher, `named` all that
    the page says of authorship; `title` is that of the document, which may name the site too,
    `headlines` what else it calls itself; `body` the text of the article as JSON-LD repeats it.
    """
    nodes = list(article_nodes(tree))
    meta = _meta(tree)
    dates = [_text(node.get("datePublished")) for node in nodes]
    dates += [meta.get(name) for name in _DATE_META]
    subtitles = [_text(node.get("alternativeHeadline")) for node in nodes]
    languages = [_text(node.get("inLanguage")) for node in nodes]
    languages += [tree.get("lang"), meta.get("og:locale"), meta.get("content-language")]
    authors = tuple(each for node in nodes[:1] for each in names(node.get("author"), of="Person"))
    stated = [value for name in _AUTHOR_META if (value := meta.get(name))]
    outlets = [each for node in nodes for each in names(node.get("publisher"), of="Organization")]
    posing = [
        each
        for node in nodes
        for each in names(node.get("author"), of="Organization", untyped=False)
    ]
    descriptions = [meta.get("og:description"), meta.get("description")]
    descriptions += [_text(node.get("description")) for node in nodes]
    title = tree.find(".//head//title")
    headlines: list[object] = [meta.get("og:title"), meta.get("twitter:title")]
    headlines += ["".join(each.itertext()) for each in islice(tree.iter("h1"), _MOST_BYLINES)]
    headlines += [node.get("headline") for node in nodes]
    bodies = [body for node in nodes if isinstance(body := node.get("articleBody"), str)]
    return HeadData(
        published=next(filter(None, map(iso_date, dates)), None),
        subtitle=next(filter(None, subtitles), None),
        language=next(filter(None, map(primary_language, filter(None, languages))), None),
        outlet=next(filter(None, map(_text, outlets)), None),
        site=_text(meta.get("og:site_name")),
        authors=authors,
        named=" ; ".join((*authors, *stated, *islice(_bylines(tree), _MOST_BYLINES))),
        organisations=tuple(filter(None, map(_text, (*outlets, *posing)))),
        description=next(filter(None, map(_text, descriptions)), None),
        title=_text(title.text_content()) if title is not None else None,
        headlines=tuple(filter(None, map(_text, headlines))),
        body=next(iter(bodies), None),
    )


def _bylines(tree: Any) -> Iterator[str]:
    """The short texts of elements that are called a byline or an author."""
    for element in tree.iter("a", "p", "div", "span", "address", "li", "h4", "h5", "h6"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        stated = "author" in (element.get("rel"), element.get("itemprop"))
        if stated or _BYLINE_CLASS.search(named):
            text = _text("".join(element.itertext()))
            if text and len(text) <= _LONGEST_BYLINE:
                yield text


def iso_date(value: str | None) -> Published | None:
    """The date or date-time that a page states, as ISO 8601 or in print; None where it is none.

    Midnight sharp is a date without a time; a year before printed news is a page's empty field.
    """
    if not value:
        return None
    try:
        moment = Published.parse(value)
    except InvalidInput:
        printed = printed_date(value)
        if printed is None:
            return None
        moment = printed
    if _MIDNIGHT.search(value):
        moment = Published.parse(moment.day.isoformat())
    return moment if moment.day.year >= _FIRST_YEAR else None


def _meta(tree: Any) -> dict[str, str]:
    """The meta elements by their name in lower case, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and content:
                found.setdefault(name.strip().lower(), content)
    return found


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
