"""`parallax articles`: search from the command line."""

import json
import re
from pathlib import Path

from app.store.engine.text_query import parse_query
from tests.cli.command import Run

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_articles_are_found_for_people_and_programs(sample: Run) -> None:
    found = json.loads(sample("articles", "title:palmyra mines", "--json").stdout)
    assert found["total"]["value"] == len(found["items"]) > 0
    assert all("palmyra" in each["title"].lower() for each in found["items"])
    shown = sample("articles", "title:palmyra mine", "--limit", "1")
    assert f"1 of {len(found['items'])} articles" in shown.stdout
    assert json.loads(sample("articles", "zzz*", "--json").stdout)["items"] == []


def test_a_query_that_is_not_understood_is_told_with_its_place(sample: Run) -> None:
    done = sample("articles", "palmyra (mines")
    assert (done.returncode, done.stdout) == (1, "")
    assert "character 8 of the query: this parenthesis is never closed" in done.stderr


def test_the_queries_of_the_readme_are_understood() -> None:
    table = README.partition("| to find | write |")[2].partition("\n\n")[0]
    queries = [each for row in table.splitlines() for each in re.findall(r"`([^`]+)`", row)]
    assert len(queries) > 10
    for query in queries:
        assert parse_query(query)
