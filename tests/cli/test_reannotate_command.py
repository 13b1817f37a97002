"""`parallax reannotate`, as a user runs it: more knowledge is another version."""

import json
from pathlib import Path

from tests.cli.command import Run


def test_only_articles_of_another_version_are_analysed_again(run: Run, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'own.db'}"
    article = tmp_path / "harbour.txt"
    article.write_text("Quandry Holm welcomed Ann Becker. Ann Becker thanked Quandry Holm.\n")
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"id": "x1", "name": "Quandry Holm", "type": "ORG"}) + "\n")
    done = run("ingest", str(article), "--language", "en", database_url=database)
    assert done.returncode == 0, done.stderr
    assert "0 articles" in run("reannotate", database_url=database).stdout
    done = run("reannotate", "--json", database_url=database, knowledge=str(more))
    assert done.returncode == 0, done.stderr
    *changes, stories = map(json.loads, done.stdout.splitlines())
    assert [each["article"] for each in changes] == [1]
    assert stories == {"names_of_another_entity": 0, "articles_in_another_story": 0}
    again = run("reannotate", database_url=database, knowledge=str(more))
    assert "0 articles" in again.stdout
