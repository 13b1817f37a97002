"""What a web page says of itself in its head: dates with their times, languages, standfirsts."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.article import Published
from app.domain.language_tags import primary_language
from app.errors import InvalidInput

_ARTICLE_TYPE = re.compile(r"(?:\w*Article|Report|\w*BlogPosting)\Z")
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
_MOST_NODES = 2_000
_FIRST_YEAR = 1600
_MIDNIGHT = re.compile(r"[Tt ]00:00(?::00(?:\.0+)?)?(?!\d)(?!:)")
_NO_NAME = re.compile(
    r"\d|@|https?:|\b(?:january|february|march|april|june|july|august|september|october|november"
    r"|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|^(?:staff|senior|sports|contributing|ap|associated press)?\W*(?:sports )?"
    r"(?:writer|reporter|editor|correspondent|contributor|admin|author)s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeadData:
    """What the head of a page states; None for what it doesn't."""

    published: Published | None
    subtitle: str | None
    language: str | None


def head_data(tree: Any) -> HeadData:
    """Date, standfirst and language of a parsed page (lxml): JSON-LD first, then meta elements.

    A date is kept with its time where the page gives one.
    """
    nodes = list(_articles(tree))
    meta = _meta(tree)
    dates = [_text(node.get("datePublished")) for node in nodes]
    dates += [meta.get(name) for name in _DATE_META]
    subtitles = [_text(node.get("alternativeHeadline")) for node in nodes]
    languages = [_text(node.get("inLanguage")) for node in nodes]
    languages += [tree.get("lang"), meta.get("og:locale"), meta.get("content-language")]
    return HeadData(
        published=next(filter(None, map(iso_date, dates)), None),
        subtitle=next(filter(None, subtitles), None),
        language=next(filter(None, map(primary_language, filter(None, languages))), None),
    )


def iso_date(value: str | None) -> Published | None:
    """The date or date-time that a page states, or None where it isn't ISO 8601.

    Midnight sharp is a date without a time; a year before printed news is a page's empty field.
    """
    if not value:
        return None
    try:
        moment = Published.parse(value)
        if _MIDNIGHT.search(value):
            moment = Published.parse(moment.day.isoformat())
    except InvalidInput:
        return None
    return moment if moment.day.year >= _FIRST_YEAR else None


def people(names: Iterable[str]) -> tuple[str, ...]:
    """The names that can be people's or desks': without those that took in a date or a job."""
    plain = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(n for n in plain if n and len(n) <= 80 and not _NO_NAME.search(n)))


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes of the page that are articles."""
    budget = _MOST_NODES
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and budget:
            budget -= 1
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                for kind in kinds if isinstance(kinds, list) else [kinds]:
                    if isinstance(kind, str) and _ARTICLE_TYPE.match(kind):
                        yield node
                        break
                waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


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
