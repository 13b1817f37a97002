"""Bytes an article: what a collection takes on disk, by table with its indexes.

    python -m benchmarks size

Articles are taken in as a user takes them in; what is counted is whole pages, so that room that a
page leaves over is counted too. Vectors of sentences come on top where they are on, 512 bytes
each.
"""

import json
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.service import COMMAND


@dataclass(frozen=True, slots=True)
class ArticleSize:
    """Bytes an article on disk: of the whole file, of a word, and of the largest tables."""

    articles: int
    words: int
    bytes: int
    bytes_a_word: float
    tables: dict[str, int]


def measure(corpus: Sequence[str]) -> ArticleSize:
    """What these texts take in a collection of their own."""
    with tempfile.TemporaryDirectory() as folder:
        texts, database = Path(folder) / "texts.ndjson", Path(folder) / "size.db"
        rows = (
            json.dumps({"text": text, "source": f"Outlet {n % 9}", "external_id": n})
            for n, text in enumerate(corpus)
        )
        texts.write_text("\n".join(rows), encoding="utf-8")
        subprocess.run(
            [str(COMMAND), "ingest", str(texts)],
            env={"PARALLAX_DATABASE_URL": f"sqlite:///{database}"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return stored_size(database)


def stored_size(path: Path, most: int = 12) -> ArticleSize:
    """What the articles of a collection take in its file."""
    with closing(sqlite3.connect(path)) as database:
        articles, words = database.execute(
            "SELECT count(*), sum(word_count) FROM article"
        ).fetchone()
        sizes = Counter[str]()
        for table, size in database.execute(
            "SELECT coalesce(made.tbl_name, dbstat.name), sum(pgsize) FROM dbstat "
            "LEFT JOIN sqlite_schema AS made ON made.name = dbstat.name GROUP BY 1"
        ):
            sizes[table.split("_search_")[0]] += size
    total = sizes.total()
    return ArticleSize(
        articles,
        round(words / articles),
        round(total / articles),
        round(total / words, 1),
        {table: round(size / articles) for table, size in sizes.most_common(most)},
    )
