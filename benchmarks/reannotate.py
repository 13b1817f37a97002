"""`parallax reannotate` after more knowledge: articles a second with what the model said taken
from the store, and with the model run again, in turns on one worker, start-up left out."""

import json
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.domain.article import Submission
from app.intake.rows import Row
from app.jobs.pool import analyser_pool
from app.jobs.runner import Runner
from app.services.ingest import submit
from app.services.reannotation import current_versions, reannotate
from app.settings import Settings
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store


@dataclass(frozen=True, slots=True)
class ReannotateGain:
    """Articles a second of both, how many times as fast the first is, and how large what the model
    said is on disk (bytes an article)."""

    articles: int
    stored: float
    model: float
    gain: float
    bytes: int


def measure(corpus: Sequence[str]) -> ReannotateGain:
    """Both over the same articles, which were all analysed by a version that knew less."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        url = f"sqlite:///{path / 'bench.db'}"
        upgrade(url)
        with Store(url) as store:
            rows = [
                Row(n, "bench", Submission(text=text, source="bench", language="en"), None)
                for n, text in enumerate(corpus, 1)
            ]
            for _ in submit(store, rows, Settings()):
                pass
            _reannotated(store, path, 0)
            stored = _reannotated(store, path, 1)
            with closing(sqlite3.connect(path / "bench.db")) as database, database:
                size = database.execute("SELECT avg(length(annotation)) FROM analysis").fetchone()
                database.execute("UPDATE analysis SET annotation = NULL")
            model = _reannotated(store, path, 2)
    return ReannotateGain(
        len(corpus), round(stored, 1), round(model, 1), round(stored / model, 2), round(size[0])
    )


def _reannotated(store: Store, folder: Path, number: int) -> float:
    """Articles a second, with another file of names for each number."""
    names = folder / f"{number}.jsonl"
    entry = {"id": f"bench-{number}", "name": f"Quandry Holm {number}", "type": "ORG"}
    names.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    settings = Settings(database_url=store.url, knowledge=(str(names),), workers=1)
    with analyser_pool(settings) as pool:
        current = current_versions(store, pool.analyse)
        started = time.perf_counter()
        with Runner(store, pool, settings) as runner:
            articles = sum(1 for _ in reannotate(store, current, runner))
        return articles / (time.perf_counter() - started)
