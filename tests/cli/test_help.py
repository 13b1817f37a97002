"""Help that a new user reads, and completion by the shell."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from app.cli import parallax
from tests.cli.command import Run

PARALLAX = Path(sys.executable).with_name("parallax")


def commands(group: TyperGroup, *before: str) -> Iterator[tuple[str, ...]]:
    yield before
    for name, each in group.commands.items():
        if isinstance(each, TyperGroup):
            yield from commands(each, *before, name)
        else:
            yield (*before, name)


def every() -> list[tuple[str, ...]]:
    root = get_command(parallax)
    assert isinstance(root, TyperGroup)
    return list(commands(root))


@pytest.mark.parametrize("command", every(), ids=" ".join)
def test_help_speaks_of_what_people_know(run: Run, command: tuple[str, ...]) -> None:
    page = run(*command, "--help").stdout
    assert page
    usage = next(line for line in page.splitlines() if "Usage:" in line)
    # Neither types of Python nor the brackets of a library.
    assert not re.findall(r"<\w|list\[| range", page)
    assert "[OPTIONS]" in usage
    assert "{" not in usage
    for word in ("`q`", "the API takes", "parameter", "/v1/"):
        assert word not in page


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("parallax st", {"stories", "story"}),
        ("parallax correct spl", {"split", "split-story"}),
        ("parallax compare --fo", {"--format"}),
        ("parallax export mentions --format p", {"parquet"}),
    ],
)
def test_a_shell_is_offered_what_may_come(words: str, offered: set[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [PARALLAX],
        env=os.environ | asked | {"_PARALLAX_COMPLETE": "complete_bash"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert set(done.stdout.split()) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_one_that_it_reads(run: Run, shell: str, tmp_path: Path) -> None:
    script = run("completion", shell).stdout
    assert "_PARALLAX_COMPLETE" in script
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here to read it")
    (tmp_path / "script").write_text(script, encoding="utf-8")
    subprocess.run([program, "-n", tmp_path / "script"], check=True, timeout=60)
