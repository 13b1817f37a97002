"""Each threat is held by a test that is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
THREATS, _, _ = PAGE.partition("\n## ")
ROWS = [line for line in THREATS.splitlines() if line.startswith("| ")][1:]


def test_every_threat_names_a_test() -> None:
    assert len(ROWS) > 15
    for row in ROWS:
        assert "`tests/" in row.rsplit("|", 2)[1], row


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) == PAGE.count("`tests/")
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}, name
