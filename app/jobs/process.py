"""One worker process as its parent sees it: started, loaded, asked, ended."""

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe

from app.jobs.worker import Load, Ready, Refusal
from app.linear_algebra import ONE_THREAD

_START_SECONDS = 120.0


class WorkerDied(Exception):
    """A worker process is gone; the message says how it ended."""


class WorkerLate(WorkerDied):
    """A worker had no answer in time."""


class WorkerProcess[Asked, Answer]:
    """One worker process, which ends by itself where nothing is asked for `idle_seconds`. Only the
    thread that it belongs to may do more than `end` it."""

    def __init__(self, idle_seconds: float | None = None) -> None:
        self.loaded = False
        ours, theirs = Pipe()
        with theirs:
            self._connection = ours
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [
                    sys.executable,
                    "-P",
                    "-c",
                    "from app.jobs.worker import main; main()",
                    str(theirs.fileno()),
                    *([] if idle_seconds is None else [str(idle_seconds)]),
                ],
                # Never written to: its end of file tells the worker that this process is gone.
                stdin=subprocess.PIPE,
                # What a library prints must not mix with the output of a command.
                stdout=sys.__stderr__.fileno() if sys.__stderr__ else subprocess.DEVNULL,
                env=os.environ
                | ONE_THREAD
                | {"PYTHONPATH": os.pathsep.join(map(_whole, sys.path))},
                pass_fds=[theirs.fileno()],
                # Ctrl-C is for the parent, which ends its workers when it has stored what is done.
                process_group=0,
            )

    def load(self, load: Load[Asked, Answer]) -> None:
        """Has the worker load what it works with.

        Raises ParallaxError where that refuses to load, WorkerDied where it dies.
        """
        try:
            self._send(load)
            answer = self._receive(_START_SECONDS)
        except (OSError, EOFError):
            raise WorkerDied(self._ending()) from None
        if isinstance(answer, Refusal):
            raise answer.error
        self.loaded = True

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, batch: list[Asked], seconds: float) -> list[Answer]:
        """Sends the worker a batch. Returns one answer for each of its members.

        Raises WorkerLate where the answer takes longer than `seconds`, WorkerDied where the worker
        ends, ParallaxError where it can answer nothing at all.
        """
        try:
            self._send(batch)
            answer = self._receive(seconds)
        except (OSError, EOFError):
            raise WorkerDied(self._ending()) from None
        if isinstance(answer, list):
            return answer
        if isinstance(answer, Refusal):
            raise answer.error
        raise WorkerDied("it spoke out of turn")

    def _send(self, what: object) -> None:
        # `Connection.send` lends its buffer out; where the worker dies meanwhile, the error keeps
        # both, and Python cannot free them in any order.
        self._connection.send_bytes(pickle.dumps(what))

    def _receive(self, seconds: float) -> Ready | Refusal | list[Answer]:
        if not self._connection.poll(seconds):
            raise WorkerLate(f"no answer within {seconds:g} seconds")
        answer: Ready | Refusal | list[Answer] = self._connection.recv()
        return answer

    def _ending(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        code = self._process.returncode
        if code is not None and code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return f"ended with exit code {code}"

    def end(self) -> None:
        """Kills the process, which holds nothing that would be lost; from any thread."""
        self._process.kill()

    def close(self) -> None:
        """Kills the process and gives back what it held here."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        self._connection.close()


def _whole(path: str) -> str:
    return path or os.getcwd()
