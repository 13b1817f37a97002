"""How far a long piece of work is: a bar on a terminal, a line now and then anywhere else."""

import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.services.following import Far

# What a rate and the time left are told from: older speed says little of the next hour.
_WINDOW_SECONDS = 60.0
_SAMPLE_SECONDS = 1.0
_SHOW_SECONDS = 0.1
# Between two lines where there is no terminal, such as in the log of a job of hours.
_LINE_SECONDS = 30.0
_MINUTE, _HOUR = 60, 3600


@dataclass(slots=True)
class Pace:
    """Documents a second and seconds left, from the last minute of work."""

    # (seconds, documents, share of the whole), the oldest first.
    _samples: deque[tuple[float, int, float | None]] = field(default_factory=deque)

    def add(self, now: float, done: int, share: float | None) -> None:
        """Notes how far the work is at an instant, in seconds."""
        if self._samples and now - self._samples[-1][0] < _SAMPLE_SECONDS:
            return
        self._samples.append((now, done, share))
        while now - self._samples[0][0] > _WINDOW_SECONDS and len(self._samples) > 2:
            self._samples.popleft()

    @property
    def per_second(self) -> float | None:
        """Documents a second; None before there is anything to tell it from."""
        if len(self._samples) < 2:
            return None
        (first, before, _), (last, after, _) = self._samples[0], self._samples[-1]
        return (after - before) / (last - first)

    @property
    def seconds_left(self) -> float | None:
        """Until all is through; None where that cannot be told."""
        if len(self._samples) < 2:
            return None
        (first, _, before), (last, _, after) = self._samples[0], self._samples[-1]
        if before is None or after is None or after <= before:
            return None
        return (1 - after) * (last - first) / (after - before)

    def sentence(self) -> str:
        """The rate and the time left, as far as they can be told."""
        parts = []
        if self.per_second is not None:
            parts.append(f"{self.per_second:,.1f} a second")
        if self.seconds_left is not None:
            parts.append(f"{_duration(self.seconds_left)} left")
        return ", ".join(parts)


class Bar:
    """Shows `done` of `total` documents; `total` may grow as they are read."""

    def __init__(self, progress: Progress, line_seconds: float = _LINE_SECONDS) -> None:
        self._progress = progress
        self._line_seconds = line_seconds
        self._task = progress.add_task("Loading the language model", total=None, said="")
        self._pace = Pace()
        self._shown, self._line = 0.0, time.monotonic()

    def show(self, what: str, done: int, total: int) -> None:
        """Shows what is going on, and that `done` of `total` documents are through."""
        self._progress.update(
            self._task,
            description=what,
            completed=done,
            total=max(total, 1),
            said=f"{done:,}/{total:,}",
            refresh=True,
        )

    def far(self, far: Far) -> None:
        """Shows how far a run is: documents that are through, how many a second, the time left."""
        now = time.monotonic()
        self._pace.add(now, far.through, far.share)
        if now - self._shown < _SHOW_SECONDS:
            return
        self._shown = now
        said = ", ".join(filter(None, [f"{far.through:,} documents", self._pace.sentence()]))
        share = far.share if far.share is not None else far.through / max(far.read, 1)
        self._progress.update(
            self._task, description=far.what, completed=share, total=1.0, said=said
        )
        if self._progress.disable and now - self._line >= self._line_seconds:
            self._line = now
            typer.echo(f"{far.what}: {said}", err=True)

    def say(self, line: str) -> None:
        """Writes a line to standard error, above the bar."""
        if self._progress.disable:
            typer.echo(line, err=True)
        else:
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on standard error for the time of the block; invisible where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"))
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as progress:
        yield Bar(progress)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole >= _HOUR:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"
    if whole >= _MINUTE:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    return f"{whole} s"
