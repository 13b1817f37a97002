"""Short forms that a text defines itself: "Syrian Democratic Forces (SDF)"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.domain.names import fold

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and what it is short for, each `(start, end)` in the text."""

    short: tuple[int, int]
    long: tuple[int, int]


@cache
def _bracketed(openings: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(openings))
    return re.compile(
        rf"\(\s*(?:(?:{words})(?:\s|(?<=['’])))*['\"“‘]?([^\s()'\"“”‘’]{{2,12}})['\"”’]?\s*[);,]"
    )


def definitions(text: str, openings: frozenset[str] = frozenset()) -> Iterator[Definition]:
    """Long forms with the short form in brackets behind them (Schwartz & Hearst, 2003): the short
    form's characters are found in order, from the right, in the words before the bracket, the
    first of them opening a word. `openings` may stand before the short form in its bracket ("or
    the")."""
    for bracket in _bracketed(openings).finditer(text):
        short = bracket.group(1)
        if not _is_short_form(short):
            continue
        before = text.rfind("\n", 0, bracket.start()) + 1
        words = list(_WORD.finditer(text, before, bracket.start()))
        # So many words at most, as in the paper.
        most = min(len(short) + 5, len(short) * 2)
        if not words:
            continue
        window = words[-most:][0].start()
        start = _by_initials(short, text, words[-most:])
        if start is None:
            start = _long_form(short, text, window, words[-1].end())
        if start is not None:
            yield Definition(bracket.span(1), (start, words[-1].end()))


def _by_initials(short: str, text: str, words: Sequence[re.Match[str]]) -> int | None:
    """Where the words start whose capitals are the short form, those without one left out: nearer
    words may have the letters within them ("Amateur Cricket Association (ACA)")."""
    wanted = list(fold(short)) if short.isalpha() and short.isupper() else []
    for word in reversed(words):
        initial = text[word.start()]
        if not wanted or (initial.isupper() and fold(initial) != wanted[-1]):
            return None
        if initial.isupper():
            wanted.pop()
            if not wanted:
                return word.start()
    return None


def _is_short_form(short: str) -> bool:
    return short[0].isalnum() and sum(map(str.isupper, short)) >= 2


def _long_form(short: str, text: str, left: int, right: int) -> int | None:
    """Where the long form starts in `text[left:right]`, None where the short form does not fit."""
    at = right - 1
    for place in range(len(short) - 1, -1, -1):
        wanted = fold(short[place])
        if not wanted.isalnum():
            continue
        while at >= left and (
            fold(text[at]) != wanted or (place == 0 and at > left and text[at - 1].isalnum())
        ):
            at -= 1
        if at < left:
            return None
        at -= 1
    start = at + 1
    long = text[start:right]
    if len(long) <= len(short) or short in long.split():
        return None
    return start
