"""The places that the sides name, on a map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt

from app.domain.place import Place
from app.domain.sections.entities import EntityItem, EntitySection
from app.pages.comparison.coast import Box, Drawing, drawing
from app.pages.sides import SideLook

WIDTH, HEIGHT = 960, 540
_TYPES = ("GPE", "LOC", "FAC")
_AROUND = 0.18  # of the places' extent, kept free on each side
_SMALLEST = 9.0  # degrees of latitude that a map shows at least
# A place is left out that alone makes the map so much larger, as long as so few mentions are.
_MUCH, _LEFT_OUT = 0.8, 0.4
_FLATTEST = 75.0  # degrees of latitude to which the scale follows the latitude
_LARGEST = 15.0  # pixels, the radius of the place named most
# A label's letter and line, in pixels, at the two widths that it is placed for.
_LETTER, _LINE = 7.2, 17
_NARROW = 350


type _Placed = tuple[EntityItem, Place]


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map: `x` and `y` in per cent, `radius` in pixels by side; `label` says whether
    its name has room: "always", on a "wide" screen, or "never". `left`: it stands on the left."""

    item: EntityItem
    x: float
    y: float
    radius: Mapping[str, float]
    label: str
    left: bool

    @property
    def largest(self) -> float:
        """The radius of the side that names it most."""
        return max(self.radius.values())

    @property
    def parts(self) -> Mapping[str, str]:
        """Its part of the circle for each side that names it, as a path of SVG: one after the
        other from the top against the clock, so that of two the first one stands on the left."""
        each = 2 * pi / len(self.radius)
        return {
            key: _sector(radius, n * each, (n + 1) * each)
            for n, (key, radius) in enumerate(self.radius.items())
        }


@dataclass(frozen=True, slots=True)
class Map:
    """A map with its dots, the largest first, so that small ones stand before them; `beyond` are
    the places that it leaves out, far from all others."""

    drawing: Drawing
    dots: Sequence[Dot]
    beyond: Sequence[EntityItem]


def _sector(radius: float, begin: float, end: float) -> str:
    """A part of a circle around 0, from one angle (radians from the top, against the clock) to
    another."""
    (ax, ay), (bx, by) = (
        (round(-radius * sin(angle), 1) + 0.0, round(-radius * cos(angle), 1) + 0.0)
        for angle in (begin, end)
    )
    return f"M0 0L{ax:g} {ay:g}A{radius:g} {radius:g} 0 0 0 {bx:g} {by:g}z"


def atlas(section: EntitySection, sides: Mapping[str, SideLook]) -> Map | None:
    """The map of the places among the entities; None where there are none."""
    found = [
        (item, item.place)
        for item in (*section.shared, *(each for of in section.only.values() for each in of))
        if item.place is not None and item.type in _TYPES
    ]
    if not found:
        return None
    found, beyond = _near(found)
    box = _box([place for _, place in found])
    most = max(on.mentions for item, _ in found for on in item.sides.values())
    found.sort(key=lambda each: -sum(on.mentions for on in each[0].sides.values()))
    labels = _Labels()
    dots = []
    for item, place in found:
        x = 100 * (place.longitude - box.west) / (box.east - box.west)
        y = 100 * (box.north - place.latitude) / (box.north - box.south)
        radius = {
            key: round(max(4.0, _LARGEST * sqrt(item.sides[key].mentions / most)), 1)
            for key in sides
            if key in item.sides
        }
        label, left = labels.room(item.name, x, y, max(radius.values()))
        dots.append(Dot(item, round(x, 2), round(y, 2), radius, label, left))
    return Map(drawing(box, WIDTH, HEIGHT), dots, beyond)


def _near(
    found: Sequence[_Placed],
) -> tuple[list[_Placed], list[EntityItem]]:
    """The places that a map is drawn of, and those far from the rest, which would make it small: as
    long as one less makes it much larger, and most mentions stay."""
    near = list(found)
    beyond: list[EntityItem] = []
    left = _LEFT_OUT * sum(map(_mentions, near))
    while len(near) > 2:
        extent = _extent(near)
        if extent <= _SMALLEST:
            break
        without = [(_extent(near[:n] + near[n + 1 :]), n) for n in range(len(near))]
        smaller, n = min(without)
        left -= _mentions(near[n])
        if smaller > _MUCH * extent or left < 0:
            break
        beyond.append(near.pop(n)[0])
    return near, beyond


def _mentions(placed: _Placed) -> int:
    return sum(on.mentions for on in placed[0].sides.values())


def _extent(found: Sequence[_Placed]) -> float:
    """How many degrees of latitude a map of these has."""
    box = _box([place for _, place in found])
    return box.north - box.south


def _box(places: Sequence[Place]) -> Box:
    """The part of the earth around the places, in the form of the picture: a degree of longitude is
    as much shorter as it is in the middle of the map."""
    lats, lons = [p.latitude for p in places], [p.longitude for p in places]
    middle = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = cos(radians(min(abs(middle[0]), _FLATTEST)))
    tall = max((max(lats) - min(lats)) * (1 + 2 * _AROUND), _SMALLEST)
    wide = (max(lons) - min(lons)) * (1 + 2 * _AROUND)
    tall = min(max(tall, wide * squeeze * HEIGHT / WIDTH), 175.0)
    wide = min(tall * WIDTH / HEIGHT / squeeze, 360.0)
    south = min(max(middle[0] - tall / 2, -90.0), 90.0 - tall)
    west = min(max(middle[1] - wide / 2, -180.0), 180.0 - wide)
    return Box(west, south, west + wide, south + tall)


type _Rectangle = tuple[float, float, float, float]


class _Labels:
    """Gives names room where no other name stands, on a wide screen and on a narrow one."""

    def __init__(self) -> None:
        self._taken: dict[int, list[_Rectangle]] = {WIDTH: [], _NARROW: []}

    def room(self, name: str, x: float, y: float, radius: float) -> tuple[str, bool]:
        """Where the name of a place may stand, and whether on its left."""
        for left in (False, True):
            wide = self._rectangle(WIDTH, name, x, y, radius, left=left)
            if not self._free(WIDTH, wide):
                continue
            self._taken[WIDTH].append(wide)
            narrow = self._rectangle(_NARROW, name, x, y, radius, left=left)
            if self._free(_NARROW, narrow):
                self._taken[_NARROW].append(narrow)
                return "always", left
            return "wide", left
        return "never", False

    def _free(self, width: int, it: _Rectangle) -> bool:
        return (
            it[0] >= 0
            and it[2] <= width
            and all(
                it[0] >= o[2] or it[2] <= o[0] or it[1] >= o[3] or it[3] <= o[1]
                for o in self._taken[width]
            )
        )

    @staticmethod
    def _rectangle(
        width: int, name: str, x: float, y: float, radius: float, *, left: bool
    ) -> _Rectangle:
        px, py = x / 100 * width, y / 100 * width * HEIGHT / WIDTH
        long = len(name) * _LETTER + radius + 4
        top, bottom = py - _LINE / 2, py + _LINE / 2
        return (
            (px - long, top, px + radius, bottom) if left else (px - radius, top, px + long, bottom)
        )
