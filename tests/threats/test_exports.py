"""Exports bite nobody: what outlets write is text in a spreadsheet and on a page."""

import csv
import io

import pytest
from rich.console import Group
from rich.table import Table
from rich.text import Text

from app.domain.export import Columns, TableFormat
from app.domain.markdown import escaped
from app.services.table_files import file_parts
from app.terminal.comparison_files import markdown, write_csv

_FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")


@pytest.mark.parametrize("formula", _FORMULAS)
def test_a_text_that_opens_like_a_formula_is_told_as_text(formula: str) -> None:
    rows = [{"title": formula, "start": -1, "share": -0.5}]
    columns: Columns = {"title": str, "start": int, "share": float}
    table = b"".join(file_parts(rows, columns, TableFormat.csv)).decode()
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row == {"title": "'" + formula.replace("\r", "\n"), "start": "-1", "share": "-0.5"}


@pytest.mark.parametrize("formula", _FORMULAS)
def test_nor_does_a_comparison_hold_a_formula(formula: str) -> None:
    spot = {"article": 1, "start": 0, "end": 2, "text": formula, "revision": 1}
    answer = {"terms": {"items": [{"term": formula, "z": -2.5, "evidence": [spot]}]}}
    table = io.StringIO(newline="")
    write_csv(answer, ["a"], table)
    cells = [cell for row in csv.reader(io.StringIO(table.getvalue(), newline="")) for cell in row]
    assert "'" + formula.replace("\r", "\n") in cells
    assert "-2.5" in cells
    assert not [each for each in cells if each[:1] in ("=", "+", "@", "\t", "\r")]


def test_markdown_shows_what_it_is_given() -> None:
    evil = "[x](javascript:alert(1)) <img src=x> | ![y](z) &lt; # a\n# b `c`"
    table = Table("name", title=Text(evil))
    table.add_row(Text(evil))
    page = "\n".join(markdown(Group(table, Text(evil))))
    assert page.count(escaped(evil)) == 3
    rest = page.replace(escaped(evil), "")
    assert not set("[]<!&`") & set(rest)
    assert "\\[x\\](javascript:alert(1)) \\<img src=x\\> \\|" in page
