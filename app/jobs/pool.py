"""A pool of analyser processes: texts in, analyses out, and a text that harms its worker harms
nobody else.

Each worker process has a thread of its own here, which hands it one batch at a time. Where it dies
(killed, out of memory, a crash in native code) or is late, another is started, and the texts of its
batch are queued again one by one. A text whose worker dies twice is reported failed. One that is
late on its own is queued once more, behind those that wait, and then has the whole of its time:
its neighbours have their outcomes before.
"""

import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Self

from app.domain.annotation import Analysis, AnalysisInput, Failure, Outcome
from app.errors import ParallaxError, Unavailable
from app.jobs.process import WorkerDied, WorkerLate
from app.jobs.slot import WorkerSlot, closed
from app.jobs.worker import AnalyserFactory, load_analyser
from app.settings import Settings

_DEATHS = 2
_LOOK_SECONDS = 1.0
# How long an analysis may take, linear in its characters: some fifty times what prose takes.
_SECONDS = 30.0
_SECONDS_PER_CHAR = 0.002
# The part of it after which texts are tried alone, and a text alone behind the others.
_FIRST_PART = 0.2
# Texts of one call are handed out in pieces of about this many characters, so that all workers
# have some.
_PIECE_CHARS = 50_000
_CLOSING, _URGENT, _USUAL = range(3)


@dataclass(frozen=True, slots=True)
class _Text:
    input: AnalysisInput
    outcome: Future[Outcome]


@dataclass(order=True, slots=True)
class _Job:
    """A batch in the queue; the lowest (rank, number) comes first. `deaths` counts the workers
    that its one text has cost; `whole` gives it all of its time."""

    rank: int
    number: int
    texts: list[_Text] = field(compare=False)
    deaths: int = field(default=0, compare=False)
    whole: bool = field(default=False, compare=False)

    @property
    def chars(self) -> int:
        return sum(len(text.input.text) for text in self.texts)


