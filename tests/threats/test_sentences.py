"""A database that cannot be used is told in a sentence, never with a traceback."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.store.engine.schema import upgrade
from tests.databases import sqlite_only
from tests.web.running import PARALLAX

pytestmark = sqlite_only


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing can be written, for root neither."""
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o500)
    mounted = os.access(folder, os.W_OK)
    if mounted:
        try:
            os.unshare(os.CLONE_NEWNS)
            subprocess.run(["mount", "--make-rprivate", "/"], check=True)
            subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", folder], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"root can write everywhere here ({error})")
    yield folder
    if mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


def said(database: Path, *command: str) -> str:
    """What the command says, which fails."""
    settings = {"PARALLAX_DATABASE_URL": f"sqlite:///{database}", "PARALLAX_WORKERS": "1"}
    done = subprocess.run(
        [PARALLAX, *command], env=os.environ | settings, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("ingest", "--sample")])
def test_a_folder_that_cannot_be_written(read_only: Path, command: tuple[str, ...]) -> None:
    assert "cannot be opened" in said(read_only / "collection.db", *command)


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("ingest", "--sample")])
def test_a_database_of_another_program(tmp_path: Path, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE accounts (id)")
    assert "another program" in said(tmp_path / "other.db", *command)


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("sources",)])
def test_a_page_that_is_broken(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "collection.db"
    upgrade(f"sqlite:///{path}")
    with path.open("r+b") as file:
        file.write(b"no database at all" * 20)
    assert "not a sound SQLite database" in said(path, *command)
