"""What was deleted here and comes again is told as such."""

import json
from pathlib import Path

from app.services.ingest import delete_article
from app.store.engine.sessions import Store
from tests.cli.command import Run
from tests.databases import new_url


def test_what_was_deleted_stays_away_and_the_summary_says_so(run: Run, tmp_path: Path) -> None:
    url = new_url(tmp_path, "deleted")
    rows = [
        {"source": "Daily Star", "external_id": str(n), "text": f"Ilse Brandt spoke {n} times."}
        for n in range(3)
    ]
    file = tmp_path / "rows.ndjson"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert "3 new" in run("ingest", str(file), database_url=url).stdout
    with Store(url) as store:
        delete_article(store, 1)
        delete_article(store, 2)
    again = run("ingest", str(file), database_url=url)
    assert again.returncode == 0
    assert "0 new, 1 there already, 2 left out (deleted here before" in again.stdout
    counts = json.loads(run("ingest", str(file), "--json", database_url=url).stdout)
    assert (counts["existing"], counts["deleted"]) == (1, 2)
