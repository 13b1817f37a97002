"""`parallax serve` in a process of its own, spoken to in bytes."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.web.running import PARALLAX


class Served:
    """A service in a process of its own, and what it says on standard error."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text()

    def connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.settimeout(30)
        return connection

    def answer(self, request: bytes) -> tuple[int, bytes]:
        with self.connect() as connection:
            connection.sendall(request)
            raw = b"".join(iter(lambda: connection.recv(65_536), b""))
        return int(raw.split(b" ", 2)[1]), raw


@contextmanager
def serving(
    folder: Path, host: str = "127.0.0.1", options: Sequence[str] = (), **settings: str
) -> Iterator[Served]:
    """A service on a new collection in `folder`, from the moment that it answers."""
    log = folder / "log"
    given = {"database_url": f"sqlite:///{folder}/served.db", **settings}
    with log.open("w") as out, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(
            [PARALLAX, "serve", "--host", host, "--port", str(port), *options],
            env=os.environ | {f"PARALLAX_{name.upper()}": each for name, each in given.items()},
            stderr=out,
            text=True,
        )
    served = Served(process, port, log)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if served.answer(get("/healthz"))[0] == 200:
                    break
            except OSError:
                time.sleep(0.05)
        yield served
    finally:
        process.kill()
        process.wait()


def get(path: str, *headers: str) -> bytes:
    """A request whose answer ends the connection."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n".encode()
