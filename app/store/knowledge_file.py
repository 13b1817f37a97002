"""Knowledge too large for memory, in an SQLite file of its own: written once, then only read.

One row an entry, one row a name under its folded key; the index over names is made last, when
SQLite sorts them on disk, so that an import of any size stays within the same memory.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from weakref import finalize

from app.domain.knowledge import Entry
from app.domain.names import name_key
from app.domain.place import Place
from app.errors import InvalidInput, StorageFull, Unavailable

FORMAT = "1"
_MAGIC = b"SQLite format 3\0"
# So many things of one name are enough to see that it is ambiguous.
_PER_NAME = 8
_ROWS = 2_000
# Pages kept in memory while writing, in KiB.
_CACHE = 64_000

_SCHEMA = """
CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL,
    aliases TEXT NOT NULL, description TEXT, latitude REAL, longitude REAL, country TEXT,
    wikidata TEXT, prominence INTEGER NOT NULL
);
CREATE TABLE name (key TEXT NOT NULL, prominence INTEGER NOT NULL, entry INTEGER NOT NULL);
"""
_FINISH = """
DELETE FROM name WHERE entry NOT IN (SELECT number FROM entry);
CREATE INDEX name_by_key ON name (key, prominence DESC, entry);
"""
_FIND = f"""
SELECT entry.id, entry.name, type, aliases, description, latitude, longitude, country, wikidata,
       entry.prominence
FROM name JOIN entry ON entry.number = name.entry
WHERE name.key = ? ORDER BY name.prominence DESC, name.entry LIMIT {_PER_NAME}
"""  # noqa: S608 - a number of ours


@dataclass(frozen=True, slots=True)
class ImportedCounts:
    """What a file of knowledge holds: entries and their names."""

    entries: int
    names: int


def is_knowledge_file(path: str | Path) -> bool:
    """Whether the file is one that `write` made, by its first bytes; false where there is none."""
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def write(target: Path, entries: Iterable[Entry], countries: Mapping[str, str]) -> ImportedCounts:
    """Writes the entries to `target`, which appears (or is replaced) only when all are in it.

    Of entries with one id the last stays. A `country` that is a key of `countries` is turned into
    its value at the end, when all of them are known. What `entries` raises ends the writing and
    leaves no trace. Raises StorageFull where the disk has no room, Unavailable where `target`
    cannot be written.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as db:
            written = _fill(db, entries, countries)
        partial.replace(target)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise StorageFull(f"{target} does not fit on its disk") from error
        raise Unavailable(f"{target} cannot be written: {error}") from error
    except OSError as error:
        raise Unavailable(f"{target} cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
    return written


def _fill(
    db: sqlite3.Connection, entries: Iterable[Entry], countries: Mapping[str, str]
) -> ImportedCounts:
    # The file is of no use before it is whole: nothing need survive a crash.
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA cache_size = -{_CACHE}")
    # Sorted on disk, beside the file: the folder for temporary files may be small, or memory.
    db.execute("PRAGMA temp_store = FILE")
    db.executescript(_SCHEMA)
    digest = hashlib.sha256(FORMAT.encode())
    db.execute("BEGIN")
    rows: list[tuple[object, ...]] = []
    names: list[tuple[str, int, int]] = []
    for number, entry in enumerate(entries, start=1):
        row = _row(entry)
        digest.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        rows.append((number, *row))
        keys = dict.fromkeys(map(name_key, entry.names))
        names += [(key, entry.prominence, number) for key in keys]
        if len(rows) == _ROWS:
            _insert(db, rows, names)
            rows, names = [], []
    _insert(db, rows, names)
    homes = sorted(countries.items())
    digest.update(json.dumps(homes).encode())
    db.execute("CREATE TEMP TABLE home (item TEXT PRIMARY KEY, code TEXT NOT NULL)")
    db.executemany("INSERT INTO home VALUES (?, ?)", homes)
    # An item that is no country of today (the Soviet Union) says nothing.
    db.execute(
        "UPDATE entry SET country = (SELECT code FROM home WHERE item = country) "
        "WHERE country GLOB 'Q[0-9]*'"
    )
    db.execute("COMMIT")
    db.executescript(_FINISH)
    version = digest.hexdigest()[:12]
    db.executemany("INSERT INTO about VALUES (?, ?)", [("format", FORMAT), ("version", version)])
    (count,) = db.execute("SELECT count(*) FROM entry").fetchone()
    (named,) = db.execute("SELECT count(*) FROM name").fetchone()
    return ImportedCounts(count, named)


def _insert(
    db: sqlite3.Connection,
    rows: Sequence[tuple[object, ...]],
    names: Sequence[tuple[str, int, int]],
) -> None:
    db.executemany("INSERT OR REPLACE INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
    db.executemany("INSERT INTO name VALUES (?, ?, ?)", names)


def _row(entry: Entry) -> tuple[object, ...]:
    place = entry.place
    return (
        entry.id,
        entry.name,
        entry.type,
        json.dumps(entry.aliases, ensure_ascii=False),
        entry.description,
        place.latitude if place else None,
        place.longitude if place else None,
        entry.country,
        entry.wikidata,
        entry.prominence,
    )


class KnowledgeFile:
    """A file that `write` made, open for reading alone: one index search for each name. `close`
    lets go of it, as does forgetting it."""

    def __init__(self, path: str | Path) -> None:
        """Opens the file. Raises InvalidInput where it is none of this format."""
        self._db = sqlite3.connect(
            f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        # Read for as long as an analyser lives, which nobody ends.
        self.close = finalize(self, self._db.close)
        try:
            about = dict(self._db.execute("SELECT field, value FROM about"))
        except sqlite3.DatabaseError:
            about = {}
        if about.get("format") != FORMAT:
            self.close()
            raise InvalidInput(
                f"{path} is no knowledge file of this version: make it anew with "
                "`parallax knowledge import`"
            )
        self.version: str = about["version"]

    def named(self, keys: Collection[str]) -> dict[str, tuple[Entry, ...]]:
        """The most prominent entries of each key (as `name_key` gives it) that has any, at most
        eight of one key."""
        found = {}
        for key in keys:
            rows = self._db.execute(_FIND, (key,)).fetchall()
            if rows:
                found[key] = tuple(_entry(*row) for row in rows)
        return found


def _entry(
    id_: str,
    name: str,
    type_: str,
    aliases: str,
    description: str | None,
    latitude: float | None,
    longitude: float | None,
    country: str | None,
    wikidata: str | None,
    prominence: int,
) -> Entry:
    place = None
    if latitude is not None and longitude is not None:
        place = Place(latitude, longitude, country)
    others = tuple(json.loads(aliases))
    return Entry(id_, name, type_, others, description, place, country, wikidata, prominence)
