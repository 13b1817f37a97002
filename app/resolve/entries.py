"""Rows of knowledge files (JSON Lines) to entries."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import orjson

from app.domain.annotation import TYPES
from app.domain.json_text import refused
from app.domain.knowledge import Entry
from app.domain.names import fold
from app.domain.place import Place
from app.errors import InvalidInput

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
        "prominence",
    }
)


def entries_of(path: Path, lines: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of the lines of a file, blank lines left out.

    Raises InvalidInput with file and line for one that is not an entry.
    """
    for number, entry in numbered_entries(lines):
        if isinstance(entry, str):
            raise InvalidInput(f"{path}, line {number} is not a knowledge entry: {entry}")
        yield entry


def numbered_entries(lines: Iterable[bytes]) -> Iterator[tuple[int, Entry | str]]:
    """For each line that is not blank its number (from 1) and its entry, or what is wrong."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            yield number, f"it is not JSON: {refused(line.rstrip()).in_line}"
            continue
        try:
            if not isinstance(row, dict):
                raise ValueError("it is not an object")
            yield number, entry_of(row)
        except ValueError as error:
            yield number, str(error)


def entry_of(row: Mapping[str, object]) -> Entry:
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
    prominence = row.get("prominence") or 0
    if not isinstance(prominence, int) or isinstance(prominence, bool) or prominence < 0:
        raise ValueError("'prominence' is not a whole number from 0 on")
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
        prominence=prominence,
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
