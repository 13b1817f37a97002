"""`parallax stories`, and the two real articles as one story."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Run

SHARED = Path(__file__).parents[3] / "shared"
ARTICLES, EVAL = SHARED / "articles", SHARED / "eval"

articles_here = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the two real articles lie beside the project: ../shared/articles"
)


def listed(run: Run, *options: str, **settings: str) -> list[dict[str, Any]]:
    done = run("stories", "--json", *options, **settings)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return found


def test_stories_are_listed_for_people_and_programs(sample: Run) -> None:
    assert [each["articles"] for each in listed(sample, "--min-articles", "4")] == [4, 4, 4]
    shown = sample("stories", "--min-articles", "4", "--limit", "2")
    assert "2 of 3 stories" in shown.stdout
    assert listed(sample, "--min-articles", "5") == []


def test_a_story_is_compared_and_its_entities_are_listed(sample: Run) -> None:
    story = str(listed(sample, "--min-articles", "4")[0]["id"])
    compared = sample("compare", "--story", story, "--section", "entities", "--json")
    assert len(json.loads(compared.stdout)["sides"]) == 3
    mentions = json.loads(sample("entities", "--story", story, "--json").stdout)["items"]
    assert mentions[0]["articles"] <= 4


def test_the_brief_of_a_story_is_read_and_kept(sample: Run, tmp_path: Path) -> None:
    story = str(listed(sample, "--min-articles", "4")[0]["id"])
    text = sample("brief", story).stdout
    assert text == sample("compare", "--story", story, "--format", "brief").stdout
    assert text.startswith("Brief: ")
    assert sample("brief", story, "--format", "markdown").stdout.startswith("# Brief: ")
    answer = json.loads(sample("brief", story, "--format", "json").stdout)
    assert answer["brief"]["items"]
    target = tmp_path / "brief.html"
    assert sample("brief", story, "--format", "html", "-o", str(target)).returncode == 0
    page = target.read_text("utf-8")
    assert page == sample("brief", story, "--format", "html").stdout
    assert len(page.encode()) < 400_000
    refused = sample("brief", story, "-o", str(target))
    assert refused.returncode == 2
    assert "--format html" in refused.stderr
    nobody = sample("brief", "9999")
    assert (nobody.returncode, nobody.stdout) == (1, "")


def test_stories_are_corrected_and_that_is_undone(run: Run, tmp_path: Path) -> None:
    database = {"database_url": f"sqlite:///{tmp_path / 'own.db'}"}
    assert run("ingest", "--sample", **database).returncode == 0
    before = listed(run, **database)
    one, other = (str(each["id"]) for each in before[:2])
    merged = run("correct", "merge-story", one, "--into", other, **database)
    assert f"story {one} is part of story {other}" in merged.stdout
    split = run("correct", "split-story", other, "--article", "1", **database)
    assert (split.returncode, split.stdout) == (1, "")
    assert f"story {other} has no article 1" in split.stderr
    assert "Undone" in run("correct", "undo", "1", **database).stdout
    assert [each | {"updated_at": None} for each in listed(run, **database)] == [
        each | {"updated_at": None} for each in before
    ]
    log = run("correct", "log", "--story", one, "--json", **database)
    assert json.loads(log.stdout)["kind"] == "merge_stories"


@articles_here
def test_the_two_real_articles_are_one_story_beside_the_sample(run: Run, tmp_path: Path) -> None:
    database = {"database_url": f"sqlite:///{tmp_path / 'own.db'}"}
    assert run("ingest", "--sample", str(ARTICLES), **database).returncode == 0
    assert _real(run, database) == 1


@pytest.mark.slow
@articles_here
@pytest.mark.skipif(not EVAL.is_dir(), reason="the measuring data is not here: ../shared/eval")
def test_the_two_real_articles_are_one_story_among_a_thousand_others(
    run: Run, tmp_path: Path
) -> None:
    database = {"database_url": f"sqlite:///{tmp_path / 'own.db'}", "workers": "2"}
    rows = [
        json.loads(line)
        for name in ("stories.jsonl", "quotes.jsonl")
        for line in (EVAL / name).read_text(encoding="utf-8").splitlines()
    ]
    others = tmp_path / "others.ndjson"
    with others.open("w", encoding="utf-8") as file:
        for row in rows[:1_000]:
            kept = {
                "title": row.get("title"),
                "text": row["text"],
                "source": row.get("outlet") or row.get("source_outlet"),
                "published_at": row["date"],
                "external_id": row["id"],
            }
            file.write(json.dumps(kept) + "\n")
    done = run("ingest", str(others), "--sample", str(ARTICLES), **database)
    assert done.returncode == 0, done.stderr
    assert _real(run, database) == 1
    assert run("reannotate", **database).returncode == 0
    assert _real(run, database) == 1


def _real(run: Run, database: dict[str, str]) -> int:
    """How many stories the two articles are in; none of them with an article of another event."""
    manifest = (ARTICLES / "articles.jsonl").read_text(encoding="utf-8")
    outlets = {json.loads(line)["source"] for line in manifest.splitlines()}
    found = [
        story
        for story in listed(run, "--limit", "200", **database)
        if outlets & {each["source"]["name"] for each in story["sources"] if each["source"]}
        and story["first_published"].startswith("2016-03")
    ]
    for story in found:
        assert outlets <= {each["source"]["name"] for each in story["sources"] if each["source"]}
        assert story["last_published"].startswith("2016-03")
        assert story["articles"] <= 6
    return len(found)
