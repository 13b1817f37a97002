"""Lists of feeds as OPML (2.0), which feed readers exchange."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import quoteattr

from app.domain.limits import MAX_NAME
from app.errors import InvalidInput, TooLarge, UnreadableDocument

MAX_OUTLINES = 5_000
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list: its address, what the list calls it, and the line where it stands."""

    url: str
    title: str | None
    line: int = 0


def read_opml(content: bytes) -> list[Outline]:
    """The feeds of an OPML file, each once, wherever in its folders they stand.

    Linear in the length of the file: it is read with no document type, so that there are no
    entities in it. Raises UnreadableDocument with the line at fault, InvalidInput for a list
    without feeds, TooLarge for more than 5,000.
    """
    reader = _Reader()
    reader.parse(content)
    if not reader.found:
        raise InvalidInput("the list holds no feed: an outline has its address in xmlUrl")
    return list(reader.found.values())


def written_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """A list of feeds as OPML 2.0, in UTF-8."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_escaped(title)}</title></head>",
        "  <body>",
    ]
    for each in outlines:
        name = quoteattr(each.title or each.url)
        lines.append(f'    <outline type="rss" text={name} xmlUrl={quoteattr(each.url)}/>')
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class _Reader:
    def __init__(self) -> None:
        self.found: dict[str, Outline] = {}
        self._depth = 0
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype

    def parse(self, content: bytes) -> None:
        try:
            self._parser.Parse(content, True)
        except (ExpatError, ValueError) as error:
            # ValueError: an encoding that expat does not have.
            line = getattr(error, "lineno", self._parser.CurrentLineNumber)
            raise UnreadableDocument(f"the list is no XML at line {line}: {error}") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        if self._depth == 0 and name.lower() != "opml":
            raise UnreadableDocument(f"this is no OPML: it begins with <{name[:40]}>")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableDocument(f"line {line}: nested more than {_DEEPEST} deep")
        if name.lower() != "outline":
            return
        given = {key.lower(): value.strip() for key, value in attributes.items()}
        if url := given.get("xmlurl"):
            title = given.get("title") or given.get("text")
            title = None if title is None or title == url else title[:MAX_NAME]
            self.found.setdefault(url, Outline(url, title, line))
        if len(self.found) > MAX_OUTLINES:
            raise TooLarge(f"a list holds {MAX_OUTLINES:,} feeds at most: send several")

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _doctype(self, *_: object) -> NoReturn:
        line = self._parser.CurrentLineNumber
        raise UnreadableDocument(f"line {line}: a document type is not taken; OPML has none")
