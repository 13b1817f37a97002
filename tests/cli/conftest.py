import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from app import entry
from tests.cli.command import Done, Run
from tests.databases import new_url, on_postgresql


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the command on a database of this session. In this process, because starting Python
    for each call would take most of the time."""
    folder = tmp_path_factory.mktemp("cli")
    usual = {"database_url": new_url(folder, keep=True)} if on_postgresql() else {}

    def command(*arguments: str, stdin: str = "", **settings: str) -> Done:
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in [name for name in os.environ if name.startswith("PARALLAX_")]:
                patch.delenv(name)
            for name, value in (usual | settings).items():
                patch.setenv(f"PARALLAX_{name.upper()}", value)
            patch.chdir(folder)
            patch.setattr(sys, "argv", ["parallax", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            try:
                entry.run()
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        return Done(code, out.getvalue(), err.getvalue())

    return command


@pytest.fixture(scope="session")
def sample(run: Run) -> Run:
    """The command on a database that holds the sample."""
    done = run("ingest", "--sample", "--json")
    assert done.returncode == 0, done.stderr
    return run
