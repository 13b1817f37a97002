"""Figures about the same thing on a line of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.sections.figures import ComparedFigure, FigureGroup, FigureSection
from app.pages.sides import SideLook
from app.pages.wording import amount, unit

type Shape = Literal["exact", "about", "from", "to", "range"]

_SHAPES: Mapping[str | None, Shape] = {
    "at least": "from",
    "more than": "from",
    "at most": "to",
    "less than": "to",
    "about": "about",
    "nearly": "about",
}
# Per cent of the line that are kept free on the left and on the right, for arrows.
_MARGIN = 12.0
# A line is at least so long, as a share of its largest value: 40 and 41 are near each other.
_LEAST = 0.25
LANE, TOP = 26, 6  # pixels


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on the line: `x` and `x2` (of a range) in per cent, `y` in pixels."""

    figure: ComparedFigure
    side: SideLook
    shape: Shape
    x: float
    x2: float
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A number under the line."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A line with a lane for each side that has figures; `says` is the same in words."""

    points: Sequence[Point]
    ticks: Sequence[Tick]
    height: int
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of figures with its line; `said` are the figures of each side, those of the same
    words once, with how often."""

    item: FigureGroup
    line: NumberLine
    subject: str
    said: Mapping[str, Sequence[tuple[ComparedFigure, int]]]


def groups(section: FigureSection, sides: Mapping[str, SideLook]) -> Mapping[str, list[Group]]:
    """The groups of several sides by verdict: conflict, compatible, agree."""
    found: dict[str, list[Group]] = {"conflict": [], "compatible": [], "agree": []}
    for item in section.items:
        if item.verdict in found:
            said = {key: _said(item.sides[key]) for key in sides if item.sides.get(key)}
            found[item.verdict].append(Group(item, number_line(item, sides), subject(item), said))
    return {verdict: items for verdict, items in found.items() if items}


def headings(sides: int) -> Mapping[str, str]:
    """What stands over the groups of each verdict."""
    all_ = "both" if sides == 2 else "all"
    return {
        "conflict": f"They cannot {all_} be true",
        "compatible": f"They differ, and can {all_} be true",
        "agree": "They agree",
    }


def subject(item: FigureGroup) -> str:
    """What is counted or measured: 'soldier', 'kilometres', 'money, in crown'."""
    if item.noun:
        return item.noun
    if item.kind == "percent":
        return "per cent"
    if item.kind == "measure" and item.unit:
        return unit(item.unit)
    return f"{item.kind}, in {unit(item.unit)}" if item.unit else item.kind


def number_line(item: FigureGroup, sides: Mapping[str, SideLook]) -> NumberLine:
    """The figures of a group on one line."""
    values = [v for of in item.sides.values() for f in of for v in (f.value, f.upper or f.value)]
    low, high = min(values), max(values)
    length = max(high - low, _LEAST * max(abs(low), abs(high))) or 1.0
    begin = (low + high - length) / 2

    def at(value: float) -> float:
        return round(_MARGIN + (100 - 2 * _MARGIN) * (value - begin) / length, 2)

    points = []
    lanes = [key for key in sides if item.sides.get(key)]
    for lane, key in enumerate(lanes):
        for figure in _distinct(item.sides[key]):
            shape = _SHAPES.get(figure.quantifier, "exact")
            upper = figure.upper if figure.upper is not None else figure.value
            points.append(
                Point(
                    figure,
                    sides[key],
                    "range" if upper != figure.value else shape,
                    at(figure.value),
                    at(upper),
                    TOP + LANE // 2 + LANE * lane,
                )
            )
    ticks = [Tick(at(value), amount(value)) for value in _spread(sorted(set(values)), length)]
    says = "; ".join(
        f"{sides[key].name}: {', '.join(figure.text for figure in _distinct(item.sides[key]))}"
        for key in lanes
    )
    return NumberLine(points, ticks, TOP + LANE * len(lanes) + 24, says)


def _said(figures: Sequence[ComparedFigure]) -> list[tuple[ComparedFigure, int]]:
    """One figure of the same words and the same origin, with how many there are."""
    found: dict[tuple[str, str | None], list[ComparedFigure]] = {}
    for figure in figures:
        found.setdefault((figure.text, figure.attribution), []).append(figure)
    return [(same[0], len(same)) for same in found.values()]


def _distinct(figures: Sequence[ComparedFigure]) -> list[ComparedFigure]:
    """One figure of each value and quantifier."""
    first: dict[tuple[float, float | None, str | None], ComparedFigure] = {}
    for figure in figures:
        first.setdefault((figure.value, figure.upper, figure.quantifier), figure)
    return list(first.values())


def _spread(values: Sequence[float], length: float) -> list[float]:
    """The values that have room for their numbers, from the least."""
    shown: list[float] = []
    for value in values:
        if not shown or value - shown[-1] >= length * 0.07:
            shown.append(value)
    return shown
