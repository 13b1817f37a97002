"""`parallax retain`, from the command line."""

import json
from pathlib import Path

from tests.cli.command import Run
from tests.databases import new_url


def test_old_articles_are_told_and_then_deleted(sample: Run, tmp_path: Path) -> None:
    url = new_url(tmp_path, "aged")
    assert sample("ingest", "--sample", database_url=url).returncode == 0
    told = sample("retain", "--older-than", "7d", "--dry-run", database_url=url)
    assert told.returncode == 0, told.stderr
    assert "12 would be deleted (" in told.stdout
    one = ("retain", "--older-than", "1w", "--source", "the-daily-lantern")
    gone = json.loads(sample(*one, "--json", database_url=url).stdout)
    assert gone["deleted"] == gone["articles"] == gone["sources"]["The Daily Lantern"] > 0
    left = json.loads(sample("articles", "--json", database_url=url).stdout)
    assert left["total"]["value"] == 12 - gone["deleted"]
    assert "0 deleted." in sample(*one, database_url=url).stdout


def test_what_is_no_age_or_outlet_is_told(sample: Run) -> None:
    assert "no age" in sample("retain", "--older-than", "soon").stderr
    unknown = sample("retain", "--older-than", "1y", "--source", "nobody", "--dry-run")
    assert unknown.returncode == 1
    assert "nobody" in unknown.stderr
