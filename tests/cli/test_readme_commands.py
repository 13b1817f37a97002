"""Each command of the README works as it is written, on a fresh sample and by itself."""

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("   #")[0].strip() for line in re.findall(r"^parallax .+", README, re.MULTILINE)
]
# The first needs the network; the others do not end by themselves.
APART = ("parallax ingest https://", "parallax serve", "parallax worker")
MADE = {
    "out.jsonl": "out.jsonl",
    "--out annotated/": "annotated",
    "--format markdown": "comparison.md",
    "--format html": "story.html",
    "--format parquet": "mentions.parquet",
    "backup": "copy.db",
    "knowledge import": "parallax-knowledge.db",
}

# What a command reads from who started it.
ASKED = {
    "parallax mcp": json.dumps(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "readme", "version": "1"},
            },
        }
    )
    + "\n"
}


def environment() -> Mapping[str, str]:
    """No settings, and the command where the README takes it to be."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    return own | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    command = ["parallax", "ingest", "--sample"]
    subprocess.run(command, cwd=folder, env=environment(), check=True, timeout=120)
    return folder / "parallax.db"


@pytest.fixture
def folder(database: Path, tmp_path: Path) -> Path:
    """A folder with the sample and with what the commands read."""
    shutil.copy(database, tmp_path / "parallax.db")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("# Port reopens\n\nThe port of Sund is open.\n")
    (tmp_path / "one.txt").write_text("Talks in Geneva\n\nFrance met Germany in Geneva.\n")
    (tmp_path / "other.html").write_text(
        "<html><body><article><h1>Monday's meeting</h1><p>Germany says that it met Italy in "
        "Geneva on Monday, and that both will meet again.</p></article></body></html>"
    )
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "text": "Ann Becker is in Paris."}))
    item = {"type": "item", "id": "Q1", "labels": {"en": {"value": "Orla Venn"}}}
    item |= {"sitelinks": {"enwiki": {}}}
    item |= {"claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}]}}
    with gzip.open(tmp_path / "latest-all.json.gz", "wt") as dump:
        dump.write(f"[\n{json.dumps(item)}\n]\n")
    return tmp_path


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith(APART)])
def test_a_command_works_as_written(folder: Path, command: str) -> None:
    if command.startswith("parallax restore"):
        # By the command above it in the README; that one wants no such file to be there.
        backup = ["parallax", "backup", "copy.db"]
        subprocess.run(backup, cwd=folder, env=environment(), check=True, timeout=120)
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment(),
        input=ASKED.get(command, ""),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = [folder / name for words, name in MADE.items() if words in command]
    assert all(path.stat().st_size for path in made)
    assert done.stdout or made


def test_every_command_but_three_is_tried() -> None:
    assert len(COMMANDS) > 12
    assert sum(command.startswith(APART) for command in COMMANDS) == 3


def test_the_service_starts_as_written_and_ends_well(folder: Path) -> None:
    (command,) = (c for c in COMMANDS if c.startswith("parallax serve"))
    # Another port than that of whoever runs a service here.
    words = re.sub(r"--port \d+", "--port 0", command).split()
    log = folder / "log"
    with (
        log.open("w") as errors,
        subprocess.Popen(words, cwd=folder, env=environment(), stderr=errors) as service,
    ):
        try:
            deadline = time.monotonic() + 60
            while "Application startup complete" not in log.read_text():
                assert service.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            service.send_signal(signal.SIGINT)
            assert service.wait(30) == 0, log.read_text()
        finally:
            service.kill()
    assert re.search(r"listening .*address=http://127\.0\.0\.1:\d+", log.read_text())
