"""Text and places in it. Offsets count code points, ends are exclusive."""

from bisect import bisect_left
from dataclasses import dataclass

from app.errors import InvalidInput


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in code points."""

    start: int
    end: int


def check_characters(text: str) -> str:
    """The text itself.

    Raises InvalidInput, naming the place, for U+0000 and lone surrogates: neither can be stored,
    hashed or sent back faithfully.
    """
    for index, character in enumerate(text) if not text.isprintable() else ():
        if character == "\x00":
            raise InvalidInput(f"character {index} is U+0000, which no text may hold")
        if "\ud800" <= character <= "\udfff":
            raise InvalidInput(
                f"character {index} is a lone surrogate (U+{ord(character):04X}): "
                "the text was decoded wrongly before it came here"
            )
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
