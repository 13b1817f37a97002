"""A pool of analyser processes: texts in, analyses out, and a worker that dies harms nobody.

Each worker process has a thread of its own here, which hands it one batch at a time. When a worker
dies (killed, out of memory, a crash in native code) that thread starts another and tries the
texts of the batch one by one; a text whose worker dies twice is reported failed. The other workers
notice nothing.
"""

import queue
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from types import TracebackType
from typing import Self

import structlog

from app.domain.annotation import Analysis, AnalysisInput, Failure, Outcome
from app.errors import ParallaxError, Unavailable
from app.jobs.process import WorkerDied, WorkerLate, WorkerProcess
from app.jobs.worker import AnalyserFactory, analysing, load_analyser
from app.settings import Settings

log = structlog.get_logger(__name__)

type _Worker = WorkerProcess[AnalysisInput, Outcome]

_STARTS = 3
_DEATHS = 2
_LOOK_SECONDS = 1.0
# How long an analysis may take, linear in its characters: some fifty times what prose takes.
_SECONDS = 30.0
_SECONDS_PER_CHAR = 0.002
# Texts of one call are handed out in pieces of about this many characters, so that all workers
# have some.
_PIECE_CHARS = 50_000


@dataclass(order=True, slots=True)
class _Job:
    """A batch in the queue; the lowest (rank, number) comes first."""

    rank: int
    number: int
    batch: list[AnalysisInput] = field(compare=False)
    future: Future[list[Outcome]] = field(compare=False)


