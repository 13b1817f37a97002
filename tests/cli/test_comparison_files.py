"""Comparisons and tables written down: Markdown, CSV, Parquet, GraphML."""

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import etree
from pyarrow import parquet

from tests.cli.command import Run

SIDES = ("--source", "meridian-dispatch", "--source", "the-daily-lantern")


def test_a_comparison_in_markdown_is_tables_under_headings(sample: Run) -> None:
    lines = sample("compare", *SIDES, "--format", "markdown").stdout.splitlines()
    assert "## Sides" in lines
    assert "| side | name | articles | words |" in lines
    assert any(line.startswith("| Islamic State | ORG |") for line in lines)


def test_a_comparison_in_csv_has_a_row_for_each_place(sample: Run) -> None:
    done = sample("compare", *SIDES, "--format", "csv", "--section", "entities", "--evidence", "1")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    (first, *_) = [
        row
        for row in rows
        if row["item"] == "shared/Islamic State" and row["measure"] == "evidence"
    ]
    assert first["section"] == "entities"
    assert first["side"] == "meridian-dispatch"
    assert first["text"] == "Islamic State"
    assert int(first["end"]) - int(first["start"]) == len(first["text"])


@pytest.mark.parametrize("table", ["articles", "mentions", "entities", "quotes"])
def test_parquet_holds_what_json_lines_hold(sample: Run, table: str, tmp_path: Path) -> None:
    target = tmp_path / "rows.parquet"
    done = sample("export", table, "--format", "parquet", "-o", str(target))
    assert done.returncode == 0, done.stderr
    lines = sample("export", table).stdout.splitlines()
    found = parquet.read_table(target)
    assert found.num_rows == len(lines) > 0
    assert found.column("id").null_count == 0


def test_the_graph_has_an_edge_for_each_pair_of_neighbours(sample: Run, tmp_path: Path) -> None:
    target = tmp_path / "entities.graphml"
    assert sample("export", "graph", "-o", str(target)).returncode == 0
    tree = etree.parse(str(target))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = tree.xpath("//g:node", namespaces=space)
    edges = tree.xpath("//g:edge", namespaces=space)
    ids = {node.get("id") for node in nodes}
    assert len(nodes) == len(sample("export", "entities").stdout.splitlines())
    assert edges
    assert all(edge.get("source") in ids and edge.get("target") in ids for edge in edges)


@pytest.mark.parametrize("arguments", [("graph",), ("mentions", "--format", "parquet")])
def test_what_is_no_text_wants_a_file(sample: Run, arguments: tuple[str, ...]) -> None:
    done = sample("export", *arguments)
    assert done.returncode == 2
    assert "--output" in done.stderr


def test_a_brief_is_printed_as_a_page(sample: Run) -> None:
    done = sample("compare", "--story", "1", "--format", "brief")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "Brief: Coastal Courier, Meridian Dispatch and The Daily Lantern\n"
    )
    assert "\nWHAT ONLY ONE REPORTS\n- Reported in " in done.stdout
    answer = json.loads(sample("compare", "--story", "1", "--section", "brief", "--json").stdout)
    flat = " ".join(done.stdout.split())
    assert all(" ".join(each["text"].split()) in flat for each in answer["brief"]["items"])


def test_a_brief_is_a_section_among_others_too(sample: Run) -> None:
    done = sample("compare", "--story", "1", "--section", "brief", "--format", "markdown")
    assert "## Brief" in done.stdout
    rows = sample("compare", "--story", "1", "--section", "brief", "--format", "csv").stdout
    assert {row["section"] for row in csv.DictReader(io.StringIO(rows))} == {"brief"}


def test_a_brief_is_asked_for_alone(sample: Run) -> None:
    done = sample("compare", "--story", "1", "--section", "terms", "--format", "brief")
    assert done.returncode == 2
    assert "leave out --section" in done.stderr


def test_a_comparison_in_html_is_one_file(sample: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    assert sample("compare", *SIDES, "--format", "html", "-o", str(target)).returncode == 0
    page = target.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert len(page.encode()) < 400_000
    assert sample("compare", *SIDES, "--format", "html").stdout == page
    assert 'class="side-name" dir="auto">Meridian Dispatch<' in page


def test_a_file_is_for_html_alone_and_has_to_be_written(sample: Run, tmp_path: Path) -> None:
    refused = sample("compare", *SIDES, "--format", "csv", "-o", str(tmp_path / "x.csv"))
    assert refused.returncode == 2
    assert "--format html" in refused.stderr
    nowhere = sample("compare", *SIDES, "--format", "html", "-o", str(tmp_path / "no" / "x.html"))
    assert nowhere.returncode == 1
    assert "cannot be written" in nowhere.stderr
