"""Where the evidence of a page is opened, and what stands around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from app.domain.spans import Placed


class Cited(Placed, Protocol):
    """A place in one revision of one article, with its text."""

    @property
    def text(self) -> str: ...


class InContext(NamedTuple):
    """A surface with a few words of its paragraph before and after it."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Citations:
    """`href` is where a place is opened; `texts` are by article and revision, as far as there are
    words around to be shown."""

    href: Callable[[Cited], str]
    texts: Mapping[tuple[int, int], str]

    def around(self, spot: Cited, length: int = 60) -> InContext:
        """The surface with up to `length` characters on either side, whole words, none from other
        paragraphs."""
        text = self.texts.get((spot.article, spot.revision))
        if text is None:
            return InContext("", spot.text, "")
        return around(text, spot.start, spot.end, length)


def around(text: str, start: int, end: int, length: int) -> InContext:
    """`text[start:end]` with up to `length` characters on either side, whole words, none from
    other paragraphs."""
    before = text[max(0, start - length) : start].rpartition("\n")[2]
    if len(before) == length:
        before = f"… {before.partition(' ')[2]}"
    after = text[end : end + length].partition("\n")[0]
    if len(after) == length:
        after = f"{after.rpartition(' ')[0]} …"
    return InContext(before, text[start:end], after)
