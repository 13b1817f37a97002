"""Texts that repeat something without end, and what four times as much of it costs."""

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time

from hypothesis import Phase, settings
from hypothesis import strategies as st

from tests.threats.growth import MOST

# How many times as many examples as `make test` has; `make fuzz` sets it.
TIMES = int(os.environ.get("FUZZ", "1"))
# Work is measured once it takes so long (seconds of the processor), so that neither the clock nor
# what is done once for each text decides; a longer text is not tried.
_TELLING = 0.01
_LONGEST = 20_000
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Repeated:
    """A fragment over and over, between what opens and what closes, or fails to."""

    opening: str
    fragment: str
    closing: str

    def of(self, size: int) -> str:
        """About `size` characters."""
        times = size // len(self.fragment) + 1
        return f"{self.opening}{self.fragment * times}{self.closing}"


def repeated(pieces: Sequence[str]) -> st.SearchStrategy[Repeated]:
    """Of one to three of the pieces, or of any characters."""
    some = st.lists(st.sampled_from(pieces), min_size=1, max_size=3).map("".join)
    fragments = some | some | st.text(min_size=1, max_size=4)
    around = st.just("") | st.sampled_from(pieces)
    return st.builds(Repeated, around, fragments, around)


def examples(number: int, *, measured: bool = False) -> settings:
    """So many examples, or as many times more as is asked for. What is `measured` is not made
    smaller where it fails, nor watched, which would slow it down."""
    phases = (Phase.explicit, Phase.generate) if measured else tuple(Phase)
    return settings(max_examples=number * TIMES, deadline=None, phases=phases)


def assert_in_proportion[T](work: Callable[[T], object], make: Callable[[int], T]) -> None:
    """Four times the size takes less than six times the time, measured where it can be told."""
    little = make(1)
    work(little)  # what loads on first use
    least = _TELLING + 2 * _seconds(work, little)
    size = 500
    while _seconds(work, make(size)) < least:
        size *= 2
        if size > _LONGEST:
            return
    small, large = make(size), make(4 * size)
    ratios = []
    for _ in range(_TRIES):
        ratios.append(_seconds(work, large) / _seconds(work, small))
        if ratios[-1] < MOST:
            return
    raise AssertionError(f"times four of {size} characters takes {min(ratios):.1f} times as long")


def _seconds[T](work: Callable[[T], object], given: T) -> float:
    gc.disable()
    try:
        began = process_time()
        work(given)
        return process_time() - began
    finally:
        gc.enable()
