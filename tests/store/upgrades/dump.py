"""Writes the rows of a collection and what is seen in it."""

import base64
import gzip
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from app.store.engine.sessions import Store
from tests.store.upgrades.seen import seen

# What is made anew from the texts, the service's own, and what says who is at work.
_LEFT_OUT = ("article_search", "sqlite_", "word", "alembic_version", "claim")


def main(database: Path, file: Path) -> None:
    """Writes the file: JSON, bytes as {"base64": ...}."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        rows = {
            name: [
                {
                    column: {"base64": base64.b64encode(value).decode()}
                    if isinstance(value, bytes)
                    else value
                    for column, value in zip(row.keys(), row, strict=True)
                }
                for row in connection.execute(f'SELECT * FROM "{name}"')
            ]
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(_LEFT_OUT)
        }
    with Store(f"sqlite:///{database}") as store:
        whole = {"rows": rows, "seen": seen(store)}
    content = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
    file.write_bytes(gzip.compress(content, 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
