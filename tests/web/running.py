"""`parallax serve` as users run it: a process of its own on a free loopback port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import new_url

PARALLAX = Path(sys.executable).with_name("parallax")


def started(folder: Path, **settings: str) -> tuple[int, "subprocess.Popen[bytes]"]:
    """A service with its collection in `folder`, and its port, from the moment that it takes
    connections: its workers are still loading then."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    given = {"database_url": new_url(folder, "fresh"), "log_level": "error", **settings}
    process = subprocess.Popen(
        [PARALLAX, "serve", "--port", str(port)],
        env=os.environ | {f"PARALLAX_{name.upper()}": value for name, value in given.items()},
    )
    _await(port, process)
    return port, process


@contextmanager
def fresh_process(folder: Path, **settings: str) -> Iterator[int]:
    """The port of a service with an empty collection in `folder`, as `started`."""
    port, process = started(folder, **settings)
    try:
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the service ended"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.005)
        else:
            return
    process.kill()
    raise AssertionError("the service does not take connections")
