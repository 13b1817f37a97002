"""Files of well-known names: who is who in the world's news."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from app.domain.annotation import TYPES
from app.domain.names import fold, name_key
from app.domain.place import Place
from app.errors import InvalidInput
from app.resolve.words import NameIndex

OWN = Path(__file__).parent.parent / "data" / "knowledge"
_FIELDS = frozenset(
    {
        "id",
        "name",
        "type",
        "aliases",
        "description",
        "latitude",
        "longitude",
        "country",
        "wikidata",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the world with the names it goes by. `country` is ISO 3166-1 alpha-2: where a
    place is, and whom a people or an institution belongs to."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    place: Place | None = None
    country: str | None = None
    wikidata: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class Knowledge:
    """Entries by id and by name. `version` is a hash of the files that they came from."""

    def __init__(self, entries: Iterable[Entry], version: str) -> None:
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        self.version = version
        self._by_key: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries.values():
            for key in dict.fromkeys(map(name_key, entry.names)):
                self._by_key[key] = (*self._by_key.get(key, ()), entry)
        # Names as they are written, to be found in texts: a short form is one in capitals alone.
        self.index: NameIndex[tuple[Entry, ...]] = NameIndex()
        owners: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries.values():
            for name in entry.names:
                owners[name] = (*owners.get(name, ()), entry)
        for name, entries_of_name in owners.items():
            self.index.add(name, entries_of_name)

    @classmethod
    def load(cls, paths: Iterable[str | Path] = ()) -> "Knowledge":
        """Parallax's own files, then those at `paths` (JSON Lines; UTF-8): an entry with the id of
        an earlier one takes its place.

        Raises InvalidInput with file and line for a row that is not an entry.
        """
        digest = hashlib.sha256()
        entries: list[Entry] = []
        for path in [*sorted(OWN.glob("*.jsonl")), *map(Path, paths)]:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise InvalidInput(
                    f"the knowledge file {path} cannot be read: {error.strerror}"
                ) from error
            digest.update(content)
            entries += _entries(path, content)
        return cls(entries, digest.hexdigest()[:12])

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries that go by a name, whatever its case, accents, article and dots."""
        return self._by_key.get(name_key(name), ())


def _entries(path: Path, content: bytes) -> Iterator[Entry]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            if not isinstance(row, dict):
                raise ValueError("it is not an object")
            entry = _entry(row)
        except ValueError as error:
            raise InvalidInput(f"{path}, line {number} is not a knowledge entry: {error}") from None
        yield entry


def _entry(row: Mapping[str, object]) -> Entry:
    """The entry of one row. Raises ValueError with what is wrong."""
    unknown = sorted(row.keys() - _FIELDS)
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}")
    name, kind = _string(row, "name"), _string(row, "type")
    if not name or not kind:
        raise ValueError("'name' and 'type' are needed")
    if kind not in TYPES:
        raise ValueError(f"type {kind!r} is none of {', '.join(TYPES)}")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(a, str) and a.strip() for a in aliases):
        raise ValueError("'aliases' is not a list of names")
    country = _string(row, "country")
    return Entry(
        id=_string(row, "id") or f"{kind.lower()}/{fold(name).replace(' ', '-')}",
        name=name,
        type=kind,
        aliases=tuple(dict.fromkeys(a for a in aliases if a != name)),
        description=_string(row, "description"),
        place=_place(row, country),
        country=country,
        wikidata=_string(row, "wikidata"),
    )


def _string(row: Mapping[str, object], field: str) -> str | None:
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field!r} is not a text")
    return value.strip()


def _place(row: Mapping[str, object], country: str | None) -> Place | None:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if latitude is None and longitude is None:
        return None
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        raise ValueError("'latitude' and 'longitude' are not both numbers")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("'latitude' or 'longitude' is out of range")
    return Place(float(latitude), float(longitude), country)
