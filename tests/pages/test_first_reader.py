"""The first reader of a process waits for nothing that the process could have loaded before."""

import subprocess
import sys
from pathlib import Path

from tests.databases import new_url

PROGRAM = """
import sys
from fastapi.testclient import TestClient
from app.main import create_app
from app.settings import Settings

with TestClient(create_app(Settings(database_url=sys.argv[1], log_level="error"))) as client:
    before = set(sys.modules)
    assert client.get("/compare?x", headers={"Accept": "text/html"}).status_code == 422
    assert client.get("/stories", headers={"Accept": "text/html"}).status_code == 200
    assert ("scipy.sparse" in before) and ("app.compare.statements.section" in before)
    sys.exit(0 if not any(name.startswith("app.") for name in set(sys.modules) - before) else 3)
"""


def test_methods_are_there_before_anybody_asks(tmp_path: Path) -> None:
    url = new_url(tmp_path, "first")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
