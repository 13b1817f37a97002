"""One article or story as people read it, and the list of outlets."""

import json
import re

import pytest

from tests.cli.command import Run


def test_an_article_is_shown_with_all_that_is_found_in_it(sample: Run) -> None:
    detail = json.loads(sample("export", "articles").stdout.splitlines()[0])
    done = sample("show", str(detail["id"]))
    assert done.returncode == 0
    for paragraph in detail["text"].split("\n\n"):
        assert " ".join(paragraph.split()) in " ".join(done.stdout.split())
    for table in ("mentions", "quotes", "figures", "dates"):
        rows = [json.loads(line) for line in sample("export", table).stdout.splitlines()]
        own = [row for row in rows if row["article"] == detail["id"]]
        assert own
        for row in own:
            assert re.search(rf"^{row['start']}-{row['end']} ", done.stdout, re.MULTILINE)


def test_a_story_is_shown_with_its_articles(sample: Run) -> None:
    done = sample("story", "1")
    assert done.returncode == 0
    listed = json.loads(sample("articles", "--story", "1", "--json").stdout)["items"]
    for each in listed:
        assert re.search(
            rf"^ *{each['id']}  {each['published_at'][:10]}", done.stdout, re.MULTILINE
        )


def test_outlets_are_listed(sample: Run) -> None:
    listed = json.loads(sample("sources", "--json").stdout)["items"]
    done = sample("sources")
    # Other tests may have brought more.
    assert {each["slug"] for each in listed} >= {
        "coastal-courier",
        "meridian-dispatch",
        "the-daily-lantern",
    }
    assert all(each["name"] in done.stdout for each in listed)


@pytest.mark.parametrize("command", ["show", "story"])
def test_what_is_not_there_is_told(sample: Run, command: str) -> None:
    done = sample(command, "999")
    assert done.returncode == 1
    assert "999" in done.stderr
    assert "Traceback" not in done.stderr
    assert sample(command, "0").returncode == 2
