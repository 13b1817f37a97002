"""Whether the store could store something now."""

import os
import sqlite3
from contextlib import closing

from app.errors import StorageFull, Unavailable
from app.store.engine.connections import database_path, expected

# Less free space than this is as good as none: it is what a batch of analyses may take.
SPARE = 16_000_000
_BUSY_SECONDS = 1.0


def probe(url: str, spare: int = SPARE) -> None:
    """Writes a page to the database that is the same as before.

    Raises Unavailable where its file is gone, may only be read or is not sound, StorageFull where
    the disk has fewer than `spare` bytes left, StoreBusy where a connection holds it for longer
    than a second.
    """
    path = database_path(url)
    if not path.exists():
        raise Unavailable(f"the database {path} is gone: put it back and start again")
    disk = os.statvfs(path.parent)
    if disk.f_bavail * disk.f_frsize < spare:
        raise StorageFull(
            f"the disk of {path} is full: less than {spare // 1_000_000:,} MB are free"
        )
    try:
        address = f"{path.absolute().as_uri()}?mode=rw"
        with closing(
            sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {version:d}")
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        if known := expected(error, url):
            raise known from error
        raise
