"""Deletions where the disk has no room at all."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.store.engine.reserve import SIZE

_MOUNTED = 'mount -t tmpfs -o size=60m none "$1" && exec "$2" -m tests.threats.full_disk "$1"'


def _in_a_small_disk(folder: Path) -> dict[str, object]:
    """What the program finds on a disk of 60 MB of its own."""
    alone = ["unshare", "--map-root-user", "--mount"]
    try:
        able = subprocess.run([*alone, "mount", "-t", "tmpfs", "none", folder], check=False)
    except FileNotFoundError:
        pytest.skip("there is no unshare here")
    if able.returncode != 0:
        pytest.skip("nothing may be mounted here")
    ran = subprocess.run(
        [*alone, "sh", "-c", _MOUNTED, "sh", folder, sys.executable],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_a_full_disk_lets_delete_and_nothing_else(tmp_path: Path) -> None:
    found = _in_a_small_disk(tmp_path)
    assert found["written"] is False
    assert found["deleted"] == [True] * 20
    assert found["sound"] == "ok"
    assert found["left"] == list(range(23, 31))
    assert found["held back at last"] == SIZE
