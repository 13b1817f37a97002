"""Patterns whose words are data: what pages print, in the languages that they print it in."""

import re
from collections.abc import Sequence

from app.languages import ALL, load

_PART = re.compile(r"<<(\w+)>>")


class Patterns:
    """The regular expressions of a file of `data/languages/mul`.

    Its `parts` are named; `<<name>>` in a part or rule stands for the part of that name, which
    comes before it. A long one is a list of pieces, which are joined without anything between
    them.
    """

    def __init__(self, title: str) -> None:
        self._data = load(ALL, title)
        self._parts: dict[str, str] = {}
        for name, pieces in self._data["parts"].items():
            self._parts[name] = self._filled(pieces)

    def compiled(self, name: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        """The part of this name."""
        return re.compile(self._parts[name], flags)

    def part(self, name: str) -> str:
        """The part of this name, to be put into another expression."""
        return self._parts[name]

    def rules(self) -> Sequence[tuple[str, str, re.Pattern[str]]]:
        """The rules in their order: (reason, what must stand in the line in small letters for the
        rule to be tried, what the whole line must be)."""
        return tuple(
            (reason, cue, re.compile(self._filled(pieces), re.IGNORECASE))
            for reason, cue, pieces in self._data["rules"]
        )

    def _filled(self, pieces: str | Sequence[str]) -> str:
        return _PART.sub(lambda found: self._parts[found[1]], "".join(pieces))
