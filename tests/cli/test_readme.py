"""What the README says is true: settings, commands, targets, and its examples.

`PARALLAX_WRITE_SNAPSHOT=1 pytest tests/cli/test_readme.py` writes the brief in it anew.
"""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import parse_qs

from pydantic_core import PydanticUndefined
from typer.core import TyperGroup
from typer.main import get_command

from app.cli import parallax
from app.domain.export import TABLES
from app.settings import Settings
from tests.cli.command import Run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def shown(default: object) -> str:
    """A default as the README writes it."""
    if default in (None, (), PydanticUndefined):
        return "none"
    if isinstance(default, tuple):
        return ",".join(default)
    if isinstance(default, dict):
        return ",".join(f"{key}={value}" for key, value in default.items())
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_every_setting_is_documented_with_its_default_and_sentence() -> None:
    rows = dict(re.findall(r"^\| `(PARALLAX_\w+)` \| (.+ \| .+) \|$", README, re.MULTILINE))
    wanted = {
        f"PARALLAX_{name.upper()}": f"{shown(field.default)} | {field.description}"
        for name, field in Settings.model_fields.items()
    }
    assert rows == wanted


def test_commands_in_the_readme_exist() -> None:
    command = get_command(parallax)
    assert isinstance(command, TyperGroup)
    commands = command.commands
    named = set(re.findall(r"^parallax ([a-z]+)", README, re.MULTILINE))
    assert named == set(commands)


def test_targets_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", README)) <= targets


def test_the_pythons_named_are_those_that_are_taken() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first, end = map(int, re.findall(r"3\.(\d+)", project["requires-python"]))
    *others, last = (f"3.{minor}" for minor in range(first, end))
    assert f"Python {', '.join(others)} or {last}" in README
    finder = (ROOT / ".ci" / "find-python").read_text(encoding="utf-8")
    assert f"(3, {first}) <= sys.version_info < (3, {end})" in finder


def test_make_test_installs_nothing_twice(tmp_path: Path) -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "test", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert re.findall(r"install .*-r (\S+\.txt)", planned) == ["requirements-dev.txt"]


def test_paths_in_the_readme_are_in_the_api() -> None:
    document = json.loads((ROOT / "tests" / "web" / "openapi.json").read_text(encoding="utf-8"))
    named = set(re.findall(r"(/v1/[a-z/{}]+|/healthz|/readyz|/metrics|(?<=`)/(?=`))", README))
    assert named <= set(document["paths"])
    assert set(document["paths"]) - named <= {
        f"/v1/{rest}"
        for rest in (
            "articles/{id}/mentions",
            "articles/{id}/revisions",
            "articles/{id}/revisions/{number}",
            "entities/{id}/coverage",
            "entities/{id}/mentions",
            "entities/{id}/neighbours",
            "sources/{slug}",
            *(f"export/{table}" for table in TABLES),
        )
    }


def test_the_example_is_what_the_sample_answers(sample: Run) -> None:
    address = re.search(r"curl '\S+/v1/compare\?(\S+)'", README)
    shown = re.search(r"```json\n(.+?)```", README, re.DOTALL)
    assert address
    assert shown
    asked = parse_qs(address[1])
    options = [
        part for name, values in asked.items() for value in values for part in (f"--{name}", value)
    ]
    answer = json.loads(sample("compare", *options, "--json").stdout)
    example = json.loads(shown[1])
    assert example["entities"]["shared"] == answer["entities"]["shared"]
    assert example["entities"]["distance"] == answer["entities"]["distance"]
    assert example["sides"] == answer["sides"]


def test_the_brief_is_what_the_sample_answers(sample: Run) -> None:
    block = re.compile(r"as `parallax (compare [^`]+)` prints it:\n\n```text\n(.*?)```", re.DOTALL)
    shown = block.search(README)
    assert shown
    page = sample(*shown[1].split()).stdout
    if os.environ.get("PARALLAX_WRITE_SNAPSHOT"):
        written = README[: shown.start(2)] + page + README[shown.end(2) :]
        (ROOT / "README.md").write_text(written, encoding="utf-8")
        return
    assert shown[2] == page
