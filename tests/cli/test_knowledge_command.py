import json
from pathlib import Path

from tests.cli.command import Run


def dump(path: Path) -> Path:
    items = [
        {
            "type": "item",
            "id": f"Q{number}",
            "labels": {"en": {"value": name}, "fr": {"value": f"{name} (fr)"}},
            "sitelinks": {"enwiki": {}},
            "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": kind}}}}]},
        }
        for number, name, kind in ((1, "Orla Venn", "Q5"), (2, "Dalmarra", "Q515"))
    ]
    path.write_text("[\n" + ",\n".join(map(json.dumps, items)) + "\n]\n")
    return path


def test_imports_beside_the_collection(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'news.db'}"
    done = run("knowledge", "import", str(dump(tmp_path / "d.json")), database_url=url)
    assert done.returncode == 0, done.stderr
    assert "2 entries with 2 names" in done.stdout
    assert f"PARALLAX_KNOWLEDGE={tmp_path / 'news-knowledge.db'}" in done.stdout
    assert not (tmp_path / "news.db").exists()


def test_languages_and_types_are_chosen(run: Run, tmp_path: Path) -> None:
    source, target = dump(tmp_path / "d.json"), tmp_path / "k.db"
    options = ("--language", "fr", "--language", "en", "--type", "GPE", "-o", str(target))
    done = run("knowledge", "import", str(source), *options)
    assert "k.db: 1 entries with 2 names" in done.stdout
    refused = run("knowledge", "import", str(source), "--type", "TOWN")
    assert refused.returncode != 0
    assert "TOWN" in refused.stderr


def test_a_wrong_line_is_named(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "d.json"
    source.write_text("[\n{,\n]")
    done = run("knowledge", "import", str(source), "-o", str(tmp_path / "k.db"))
    assert done.returncode == 1
    assert "d.json, line 2" in done.stderr
    missing = run("knowledge", "import", str(tmp_path / "none.json"))
    assert missing.returncode == 1
    assert "none.json cannot be read" in missing.stderr


def test_check_names_every_wrong_line(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "own.jsonl"
    source.write_text('{"name": "A", "type": "ORG"}\n{"name": "B"}\n\n{"type": "ORG"}\n')
    done = run("knowledge", "check", str(source))
    assert done.returncode == 1
    assert [line.split(": ")[0][-6:] for line in done.stdout.splitlines()] == ["line 2", "line 4"]
    source.write_text('{"name": "A", "type": "ORG"}\n')
    assert run("knowledge", "check", str(source)).returncode == 0
