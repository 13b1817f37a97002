"""Coasts and borders of a part of the earth as lines of a picture (Natural Earth, see NOTICE)."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parents[2] / "data" / "atlas" / "coast.txt"
_PER_DEGREE = 50
_NEAREST = 2.0  # pixels between two points of a line, at least
_BEYOND = 0.02  # of the picture, drawn past its edges

type _Point = tuple[float, float]


class Box(NamedTuple):
    """A part of the earth, in degrees."""

    west: float
    south: float
    east: float
    north: float


class _Line(NamedTuple):
    """A coast (`land`) or a border, in fiftieths of a degree: as numbers of two bytes, all lines
    take less than a megabyte."""

    land: bool
    box: Box
    xs: array[int]
    ys: array[int]

    @property
    def points(self) -> list[_Point]:
        return [(x / _PER_DEGREE, y / _PER_DEGREE) for x, y in zip(self.xs, self.ys, strict=True)]


class Drawing(NamedTuple):
    """Paths of SVG."""

    land: str
    borders: str


def drawing(box: Box, width: int, height: int) -> Drawing:
    """What is in the box, on a picture of so many pixels."""
    wide, tall = box.east - box.west, box.north - box.south
    x_scale, y_scale = width / wide, height / tall
    # A little more, so that where land is cut off is not seen as a coast.
    more = Box(
        *(box.west - _BEYOND * wide, box.south - _BEYOND * tall),
        *(box.east + _BEYOND * wide, box.north + _BEYOND * tall),
    )

    def project(point: _Point) -> _Point:
        return (point[0] - box.west) * x_scale, (box.north - point[1]) * y_scale

    land, borders = [], []
    for line in _lines():
        if not _meet(line.box, more):
            continue
        if line.land:
            ring = [project(each) for each in _clipped(line.points, more)]
            land.append(_path(ring, closed=True))
        else:
            borders += [
                _path([project(each) for each in run], closed=False)
                for run in _runs(line.points, more)
            ]
    return Drawing("".join(land), "".join(borders))


def load_coasts() -> None:
    """Reads the coasts, once."""
    _lines()


@cache
def _lines() -> list[_Line]:
    return list(_read())


def _read() -> Iterator[_Line]:
    for row in _DATA.read_text("ascii").splitlines():
        kind, *numbers = row.split()
        xs, ys = (
            array("h", accumulate(int(step) for step in numbers[first::2])) for first in (0, 1)
        )
        box = Box(*(edge / _PER_DEGREE for edge in (min(xs), min(ys), max(xs), max(ys))))
        yield _Line(kind == "L", box, xs, ys)


def _meet(one: Box, other: Box) -> bool:
    return (
        one.west < other.east
        and one.east > other.west
        and one.south < other.north
        and one.north > other.south
    )


def _clipped(points: Sequence[_Point], box: Box) -> Sequence[_Point]:
    """The part of a ring that is in the box (Sutherland & Hodgman 1974)."""
    for axis, bound, above in (
        (0, box.west, True),
        (0, box.east, False),
        (1, box.south, True),
        (1, box.north, False),
    ):
        points = _cut(points, axis, bound, _above(bound, axis) if above else _below(bound, axis))
        if not points:
            break
    return points


def _above(bound: float, axis: int) -> Callable[[_Point], bool]:
    return lambda point: point[axis] >= bound


def _below(bound: float, axis: int) -> Callable[[_Point], bool]:
    return lambda point: point[axis] <= bound


def _cut(
    points: Sequence[_Point], axis: int, bound: float, inside: Callable[[_Point], bool]
) -> list[_Point]:
    kept: list[_Point] = []
    for last, point in zip((points[-1], *points[:-1]), points, strict=True):
        if inside(last) != inside(point):
            share = (bound - last[axis]) / (point[axis] - last[axis])
            other = last[1 - axis] + share * (point[1 - axis] - last[1 - axis])
            kept.append((bound, other) if axis == 0 else (other, bound))
        if inside(point):
            kept.append(point)
    return kept


def _runs(points: Sequence[_Point], box: Box) -> Iterator[list[_Point]]:
    """The stretches of a line whose steps meet the box."""
    run: list[_Point] = []
    for one, other in pairwise(points):
        (ax, ay), (bx, by) = one, other
        step = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        if _meet(step, box):
            run = run or [one]
            run.append(other)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _path(points: Sequence[_Point], *, closed: bool) -> str:
    """The path through these points, in whole pixels, without those that add nothing."""
    kept: list[tuple[int, int]] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _NEAREST:
            kept.append((round(x), round(y)))
    if len(kept) < (3 if closed else 2):
        return ""
    steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}{'z' if closed else ''}"
