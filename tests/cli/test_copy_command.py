"""`parallax copy`, from the command line."""

from pathlib import Path

from app.jobs.lock import nobody_at_work
from tests.cli.command import Run
from tests.databases import new_url


def test_a_collection_is_copied_and_answers_alike(sample: Run, tmp_path: Path) -> None:
    there = f"sqlite:///{tmp_path / 'there.db'}"
    back = new_url(tmp_path, "back")
    given = new_url(tmp_path, "given")
    assert sample("ingest", "--sample", database_url=given).returncode == 0
    done = sample("copy", given, there)
    assert done.returncode == 0, done.stderr
    assert "counts and hashes of every table are equal" in done.stdout
    assert sample("copy", there, back).returncode == 0
    again = sample("copy", there, back)
    assert "of them there already" in again.stdout
    for command in (("export", "mentions"), ("export", "articles"), ("articles", "palmyr* -mines")):
        answers = [sample(*command, database_url=url).stdout for url in (given, there, back)]
        assert answers[0] == answers[1] == answers[2] != ""


def test_wrong_addresses_are_told(sample: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    assert "same database" in sample("copy", url, url).stderr
    assert "no collection yet" in sample("copy", url, f"sqlite:///{tmp_path / 'y.db'}").stderr
    assert "mysql" in sample("copy", "mysql://a/b", url).stderr


def test_a_backup_is_restored(sample: Run, tmp_path: Path) -> None:
    given, there = new_url(tmp_path, "given"), new_url(tmp_path, "there")
    assert sample("ingest", "--sample", database_url=given).returncode == 0
    kept = str(tmp_path / "kept.db")
    assert sample("backup", kept, database_url=given).returncode == 0
    done = sample("restore", kept, there)
    assert done.returncode == 0, done.stderr
    assert "counts and hashes of every table are equal" in done.stdout
    for command in (("export", "mentions"), ("articles", "palmyr* -mines")):
        answers = [sample(*command, database_url=url).stdout for url in (given, there)]
        assert answers[0] == answers[1] != ""


def test_a_database_that_somebody_works_on_is_not_restored_into(
    sample: Run, tmp_path: Path
) -> None:
    url = new_url(tmp_path, "used")
    (tmp_path / "kept.db").write_bytes(b"")
    with nobody_at_work(url):
        refused = sample("restore", str(tmp_path / "kept.db"), url)
    assert refused.returncode == 1
    assert "is in use" in refused.stderr
