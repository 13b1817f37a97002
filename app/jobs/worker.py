"""A worker process: loads what it works with once, then answers batches until its parent is gone.

The parent runs this module as a program of its own (not as a `multiprocessing` child, which would
import the parent's main module again and keep its memory) and talks to it over one connection.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Protocol

from app.domain.annotation import Analysis, AnalysisInput, Failure, Outcome
from app.errors import ParallaxError, Unavailable
from app.store.analyses.packed_analysis import packed


class TextAnalyser(Protocol):
    """What a worker runs: texts in, one analysis for each, in their order."""

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        """One analysis for each input."""
        ...


# Called in the worker, so they must be picklable: a function or class of a module, or a
# `functools.partial` of one. What a load returns gives an answer for each member of a batch.
type AnalyserFactory = Callable[[], TextAnalyser]
type Load[Asked, Answer] = Callable[[], Callable[[list[Asked]], list[Answer]]]


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has loaded."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The worker can answer nothing, for a reason that is no text's fault."""

    error: ParallaxError


def load_analyser(
    models: dict[str, str], default_language: str, knowledge: tuple[str, ...]
) -> TextAnalyser:
    """Loads the analyser of this service, with the model of its default language.

    Raises ModelMissing where a pipeline of `models` is not installed.
    """
    # Here, not above: the parent imports this module and must never import spaCy.
    from app.services.pipeline import Analyser

    analyser = Analyser(models, default_language, knowledge)
    for language in models:
        analyser.pipeline(language)
    # Models load with their first text: this one, so that no reader waits for it.
    analyser.analyse([AnalysisInput("Good morning.", 0, default_language)])
    return analyser


def analysing(factory: AnalyserFactory) -> Callable[[list[AnalysisInput]], list[Outcome]]:
    """A function from a batch to its outcomes, by the analyser of a factory. Raises what the
    factory raises."""
    return partial(outcomes, factory())


def outcomes(analyser: TextAnalyser, batch: list[AnalysisInput]) -> list[Outcome]:
    """Analyses a batch; where it fails, each text alone. Returns one outcome for each.

    Raises Unavailable, which is no text's fault.
    """
    try:
        found = analyser.analyse(batch)
        return [
            packed(each, text.text) if text.keep else each
            for each, text in zip(found, batch, strict=True)
        ]
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one text trips over must not stop the others
        if len(batch) == 1:
            return [Failure(f"The analysis failed: {type(error).__name__}: {str(error)[:300]}")]
        return [outcome for text in batch for outcome in outcomes(analyser, [text])]


def serve(connection: Connection, idle_seconds: float | None = None) -> None:
    """Answers batches until the other end closes, or none has come for so many seconds."""
    load: Load[Any, Any] = connection.recv()
    # Loading makes hundreds of thousands of objects that live for ever: collections among them only
    # delay it, and later each full one would walk them all.
    gc.disable()
    try:
        answer = load()
    except ParallaxError as error:
        connection.send(Refusal(error))
        return
    gc.freeze()
    gc.enable()
    connection.send(Ready())
    while connection.poll(idle_seconds):
        batch = connection.recv()
        try:
            connection.send(answer(batch))
        except Unavailable as error:
            connection.send(Refusal(error))


def _leave_with_parent() -> None:
    """Ends this process once the parent's end of standard input is closed, which the kernel does
    however the parent ends: no worker outlives it, even in the middle of a long text."""
    while os.read(0, 1):
        pass
    os._exit(0)


def main() -> None:
    """Serves on the connection whose file descriptor is the first argument; the second, where there
    is one, is after how many idle seconds to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        serve(Connection(int(sys.argv[1])), *map(float, sys.argv[2:]))
    except (EOFError, ConnectionError):
        return
