"""The process that makes sentence vectors: one, whoever asks, and only while somebody does."""

import threading
from collections.abc import Sequence
from itertools import batched
from typing import Self

import structlog

from app.annotate.vectors import encoding, version
from app.domain import deadline
from app.errors import Unavailable
from app.jobs.process import WorkerDied, WorkerProcess
from app.jobs.worker import Load

log = structlog.get_logger(__name__)

# Sentences of one turn, a tenth of a second: who has many does not keep the others waiting.
_TURN = 64
_TURN_SECONDS = 300.0
# Its memory is given back when nobody has asked for so long; starting it anew takes a second.
IDLE_SECONDS = 20.0
_DEATHS = 2


class EncoderProcess:
    """Sentence vectors from a process of its own, which starts with the first sentence, has one
    thread (so that the same sentence has the same bytes whoever asks) and does not keep the
    interpreter that serves requests busy. Use as a context manager, or `close` it."""

    def __init__(
        self, load: Load[str, bytes] = encoding, *, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._load = load
        self._idle_seconds = idle_seconds
        self._turns = threading.Lock()
        self._closing = threading.Event()
        self._process: WorkerProcess[str, bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def in_use(self) -> bool:
        """Whether the process runs: somebody asked a short while ago."""
        process = self._process
        return process is not None and process.alive

    @property
    def version(self) -> str:
        """What the vectors come from."""
        return version()

    def encode(self, sentences: Sequence[str]) -> bytes:
        """512 bytes for each sentence, in their order (`annotate.vectors`); what stands there often
        is encoded once.

        Raises Unavailable where the process does not start, dies twice over the same sentences, or
        is closed; DeadlinePassed between two turns.
        """
        vectors: dict[str, bytes] = {}
        for turn in batched(dict.fromkeys(sentences), _TURN):
            deadline.check()
            vectors |= zip(turn, self._turn(list(turn)), strict=True)
        return b"".join(vectors[each] for each in sentences)

    def close(self) -> None:
        """Ends the process; who waits for an answer gets Unavailable."""
        self._closing.set()
        if process := self._process:
            process.end()
        with self._turns:
            self._bury()

    def _turn(self, sentences: list[str]) -> list[bytes]:
        ending = ""
        with self._turns:
            for _ in range(_DEATHS):
                if self._closing.is_set():
                    raise Unavailable("The service is shutting down.")
                try:
                    return self._live().ask(sentences, _TURN_SECONDS)
                except WorkerDied as death:
                    ending = str(death)
                    self._bury()
        raise Unavailable(f"The process that makes sentence vectors died twice ({ending}).")

    def _live(self) -> WorkerProcess[str, bytes]:
        if self._process and self._process.alive:
            return self._process
        self._bury()
        try:
            process = WorkerProcess[str, bytes](self._idle_seconds)
        except OSError as error:
            raise Unavailable(f"No process can be started: {error.strerror}.") from error
        self._process = process
        # After it is known: either `close` ends it, or it is ended here.
        if self._closing.is_set():
            process.end()
        process.load(self._load)
        log.info("sentence vectors ready", pid=process.pid)
        return process

    def _bury(self) -> None:
        if self._process:
            self._process.close()
            self._process = None
