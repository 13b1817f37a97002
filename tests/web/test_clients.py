"""Clients that are built from the OpenAPI document, and docs/clients.md with its notebook, run as
they stand against a service with the sample. `make clients` installs what they need, this test
nothing."""

import json
import os
import re
import shutil
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.services.webhooks import signature
from tests.web.test_examples import WITHOUT_EXAMPLE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(__file__).with_name("clients")
PAGE = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
PYTHON = ROOT / ".clients" / "python" / "bin"
NODE = ROOT / ".clients" / "node" / "node_modules"
# The address that the page shows.
SHOWN = "http://localhost:8000"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Answers with text.
LEFT_OUT = {"get_metrics"}


def blocks(heading: str) -> list[tuple[str, str]]:
    """The blocks of code under a heading of the page, each with its language."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return BLOCK.findall(section)


def block(heading: str, language: str) -> str:
    (found,) = (text for kind, text in blocks(heading) if kind == language)
    return found


@pytest.fixture(scope="module")
def own(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    with serve_sample() as address:
        yield address


@pytest.fixture(scope="module")
def python() -> Path:
    if not (PYTHON / "openapi-python-client").exists():
        pytest.skip("what clients in Python need is not here: `make clients` installs it")
    return PYTHON


def run(folder: Path, *command: str | Path, tools: Path, stdin: str = "", **variables: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": f"{tools}:{os.environ['PATH']}"} | variables,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4_000:]
    return done.stdout


@pytest.fixture(scope="module")
def generated(own: str, python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client in Python."""
    folder = tmp_path_factory.mktemp("python")
    for line in block("Python", "sh").splitlines():
        said = run(folder, *line.replace(SHOWN, own).split(), tools=python)
        # It knows no body of an import but JSON and files; all else is whole.
        for warned in re.findall(r"WARNING (.+)", said):
            assert warned == "parsing POST /v1/imports within imports."
    return folder


def test_the_page_shows_what_the_generated_client_prints(
    own: str, generated: Path, python: Path
) -> None:
    (generated / "page.py").write_text(block("Python", "python").replace(SHOWN, own), "utf-8")
    said = run(generated, python / "python", "page.py", tools=python)
    assert said == block("Python", "text")


def test_the_generated_client_reads_every_answer(own: str, generated: Path, python: Path) -> None:
    """Every operation that reads and answers with JSON, called with its example."""
    document = httpx.get(f"{own}/openapi.json").json()
    asked = list(reads(document))
    assert len(asked) > 25
    said = run(
        generated,
        *(python / "python", SCRIPTS / "every_operation.py", own),
        tools=python,
        stdin=json.dumps(asked),
        PYTHONPATH=str(generated),
    )
    answers = [line.split() for line in said.splitlines()]
    assert [name for name, *_ in answers] == [operation for _, operation, _ in asked]
    assert [
        each for each in answers if each[1] != "200" or each[2] in ("NoneType", "Problem")
    ] == []


def reads(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for methods in document["paths"].values():
        operation = methods.get("get")
        if operation is None or operation["operationId"] in WITHOUT_EXAMPLE | LEFT_OUT:
            continue
        kinds = operation["responses"]["200"].get("content", {})
        if "schema" not in kinds.get("application/json", {}):
            continue
        given = {
            each["name"]: each["example"]
            for each in operation.get("parameters", ())
            if "example" in each
        }
        yield operation["tags"][0], operation["operationId"], given


@pytest.mark.parametrize("heading", ["pandas", "DuckDB"])
def test_tables_come_out_as_the_page_says(
    own: str, python: Path, tmp_path: Path, heading: str
) -> None:
    (tmp_path / "page.py").write_text(block(heading, "python").replace(SHOWN, own), "utf-8")
    said = run(tmp_path, python / "python", "page.py", tools=python)
    assert ("meridian-dispatch" if heading == "pandas" else "Tobias Brandt") in said


def test_a_message_is_known_by_its_signature_as_the_page_says(python: Path, tmp_path: Path) -> None:
    secret, sent = (
        f"whsec_{b64encode(b'a secret of thirty-two characters').decode()}",
        int(time.time()),
    )
    body = json.dumps({"type": "article.matched", "data": {"article": {"title": "Größe"}}})
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(sent),
        "webhook-signature": signature(secret, "msg_1", sent, body),
    }
    ask = f"""
headers = {headers!r}
print(received({secret!r}, headers, {body!r}))
print(received({secret!r}, headers, {body!r} + " "))
print(received({secret!r}, headers | {{"webhook-id": "msg_2"}}, {body!r}))
"""
    (tmp_path / "page.py").write_text(block("Webhooks", "python") + ask, "utf-8")
    said = run(tmp_path, python / "python", "page.py", tools=python)
    assert said.splitlines() == [str(json.loads(body)), "None", "None"]


def test_the_notebook_runs_from_top_to_bottom(own: str, python: Path, tmp_path: Path) -> None:
    script = SCRIPTS / "run_notebook.py"
    notebook = ROOT / "docs" / "clients.ipynb"
    said = run(
        *(tmp_path, python / "python", script, notebook),
        tools=python,
        PARALLAX=own,
        # Nothing of the user's own settings.
        IPYTHONDIR=str(tmp_path),
    )
    for shown in ("meridian-dispatch", "Islamic State", "the-daily-lantern"):
        assert shown in said
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)


def test_types_for_typescript_hold_and_are_used(own: str, tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("there is no node here")
    if not (NODE / ".bin" / "tsc").exists():
        pytest.skip("what clients in TypeScript need is not here: `make clients` installs it")
    (tmp_path / "node_modules").symlink_to(NODE)
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    (tmp_path / "main.ts").write_text(block("TypeScript", "ts").replace(SHOWN, own), "utf-8")
    said = ""
    for line in block("TypeScript", "sh").splitlines():
        said = run(tmp_path, *line.replace(SHOWN, own).split(), tools=NODE / ".bin")
    assert said == block("TypeScript", "text")
    # The types say no where the document does.
    wrong = (tmp_path / "main.ts").read_text("utf-8").replace('"entities"]', '"gossip"]')
    (tmp_path / "wrong.ts").write_text(wrong, "utf-8")
    checked = (
        "tsc",
        "--noEmit",
        "--strict",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "wrong.ts",
    )
    with pytest.raises(AssertionError, match="gossip"):
        run(tmp_path, *checked, tools=NODE / ".bin")
