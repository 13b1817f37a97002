"""One process that analyses for others on this machine: they ask it over a socket."""

import secrets
import tempfile
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any, Self

import structlog

from app.errors import ParallaxError
from app.jobs.encoding import EncoderProcess
from app.jobs.pool import AnalyserPool
from app.measures import MEASURES, all_sums
from app.services.work import Work

log = structlog.get_logger(__name__)

_WAITING = 128


class Sharing:
    """Answers `app.jobs.elsewhere.Elsewhere`, which is given the address and the key. Only who may
    read a folder of this user finds the address, and only who has the key is heard. Use as a
    context manager."""

    def __init__(
        self, pool: AnalyserPool, work: Work, encoder: EncoderProcess | None = None
    ) -> None:
        self._encoder = encoder
        self._pool = pool
        self._work = work
        self._folder = tempfile.TemporaryDirectory(prefix="parallax-")
        self.key = secrets.token_bytes(32)
        self.address = str(Path(self._folder.name) / "analysing")
        # Where the web processes keep what each of them counts.
        self.counts = Path(self._folder.name) / "counts"
        self.counts.mkdir()
        self._listener = Listener(self.address, "AF_UNIX", _WAITING, self.key)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="sharing", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._listener.close()
        self._folder.cleanup()

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                connection = self._listener.accept()
            except (OSError, EOFError, AuthenticationError):
                continue  # closed, or somebody who went away or does not know the key
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: "Connection[Any, Any]") -> None:
        with connection:
            try:
                question = connection.recv()
                connection.send(self._answer_to(*question))
            except (OSError, EOFError):
                return  # who asked has gone

    def _answer_to(self, what: str, *given: Any) -> object:
        try:
            match what:
                case "analyse":
                    return self._pool.analyse(*given)
                case "encode" if self._encoder:
                    return self._encoder.encode(*given)
                case "wait":
                    return self._work.wait(*given)
                case "count":
                    measure, *counted = given
                    MEASURES[measure].add(*counted)
                    return None
                case "sums":
                    return all_sums()
                case "wake":
                    self._work.wake()
                    return None
                case _:
                    status = self._work.status()
                    return status.workers, status.error
        except ParallaxError as error:
            return error
