"""A place for one worker: whoever dies in it is followed by another."""

import threading
import time
from contextlib import suppress
from functools import partial

import structlog

from app.domain.annotation import AnalysisInput, Outcome
from app.errors import ParallaxError, Unavailable
from app.jobs.process import WorkerDied, WorkerProcess
from app.jobs.worker import AnalyserFactory, analysing
from app.measures import STAGES

log = structlog.get_logger(__name__)

type _Worker = WorkerProcess[AnalysisInput, Outcome]

_STARTS = 3


class WorkerSlot:
    """One worker process at a time, in which `factory` is called once. It belongs to one thread;
    others may only look at it and `end` what runs in it. `closing` is set before it is ended for
    good."""

    def __init__(self, number: int, factory: AnalyserFactory, closing: threading.Event) -> None:
        self.number = number
        self.error: ParallaxError | None = None
        self._factory = factory
        self._closing = closing
        self._lock = threading.Lock()
        self._running: _Worker | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the worker, where it has loaded."""
        with self._lock:
            worker = self._running
            return worker.pid if worker and worker.loaded and worker.alive else None

    def ask(self, batch: list[AnalysisInput], seconds: float) -> list[Outcome]:
        """One outcome for each text.

        Raises WorkerDied, WorkerLate, and ParallaxError where no worker can be started, the worker
        refuses, or the slot closes.
        """
        worker = self._worker()
        try:
            with STAGES.timed("analyse", len(batch)):
                return worker.ask(batch, seconds)
        except WorkerDied as death:
            self._mourn(death, len(batch))
            raise

    def fill(self) -> None:
        """Starts a worker where there is none, unless the last could not be started either: then
        who asks may try it."""
        if self.error is None:
            with suppress(ParallaxError):
                self._worker()

    def end(self) -> None:
        """Kills the worker."""
        with self._lock:
            if self._running:
                self._running.end()

    def clear(self) -> None:
        """Kills the worker and gives back what it held."""
        with self._lock:
            worker, self._running = self._running, None
        if worker:
            worker.close()

    def _worker(self) -> _Worker:
        worker = self._running
        if worker and worker.alive:
            return worker
        if worker:
            self._mourn(WorkerDied("while it had nothing to do"), 0)
        try:
            worker = self._start()
        except ParallaxError as error:
            if not self._closing.is_set() and self.error is None:
                log.error("no worker", code=error.code, reason=error.detail)
            self.error = error
            raise
        self.error = None
        return worker

    def _start(self) -> _Worker:
        ending = ""
        for _ in range(_STARTS):
            began = time.monotonic()
            try:
                worker: _Worker = WorkerProcess()
            except OSError as error:
                raise Unavailable(f"No process can be started: {error.strerror}.") from error
            with self._lock:
                self._running = worker
            # After it is known: either `end` kills it, or it is killed here.
            if self._closing.is_set():
                worker.end()
            try:
                worker.load(partial(analysing, self._factory))
            except WorkerDied as death:
                ending = str(death)
                self._mourn(death, 0)
                continue
            except ParallaxError:
                self.clear()
                raise
            seconds = round(time.monotonic() - began, 1)
            log.info("worker ready", worker=self.number, pid=worker.pid, seconds=seconds)
            return worker
        raise Unavailable(f"The analyser's process does not start ({ending}); its output says why.")

    def _mourn(self, death: WorkerDied, texts: int) -> None:
        self.clear()
        if self._closing.is_set():
            raise closed()
        log.warning("worker died", worker=self.number, how=str(death), texts=texts)


def closed() -> Unavailable:
    """What is raised once no worker may be started any more."""
    return Unavailable("The service is shutting down.")
