"""Until when the work in hand is wanted.

Whoever answers a request sets a deadline for what is called from there; loops that may be long, and
the store, ask for it. Work past it raises, and so ends: nobody has to be told to stop, and no part
of an answer passes for the whole.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from app.errors import DeadlinePassed


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of `time.monotonic`, so many seconds after it was set; `setting` is what bounds
    them."""

    at: float
    seconds: float
    setting: str

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self.at

    def error(self) -> DeadlinePassed:
        """What is raised past it."""
        return DeadlinePassed(
            f"This takes longer than {self.seconds:g} seconds ({self.setting}) and was given up: "
            "ask for less, or again when the service is less busy.",
            retry_after=max(1, round(self.seconds)),
        )


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def begin(seconds: float, setting: str) -> None:
    """Sets a deadline for the rest of this context: of the request, where it is called there."""
    _current.set(Deadline(time.monotonic() + seconds, seconds, setting))


@contextmanager
def within(seconds: float, setting: str) -> Iterator[None]:
    """Sets a deadline for the block."""
    token = _current.set(Deadline(time.monotonic() + seconds, seconds, setting))
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Deadline | None:
    """The deadline of this context, None where it may take its time."""
    return _current.get()


def check() -> None:
    """Returns where there is time left. Raises DeadlinePassed; for each turn of a loop that may be
    long."""
    deadline = _current.get()
    if deadline is not None and deadline.passed:
        raise deadline.error()
