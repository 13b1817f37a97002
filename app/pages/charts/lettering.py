"""How much of a text has room in a picture, whose lines nobody breaks."""

import unicodedata

# Marks that turn the direction of all that follows them.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
# Of the size of the letters, on average, in the wider ones of the fonts that a viewer may have.
_NARROW, _WIDE = 0.58, 1.0


def fitting(text: str, pixels: float, size: float = 13) -> str:
    """The text on one line, as far as it has room, with an ellipsis where it is cut."""
    line = " ".join(text.translate(_TURNING).split())
    room = pixels
    for at, letter in enumerate(line):
        room -= size * _width(letter)
        if room < 0:
            kept = line[: max(at - 1, 0)]
            # Whole words, unless too little were left.
            return f"{kept[: _end(kept)].rstrip()}…"
    return line


def ending(text: str, pixels: float, size: float = 13) -> str:
    """The same from the end of the text."""
    return fitting(text[::-1], pixels, size)[::-1]


def _end(kept: str) -> int:
    blank = kept.rfind(" ")
    return blank if blank >= len(kept) / 2 else len(kept)


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.05  # so that a thousand of them come to an end too
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _NARROW
