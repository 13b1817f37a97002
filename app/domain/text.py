"""Text and places in it. Offsets count code points, ends are exclusive."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from app.errors import InvalidInput

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Surface:
    """What stands at `[start, end)` of a text."""

    start: int
    end: int
    text: str


def check_characters(text: str) -> str:
    """The text itself.

    Raises InvalidInput, naming the place, for U+0000 and lone surrogates: neither can be stored,
    hashed or sent back faithfully.
    """
    nul = text.find("\x00")
    if nul >= 0:
        raise InvalidInput(f"character {nul} is U+0000, which no text may hold")
    try:
        text.encode()  # much faster than a look at each character
    except UnicodeEncodeError as error:
        raise InvalidInput(
            f"character {error.start} is a lone surrogate (U+{ord(text[error.start]):04X}): "
            "the text was decoded wrongly before it came here"
        ) from None
    return text


class Utf16:
    """Turns code point offsets of one text into UTF-16 code unit offsets, for JavaScript."""

    def __init__(self, text: str) -> None:
        self._astral = [i for i, character in enumerate(text) if character > "\uffff"]

    def at(self, offset: int) -> int:
        """The offset in UTF-16 code units."""
        return offset + bisect_left(self._astral, offset)


def count_words(text: str) -> int:
    """Words as white space parts them, those without a letter or digit left out."""
    return sum(1 for word in text.split() if any(map(str.isalnum, word)))


def lead(text: str, body_start: int) -> Span:
    """Where the lead stands: the first paragraph of the body, without white space around it.

    Paragraphs are parted by an empty line; in a body without any, each line is one.
    """
    start = len(text) - len(text[body_start:].lstrip())
    if gap := _EMPTY_LINE.search(text, start):
        end = gap.start()
    else:
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
    return Span(start, start + len(text[start:end].rstrip()))
