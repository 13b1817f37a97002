"""`parallax feeds`: the feeds of a collection, from a terminal; and outlets corrected there."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.command import Run
from tests.databases import new_url


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Run:
    """The command with a collection of its own that is not there yet."""
    url = new_url(tmp_path, "feeds")

    def command(*arguments: str, **more: str):  # type: ignore[no-untyped-def]
        return run(*arguments, database_url=url, **more)

    return command


def test_feeds_are_added_listed_and_removed(own: Run) -> None:
    url = "https://news.example/feed.xml"
    added = own("feeds", "add", url, "--source", "Example News", "--interval", "600")
    assert (added.returncode, added.stdout) == (0, f"feed 1: {url}\n")
    assert own("feeds", "add", url).stdout == "feed 1 is there already\n"
    (feed,) = json.loads(own("feeds", "list", "--json").stdout)["items"]
    assert (feed["source"]["name"], feed["interval"], feed["polls"]) == ("Example News", 600, 0)
    assert "Example News" in own("feeds", "list").stdout
    assert own("feeds", "remove", "1").returncode == 0
    gone = own("feeds", "remove", "1")
    assert gone.returncode == 1
    assert "no feed 1" in gone.stderr
    refused = own("feeds", "add", "http://127.0.0.1/feed")
    assert refused.returncode == 1
    assert "loopback" in refused.stderr


def test_opml_comes_in_and_goes_out(own: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(
        '<opml version="2.0"><body>\n<outline text="One" xmlUrl="https://one.example/feed"/>\n'
        '<outline text="Two" xmlUrl="gopher://two.example/feed"/>\n</body></opml>'
    )
    done = own("feeds", "import", str(file))
    assert (done.returncode, done.stdout) == (3, "1 new, 0 there already.\n")
    assert done.stderr.startswith("line 3: ")
    (outline,) = ElementTree.fromstring(own("feeds", "export").stdout).iter("outline")
    assert outline.get("xmlUrl") == "https://one.example/feed"
    file.write_text("<opml>")
    broken = own("feeds", "import", str(file))
    assert broken.returncode == 1
    assert "line 1" in broken.stderr


def test_an_outlet_is_described_and_merged(own: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.ndjson"
    rows.write_text(
        "".join(
            json.dumps({"source": name, "text": f"The harbour was closed, the {name} says."}) + "\n"
            for name in ("Star", "Star Online")
        )
    )
    assert own("ingest", str(rows)).returncode == 0
    said = own(
        *("correct", "source", "star", "--name", "The Star", "--country", "gb"),
        *("--tag", "daily", "--domain", "star.example", "--author", "ada"),
    )
    assert said.returncode == 0, said.stderr
    assert "outlet star is called 'The Star'" in said.stdout
    assert "outlet star has domains: star.example" in said.stdout
    merged = own("correct", "merge-source", "star-online", "--into", "the-star")
    assert "outlet star-online is part of the-star" in merged.stdout
    (outlet,) = json.loads(own("sources", "--json").stdout)["items"]
    assert (outlet["name"], outlet["articles"], outlet["country"]) == ("The Star", 2, "GB")
    assert outlet["domains"] == ["star.example"]
    shown = own("sources").stdout
    assert all(each in shown for each in ("The Star", "GB", "daily"))
    assert own("correct", "source", "star").returncode == 2
    assert "merge_sources" in own("correct", "log", "--json").stdout
