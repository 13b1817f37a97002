"""How far a long piece of work is: a bar on a terminal, nothing anywhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """Shows `done` of `total` documents; `total` may grow as they are read."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Loading the language model", total=None)

    def show(self, what: str, done: int, total: int) -> None:
        """Shows what is going on, and that `done` of `total` documents are through."""
        self._progress.update(
            self._task, description=what, completed=done, total=max(total, 1), refresh=True
        )


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on standard error for the time of the block; invisible where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as progress:
        yield Bar(progress)