class AnalyserPool:
    """Worker processes that analyse texts; `factory` is called in each, once.

    Workers load at once, in the background. Batches wait in a queue without bound: whoever feeds
    the pool for long keeps a few in flight, no more. Use as a context manager, or `close` it.
    """

    def __init__(
        self, factory: AnalyserFactory, workers: int = 1, *, seconds: float = _SECONDS
    ) -> None:
        self.workers = workers
        self._factory = factory
        self._seconds = seconds
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = count()
        self._lock = threading.Lock()
        self._running: dict[int, _Worker] = {}
        self._error: ParallaxError | None = None
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=f"analyser-{slot}", daemon=True)
            for slot in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def ready(self) -> int:
        """How many workers have their model loaded."""
        with self._lock:
            return sum(worker.loaded and worker.alive for worker in self._running.values())

    @property
    def error(self) -> ParallaxError | None:
        """Why no worker can be started, or None."""
        return self._error

    @property
    def pids(self) -> list[int]:
        """The process ids of the loaded workers."""
        with self._lock:
            return [worker.pid for worker in self._running.values() if worker.loaded]

    def submit(self, batch: list[AnalysisInput], *, urgent: bool = False) -> Future[list[Outcome]]:
        """Hands texts to the workers. Returns a future of their outcomes, in order; urgent batches
        go first.

        An empty batch has its (empty) answer when a worker is up. The future raises ModelMissing,
        or Unavailable where no worker starts or the pool closes: then no text is to blame.
        """
        future: Future[list[Outcome]] = Future()
        if self._closing.is_set():
            future.set_exception(_closed())
            return future
        self._jobs.put(_Job(0 if urgent else 1, next(self._numbers), batch, future))
        return future

    def outcomes(self, inputs: list[AnalysisInput], *, urgent: bool = False) -> list[Outcome]:
        """Shares the inputs out among the workers. Returns one outcome for each.

        Raises what the future of `submit` raises.
        """
        futures = [self.submit(piece, urgent=urgent) for piece in pieces(inputs, _PIECE_CHARS)]
        return [outcome for future in futures for outcome in future.result()]

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        """Analyses the inputs ahead of the batches that wait. Returns one analysis for each.

        Raises Unavailable where a text (counted from 0) could not be analysed, and what the future
        of `submit` raises.
        """
        analyses: list[Analysis] = []
        for index, outcome in enumerate(self.outcomes(inputs, urgent=True)):
            if isinstance(outcome, Failure):
                raise Unavailable(f"text {index}: {outcome.reason}")
            analyses.append(outcome)
        return analyses

    def close(self) -> None:
        """Ends the workers at once; batches without an answer raise Unavailable."""
        self._closing.set()
        for _ in self._threads:
            self._jobs.put(_Job(-1, next(self._numbers), [], Future()))
        with self._lock:
            for worker in self._running.values():
                worker.end()
        for thread in self._threads:
            thread.join(timeout=10)
        while True:
            try:
                self._jobs.get_nowait().future.set_exception(_closed())
            except queue.Empty:
                return

    def _serve(self, slot: int) -> None:
        """The life of one slot: keep its worker alive, hand it batches."""
        with suppress(ParallaxError):
            self._worker(slot)
        while not self._closing.is_set():
            self._turn(slot)
        self._bury(slot)

    def _turn(self, slot: int) -> None:
        try:
            job = self._jobs.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            worker = self._running.get(slot)
            if worker and not worker.alive:
                with suppress(ParallaxError):
                    self._worker(slot)
            return
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            job.future.set_result(self._answer(slot, job.batch))
        except Exception as error:  # noqa: BLE001 - the future carries it to whoever asked
            job.future.set_exception(error)

    def _answer(self, slot: int, batch: list[AnalysisInput]) -> list[Outcome]:
        if self._closing.is_set():
            raise _closed()
        if len(batch) != 1:
            try:
                return self._ask(slot, batch)
            except WorkerDied as death:
                self._mourn(slot, death, len(batch))
        return [self._alone(slot, text) for text in batch]

    def _ask(self, slot: int, batch: list[AnalysisInput]) -> list[Outcome]:
        chars = sum(len(text.text) for text in batch)
        return self._worker(slot).ask(batch, self._seconds + _SECONDS_PER_CHAR * chars)

    def _alone(self, slot: int, text: AnalysisInput) -> Outcome:
        """The outcome of one text, which may cost its worker's life twice, its time once."""
        ending = ""
        for _ in range(_DEATHS):
            try:
                return self._ask(slot, [text])[0]
            except WorkerLate as late:
                self._mourn(slot, late, 1)
                return Failure(
                    f"The analysis was given up: {late}, which is the bound for a text of "
                    f"{len(text.text):,} characters."
                )
            except WorkerDied as death:
                self._mourn(slot, death, 1)
                ending = str(death)
        return Failure(
            f"The analysis was given up: its process died twice on this text ({ending}). "
            "It may need more memory than there is."
        )

    def _mourn(self, slot: int, death: WorkerDied, texts: int) -> None:
        self._bury(slot)
        if self._closing.is_set():
            raise _closed()
        log.warning("worker died", worker=slot, how=str(death), texts=texts)

    def _bury(self, slot: int) -> None:
        with self._lock:
            worker = self._running.pop(slot, None)
        if worker:
            worker.close()

    def _worker(self, slot: int) -> _Worker:
        """The live worker of a slot, started where there is none.

        Raises ParallaxError where it cannot be started.
        """
        worker = self._running.get(slot)
        if worker and worker.alive:
            return worker
        if worker:
            self._mourn(slot, WorkerDied("while it had nothing to do"), 0)
        try:
            worker = self._start(slot)
        except ParallaxError as error:
            if not self._closing.is_set() and self._error is None:
                log.error("no worker", code=error.code, reason=error.detail)
            self._error = error
            raise
        self._error = None
        return worker

    def _start(self, slot: int) -> _Worker:
        ending = ""
        for _ in range(_STARTS):
            began = time.monotonic()
            try:
                worker: _Worker = WorkerProcess()
            except OSError as error:
                raise Unavailable(f"No process can be started: {error.strerror}.") from error
            with self._lock:
                self._running[slot] = worker
            # After it is registered: either `close` ends it, or it is ended here.
            if self._closing.is_set():
                worker.end()
            try:
                worker.load(partial(analysing, self._factory))
            except WorkerDied as death:
                ending = str(death)
                self._mourn(slot, death, 0)
                continue
            except ParallaxError:
                self._bury(slot)
                raise
            seconds = round(time.monotonic() - began, 1)
            log.info("worker ready", worker=slot, pid=worker.pid, seconds=seconds)
            return worker
        raise Unavailable(f"The analyser's process does not start ({ending}); its output says why.")


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


def _closed() -> Unavailable:
    return Unavailable("The service is shutting down.")


def analyser_pool(settings: Settings) -> AnalyserPool:
    """The pool that the settings ask for; its workers load in the background."""
    factory = partial(
        load_analyser, dict(settings.models), settings.default_language, settings.knowledge
    )
    return AnalyserPool(factory, settings.workers)
