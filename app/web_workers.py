"""`parallax serve --web-workers N`: several processes that answer, and this one that analyses.

Each answers at the same sockets, on one database: SQLite's readers do not wait for each other, and
the writers of all processes take turns. What one of them needs of an analysis it asks this one for.
"""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress

import structlog

from app.errors import Unavailable
from app.jobs.encoding import EncoderProcess
from app.jobs.pool import AnalyserPool
from app.jobs.sharing import Sharing
from app.main import at_work
from app.settings import Settings
from app.web.metrics import COUNTS

log = structlog.get_logger(__name__)

_PROGRAM = "from app.serving import web_process; web_process()"
_LOOK_SECONDS = 0.2
# More than a web process takes for the requests under way.
_END_SECONDS = 9.0
# What ends sooner, and so often, will not come up.
_LIFE_SECONDS, _SHORT_LIVES = 10.0, 3


def supervise(
    sockets: Sequence[socket.socket], settings: Settings, pool: AnalyserPool, number: int
) -> None:
    """Runs so many web processes until this one is told to end, and starts another one for each
    that ends by itself. Raises ParallaxError where the database cannot be used."""
    ending = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ending.set())
    with ExitStack() as parts:
        encoder = parts.enter_context(EncoderProcess()) if settings.vectors else None
        _, runner = at_work(parts, settings, pool, encoder)
        shared = parts.enter_context(Sharing(pool, runner, encoder))
        gc.freeze()
        gc.enable()
        web: dict[subprocess.Popen[bytes], float] = {}
        short = 0  # lives in a row
        try:
            while not ending.wait(_LOOK_SECONDS):
                for dead in [each for each in web if each.poll() is not None]:
                    log.warning("web process ended", pid=dead.pid, code=dead.returncode)
                    short = short + 1 if time.monotonic() - web.pop(dead) < _LIFE_SECONDS else 0
                    _hang_up(dead)
                if short > _SHORT_LIVES * number:
                    raise Unavailable("The web processes end as soon as they start: the log above.")
                while len(web) < number:
                    web[_start(sockets, shared)] = time.monotonic()
        finally:
            _end(list(web))


def _start(sockets: Sequence[socket.socket], shared: Sharing) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        pass_fds=[each.fileno() for each in sockets],
        env=os.environ | {COUNTS: str(shared.counts)},
    )
    given = {
        "sockets": [each.fileno() for each in sockets],
        "address": shared.address,
        "key": shared.key.hex(),
    }
    if process.stdin:
        # Its end of file, after this line, tells the web process that this one is gone.
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(given).encode() + b"\n")
            process.stdin.flush()
    log.info("web process started", pid=process.pid)
    return process


def _end(web: Sequence["subprocess.Popen[bytes]"]) -> None:
    for each in web:
        each.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + _END_SECONDS
    for each in web:
        try:
            each.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()
        _hang_up(each)


def _hang_up(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        with suppress(BrokenPipeError):
            process.stdin.close()
