"""What several sides report, sentence beside sentence, and how much that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.domain.comparison import Spot
from app.domain.sections.statements import (
    Differing,
    Nearest,
    OwnStatement,
    SharedStatement,
    StatementSection,
)
from app.pages.marking import Mark, marked
from app.pages.sides import SideLook

_DIFFERENCES = {
    "number": "numbers differ",
    "negation": "one says it, one denies it",
    "attribution": "who says so differs",
    "state": "how far things have come differs",
    "date": "when differs",
    "other": "words differ",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the words marked in which it differs from those of other sides; `places` are
    where it stands word for word, by side."""

    html: Markup
    places: Mapping[str, Sequence[Spot]]

    @property
    def spot(self) -> Spot:
        """The first of its places."""
        return next(iter(self.places.values()))[0]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with the sentences of each side that reports it, in the order of the sides; `told` are
    the same with one that stands on several sides only once."""

    item: SharedStatement
    differences: Sequence[str]
    columns: Mapping[str, Sequence[Sentence]]
    told: Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much sides share: facts told alike and told differently, and sentences of one side alone,
    with the percentages of a bar of all of them: where a part begins, and how long it is."""

    alike: int
    differing: int
    only: Mapping[str, int]
    bar: Sequence[tuple[str, float, float]]


def facts(section: StatementSection, sides: Mapping[str, SideLook]) -> list[Fact]:
    """The facts, in their order."""
    return [
        Fact(
            item,
            [_DIFFERENCES.get(each.what, each.what) for each in item.differs],
            {key: _sentences(item, [key]) for key in sides if item.sides.get(key)},
            _sentences(item, list(sides)),
        )
        for item in section.shared
    ]


def extent(section: StatementSection, sides: Mapping[str, SideLook]) -> Extent | None:
    """How much they share: two sides on either side of what both have, more of them before what
    several have. None where the answer does not have all of it."""
    if section.more:
        return None
    alike = sum(item.kind == "same" for item in section.shared)
    differing = len(section.shared) - alike
    only = {key: len(section.only.get(key, ())) for key in sides}
    parts = [(f"side-{side.number}", only[key]) for key, side in sides.items()]
    after = 1 if len(sides) == 2 else len(parts)
    parts[after:after] = [("alike", alike), ("differing", differing)]
    total = sum(count for _, count in parts)
    if not total:
        return None
    bar, at = [], 0.0
    for name, count in parts:
        bar.append((name, round(at, 2), round(100 * count / total, 2)))
        at += 100 * count / total
    return Extent(alike, differing, only, bar)


def nearest(own: OwnStatement) -> list[tuple[str, Nearest]]:
    """The side that comes nearest to a sentence of one alone, with its sentence; or none."""
    found = [(side, each) for side, each in own.nearest.items() if each]
    return sorted(found, key=lambda each: -each[1].likeness)[:1]


def _sentences(item: SharedStatement, sides: Sequence[str]) -> list[Sentence]:
    """The sentences of these sides, each text once, with all its places."""
    places: dict[Markup, dict[str, list[Spot]]] = {}
    for side in sides:
        for spot in item.sides.get(side, ()):
            html = _html(spot, item.differs, side)
            places.setdefault(html, {}).setdefault(side, []).append(spot)
    return [Sentence(html, of) for html, of in places.items()]


def _html(spot: Spot, differs: Sequence[Differing], side: str) -> Markup:
    marks = [
        Mark(
            word.start - spot.start,
            word.end - spot.start,
            "mark",
            {"class": "differs", "title": _DIFFERENCES.get(each.what, each.what)},
        )
        for each in differs
        for word in each.sides.get(side, ())
        if word.article == spot.article and spot.start <= word.start and word.end <= spot.end
    ]
    return marked(spot.text, marks)
