"""A text before cleaning, as the paragraphs that its line breaks show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.intake.characters import Mapped, Segments, mapped

_LINE_END = re.compile("\r\n|[\n\r\v\f\u2028\u2029]")
# A blank may stand before the closing quotation mark, as it does in texts put together again; “ and
# ‘ close in German.
_CLOSED = re.compile(r"[.!?…。！？।؟۔](?: ?[\"'”’“‘»›」』)\]])*$")
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")

# Mail and paper wrap below this; a longer line is a paragraph of its own.
_WIDEST_WRAP = 120
# With fewer broken lines than this, nothing shows that a machine broke them.
_FEWEST_WRAPPED = 3


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its clean text with the way back, and where it stands in the raw text.

    `link` says that all of it is a link, `heading` and `caption` that it is marked up as such: what
    HTML told; False for plain text.
    """

    start: int
    end: int
    content: Mapped
    link: bool = False
    heading: bool = False
    caption: bool = False

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def segments(self) -> Segments:
        return self.content.segments

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in lower case, punctuation and quotation marks left out."""
        return words(self.text)

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return _CLOSED.search(self.text) is not None

    @cached_property
    def prose(self) -> bool:
        """Whether it reads as running text: a closed sentence of some length, or a long one."""
        return (self.closed and len(self.text) >= 40) or len(self.text) > 240


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, punctuation and quotation marks left out."""
    return tuple(_WORD.findall(_APOSTROPHE.sub("", text).casefold()))


def paragraphs(raw: str) -> list[Paragraph]:
    """The paragraphs of a plain text, in their order; blank ones are left out.

    A line is a paragraph, as scrapers leave it, unless the text is wrapped at a width: then its
    lines are joined up to the next empty line, or to one that ends early.
    """
    lines = _lines(raw)
    width = _wrap_width(raw, lines)
    whole: list[Paragraph] = []
    first = 0
    for index in range(len(lines)):
        if index + 1 < len(lines) and _goes_on(raw, lines[index], lines[index + 1], width):
            continue
        start, end = lines[first][0], lines[index][1]
        content = mapped(raw, start, end)
        if content.text:
            whole.append(Paragraph(start, end, content))
        first = index + 1
    return whole


def _lines(raw: str) -> list[tuple[int, int, bool]]:
    """(start, end, does the next line follow directly) of the lines that are not blank."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    for stop in (*(m.span() for m in _LINE_END.finditer(raw)), (len(raw), len(raw))):
        line = raw[at : stop[0]]
        stripped = line.strip()
        if stripped:
            start = at + len(line) - len(line.lstrip())
            found.append((start, start + len(stripped), True))
        elif found:
            found[-1] = (*found[-1][:2], False)
        at = stop[1]
    if found:
        found[-1] = (*found[-1][:2], False)
    return found


def _wrap_width(raw: str, lines: Sequence[tuple[int, int, bool]]) -> int | None:
    """The width that the lines were broken at, or None where nothing shows one."""
    inner = [raw[start:end] for start, end, followed in lines if followed]
    if len(inner) < _FEWEST_WRAPPED:
        return None
    lengths = sorted(map(len, inner))
    width = lengths[len(lengths) * 9 // 10]
    full = sum(length >= 0.75 * width for length in lengths)
    opened = sum(_CLOSED.search(line) is None for line in inner)
    wrapped = width <= _WIDEST_WRAP and full >= 0.75 * len(inner) and opened >= 0.6 * len(inner)
    return width if wrapped else None


def _goes_on(
    raw: str, line: tuple[int, int, bool], after: tuple[int, int, bool], width: int | None
) -> bool:
    """Whether the next line is the same paragraph."""
    if not line[2]:
        return False
    text, following = raw[line[0] : line[1]], raw[after[0] : min(after[1], after[0] + 80)]
    if width is not None:
        # A line whose successor's first word would still have fit was ended on purpose.
        return len(text) + 1 + len(following.split(maxsplit=1)[0]) > width
    # A sentence that a link or a line break cut in two.
    return (
        len(text) >= 40
        and not _CLOSED.search(text)
        and text[-1] not in ":;"
        and (following[0].islower() or following[0] in ",;)")
    )
