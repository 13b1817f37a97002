"""A program that fills the disk that its argument lies on, and prints what it could do then."""

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from app.domain.article import Submission
from app.errors import StorageFull
from app.services.ingest import accept, delete_article
from app.settings import Settings
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store

_ARTICLES = 30


def main(folder: Path) -> None:
    """Deletes, writes and deletes on a full disk, then once more where there is room again."""
    url = f"sqlite:///{folder}/full.db"
    upgrade(url)
    with Store(url) as store:
        store.hold_room()
        ids = [_send(store, number) for number in range(_ARTICLES)]
        filler = folder / "filler"
        _fill(filler)
        found: dict[str, object] = {
            "written": _done(lambda: [_send(store, _ARTICLES + more) for more in range(50)]),
            "deleted": [_done(partial(delete_article, store, each)) for each in ids[:20]],
            "held back then": _held(folder),
        }
        filler.unlink()
        delete_article(store, ids[20])
        delete_article(store, ids[21])
        store.hold_room()
        found["held back at last"] = _held(folder)
    with closing(sqlite3.connect(folder / "full.db")) as connection:
        (found["sound"],) = connection.execute("PRAGMA integrity_check").fetchone()
        left = connection.execute("SELECT id FROM article ORDER BY id").fetchall()
        found["left"] = [each for (each,) in left if each in ids]
    print(json.dumps(found))


def _send(store: Store, number: int) -> int:
    words = " ".join(f"word{number}x{place}" for place in range(3_000))
    made = accept(
        store, Submission(text=words, external_id=str(number), source="Herald"), Settings()
    )
    assert made.id is not None
    return made.id


def _done(what: Callable[[], object]) -> bool:
    try:
        what()
    except StorageFull:
        return False
    return True


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1_000_000, 4_096):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


def _held(folder: Path) -> int:
    return os.stat(folder / "full.db.reserve").st_size


if __name__ == "__main__":
    main(Path(sys.argv[1]))