class AnalyserPool:
    """Worker processes that analyse texts; `factory` is called in each, once.

    Workers load at once, in the background. Batches wait in a queue without bound: whoever feeds
    the pool for long keeps a few in flight, no more. Use as a context manager, or `close` it.
    """

    def __init__(
        self, factory: AnalyserFactory, workers: int = 1, *, seconds: float = _SECONDS
    ) -> None:
        self.workers = workers
        self._seconds = seconds
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = count()
        self._closing = threading.Event()
        self._slots = [WorkerSlot(number, factory, self._closing) for number in range(workers)]
        self._threads = [
            threading.Thread(
                target=self._serve, args=(slot,), name=f"analyser-{slot.number}", daemon=True
            )
            for slot in self._slots
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def ready(self) -> int:
        """How many workers have their model loaded."""
        return len(self.pids)

    @property
    def error(self) -> ParallaxError | None:
        """Why a worker cannot be started, or None."""
        return next((slot.error for slot in self._slots if slot.error), None)

    @property
    def pids(self) -> list[int]:
        """The process ids of the loaded workers."""
        return [pid for slot in self._slots if (pid := slot.pid) is not None]

    def submit(self, batch: list[AnalysisInput], *, urgent: bool = False) -> list[Future[Outcome]]:
        """Hands texts to the workers. Returns a future of the outcome of each, in order; urgent
        batches go first.

        A future raises ModelMissing, or Unavailable where no worker starts or the pool closes: then
        no text is to blame.
        """
        texts = [_Text(text, Future()) for text in batch]
        self._put(_URGENT if urgent else _USUAL, texts)
        return [text.outcome for text in texts]

    def check(self) -> None:
        """Waits until a worker is up. Raises what a future of `submit` raises."""
        up: Future[Outcome] = Future()
        self._put(_URGENT, [_Text(AnalysisInput("", 0, None), up)])
        up.result()

    def outcomes(self, inputs: list[AnalysisInput], *, urgent: bool = False) -> list[Outcome]:
        """Shares the inputs out among the workers. Returns one outcome for each.

        Raises what the futures of `submit` raise.
        """
        parts = [self.submit(part, urgent=urgent) for part in pieces(inputs, _PIECE_CHARS)]
        return [future.result() for part in parts for future in part]

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        """Analyses the inputs ahead of the batches that wait. Returns one analysis for each.

        Raises Unavailable where a text (counted from 0) could not be analysed, and what the futures
        of `submit` raise.
        """
        analyses: list[Analysis] = []
        for index, outcome in enumerate(self.outcomes(inputs, urgent=True)):
            if isinstance(outcome, Failure):
                raise Unavailable(f"text {index}: {outcome.reason}")
            analyses.append(outcome)
        return analyses

    def close(self) -> None:
        """Ends the workers at once; texts without an answer raise Unavailable."""
        self._closing.set()
        for _ in self._threads:
            self._put(_CLOSING, [])
        for slot in self._slots:
            slot.end()
        for thread in self._threads:
            thread.join(timeout=10)
        while True:
            try:
                _refuse(self._jobs.get_nowait(), closed())
            except queue.Empty:
                return

    def _put(self, rank: int, texts: list[_Text], *, deaths: int = 0, whole: bool = False) -> None:
        job = _Job(rank, next(self._numbers), texts, deaths, whole)
        self._jobs.put(job)
        # After it is known: either `close` finds it, or it is refused here.
        if self._closing.is_set():
            _refuse(job, closed())

    def _serve(self, slot: WorkerSlot) -> None:
        """The life of one slot: keep its worker alive, hand it batches."""
        slot.fill()
        while not self._closing.is_set():
            try:
                job = self._jobs.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                slot.fill()
                continue
            try:
                self._answer(slot, job)
            except Exception as error:  # noqa: BLE001 - the futures carry it to whoever asked
                _refuse(job, error)
        slot.clear()

    def _answer(self, slot: WorkerSlot, job: _Job) -> None:
        if self._closing.is_set():
            raise closed()
        seconds = self._seconds + _SECONDS_PER_CHAR * job.chars
        try:
            outcomes = slot.ask(
                [text.input for text in job.texts], seconds * (1 if job.whole else _FIRST_PART)
            )
        except WorkerLate as late:
            self._after_late(job, late)
        except WorkerDied as death:
            self._after_death(job, death)
        else:
            for text, outcome in zip(job.texts, outcomes, strict=True):
                text.outcome.set_result(outcome)

    def _after_late(self, job: _Job, late: WorkerLate) -> None:
        if len(job.texts) > 1:
            self._one_by_one(job)
        elif not job.whole:
            self._put(_USUAL, job.texts, deaths=job.deaths, whole=True)
        else:
            job.texts[0].outcome.set_result(
                Failure(
                    f"The analysis was given up: {late}, which is the bound for a text of "
                    f"{job.chars:,} characters."
                )
            )

    def _after_death(self, job: _Job, death: WorkerDied) -> None:
        if len(job.texts) > 1:
            self._one_by_one(job)
        elif job.deaths + 1 < _DEATHS:
            self._put(job.rank, job.texts, deaths=job.deaths + 1, whole=job.whole)
        else:
            job.texts[0].outcome.set_result(
                Failure(
                    "The analysis was given up: its process died twice on this text "
                    f"({death}). It may need more memory than there is."
                )
            )

    def _one_by_one(self, job: _Job) -> None:
        for text in job.texts:
            self._put(job.rank, [text])


def _refuse(job: _Job, error: Exception) -> None:
    for text in job.texts:
        if not text.outcome.done():
            text.outcome.set_exception(error)


def pieces(inputs: list[AnalysisInput], chars: int) -> list[list[AnalysisInput]]:
    """The inputs in order, in pieces of at most about `chars` characters, none empty."""
    parts: list[list[AnalysisInput]] = []
    size = chars
    for text in inputs:
        if size >= chars:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += len(text.text)
    return parts


def analyser_pool(settings: Settings) -> AnalyserPool:
    """The pool that the settings ask for; its workers load in the background."""
    factory = partial(
        load_analyser, dict(settings.models), settings.default_language, settings.knowledge
    )
    # A command that analyses needs one, whatever `serve` is to do on this machine.
    return AnalyserPool(factory, max(1, settings.workers))
