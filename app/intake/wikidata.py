"""A Wikidata dump, line by line, to entries.

The dump is one JSON array with an item on each line (https://www.wikidata.org/wiki/Help:Database).
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from app.domain.json_text import refused
from app.domain.knowledge import Entry
from app.domain.place import Place
from app.errors import InvalidInput

_INSTANCE_OF, _COORDINATES, _COUNTRY, _CITIZENSHIP, _ALPHA_2 = "P31", "P625", "P17", "P27", "P297"
_EARTH = "Q2"
# Projects that are no Wikipedia, though they are called like one.
_NO_WIKIPEDIA = frozenset(
    ["commonswiki", "mediawikiwiki", "metawiki", "sourceswiki", "specieswiki", "wikidatawiki"]
)
# Names that hold for every language.
_MULTILINGUAL = "mul"


@cache
def classes() -> Mapping[str, str]:
    """The type of the instances of each class that is known (`data/wikidata/classes.json`)."""
    path = files("app") / "data" / "wikidata" / "classes.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {item: row["type"] for item, row in rows.items()}


@dataclass(slots=True)
class Dump:
    """A reading of a dump: `languages` are those whose names are kept, the first gives the name
    if it can; items of other types than `types`, or with fewer articles (`sitelinks`) in all
    Wikipedias, are left out. `countries` fills with the ISO 3166-1 codes of countries, by item."""

    languages: Sequence[str]
    types: Collection[str]
    sitelinks: int
    countries: dict[str, str] = field(default_factory=dict)

    def entries(self, lines: Iterable[bytes], source: str) -> Iterator[Entry]:
        """The entries of the lines of a dump. An entry's country is an item of `countries`.

        Raises InvalidInput with the line for one that is no item.
        """
        for number, line in enumerate(lines, start=1):
            row = line.strip().rstrip(b",")
            if row in (b"", b"[", b"]"):
                continue
            try:
                entry = self._entry(orjson.loads(row))
            except orjson.JSONDecodeError:
                why = refused(line.rstrip().rstrip(b",")).in_line
                raise _no_item(source, number, f"it is not JSON: {why}") from None
            except KeyError as error:
                raise _no_item(source, number, f"it has no {error} where one is due") from None
            except (ValueError, TypeError, AttributeError):
                raise _no_item(source, number, "a part of it has another shape") from None
            if entry is not None:
                yield entry

    def _entry(self, item: Mapping[str, Any]) -> Entry | None:
        if item["type"] != "item":
            return None
        claims = item.get("claims") or {}
        for code in _values(claims, _ALPHA_2):
            self.countries.setdefault(item["id"], code)
        known = classes()
        kinds = [known[c["id"]] for c in _values(claims, _INSTANCE_OF) if c["id"] in known]
        if not kinds or kinds[0] not in self.types:
            return None
        # Articles in Wikipedias ("enwiki"), not in other projects ("enwikiquote").
        prominence = sum(
            site.endswith("wiki") and site not in _NO_WIKIPEDIA
            for site in item.get("sitelinks") or {}
        )
        names = self._names(item)
        if prominence < self.sitelinks or not names:
            return None
        homes = _values(claims, _COUNTRY) or _values(claims, _CITIZENSHIP)
        country = homes[0]["id"] if homes else None
        descriptions = item.get("descriptions") or {}
        description = next(
            (descriptions[tongue]["value"] for tongue in self.languages if tongue in descriptions),
            None,
        )
        return Entry(
            id=f"wikidata/{item['id']}",
            name=names[0],
            type=kinds[0],
            aliases=tuple(names[1:]),
            description=description,
            place=_place(claims),
            country=country,
            wikidata=item["id"],
            prominence=prominence,
        )

    def _names(self, item: Mapping[str, Any]) -> list[str]:
        """Labels, then aliases, in the order of the languages."""
        tongues = (*self.languages, _MULTILINGUAL)
        labels, aliases = item.get("labels") or {}, item.get("aliases") or {}
        found = [labels[tongue]["value"] for tongue in tongues if tongue in labels]
        found += [each["value"] for tongue in tongues for each in aliases.get(tongue, ())]
        return list(dict.fromkeys(name for name in found if any(map(str.isalpha, name))))


def _values(claims: Mapping[str, Any], prop: str) -> list[Any]:
    """The values of a property, preferred ones first; deprecated and unknown ones left out."""
    statements = [
        claim
        for claim in claims.get(prop, ())
        if claim.get("rank") != "deprecated" and "datavalue" in claim["mainsnak"]
    ]
    statements.sort(key=lambda claim: claim.get("rank") != "preferred")
    return [claim["mainsnak"]["datavalue"]["value"] for claim in statements]


def _no_item(source: str, line: int, why: str) -> InvalidInput:
    return InvalidInput(f"{source}, line {line} is not a Wikidata item: {why}")


def _place(claims: Mapping[str, Any]) -> Place | None:
    for value in _values(claims, _COORDINATES):
        globe = str(value.get("globe") or _EARTH).rsplit("/", 1)[-1]
        if globe == _EARTH:
            return Place(float(value["latitude"]), float(value["longitude"]), None)
    return None
