"""The service as users run it, for the time of a measurement."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

COMMAND = Path(sys.executable).with_name("parallax")
_START_SECONDS = 120.0


@contextmanager
def service(url: str, parallax: Path = COMMAND, **settings: str) -> Iterator[str]:
    """The address of a service on this store, up and ready for the time of the block, with these
    settings; where it logs more than warnings, nobody reads that."""
    with process_of_service(url, parallax, **settings) as (base, _):
        yield base


@contextmanager
def process_of_service(
    url: str, parallax: Path = COMMAND, **settings: str
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The same with the process that serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(parallax), "serve", "--port", str(port)]
    given = {"database_url": url, "log_level": "warning", **settings}
    environment = {f"PARALLAX_{name.upper()}": value for name, value in given.items()}
    said = None if given["log_level"] == "warning" else subprocess.DEVNULL
    process = subprocess.Popen(command, env=os.environ | environment, stderr=said)
    try:
        base = f"http://127.0.0.1:{port}"
        _await(base, process)
        yield base, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _await(base: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    with httpx.Client(base_url=base, timeout=_START_SECONDS) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get("/readyz").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.02)
    raise SystemExit("the service did not come up")
