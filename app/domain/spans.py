"""Things at their places in a text, and which of them stands where."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Protocol

_START = attrgetter("start")


class Spanned(Protocol):
    """Whatever has a place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""
        ...

    @property
    def end(self) -> int:
        """The character behind its last."""
        ...


class Placed(Spanned, Protocol):
    """A place in one revision of one article."""

    @property
    def article(self) -> int: ...
    @property
    def revision(self) -> int: ...


class Spans[T: Spanned]:
    """Spans of one text, none of which overlaps another; each question takes logarithmic time."""

    def __init__(self, spans: Iterable[T]) -> None:
        self._spans = sorted(spans, key=_START)
        self._starts = [*map(_START, self._spans)]

    def __iter__(self) -> Iterator[T]:
        return iter(self._spans)

    def at(self, offset: int) -> T | None:
        """The one that holds the character at `offset`."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._spans[index].end:
            return self._spans[index]
        return None

    def overlapping(self, start: int, end: int) -> Sequence[T]:
        """Those that share a character with `[start, end)`, in the order of the text."""
        first = bisect_right(self._starts, start)
        if first and self._spans[first - 1].end > start:
            first -= 1
        return self._spans[first : bisect_left(self._starts, end)]

    def starting(self, start: int, end: int) -> Sequence[T]:
        """Those that begin in `[start, end)`, in the order of the text."""
        return self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
