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
    """A sentence with the words marked in which it differs from those of other sides."""

    spot: Spot
    html: Markup


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with the sentences of each side that reports it, in the order of the sides."""

    item: SharedStatement
    differences: Sequence[str]
    columns: Mapping[str, Sequence[Sentence]]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much two sides share: facts told alike and told differently, and sentences of one side
    alone, with the percentages of a bar of all of them: where a part begins, and how long it is."""

    alike: int
    differing: int
    only: Mapping[str, int]
    bar: Sequence[tuple[str, float, float]]


def facts(section: StatementSection, sides: Mapping[str, SideLook]) -> list[Fact]:
    """The facts, those told differently first."""
    ordered = sorted(section.shared, key=lambda item: item.kind == "same")
    return [
        Fact(
            item,
            [_DIFFERENCES.get(each.what, each.what) for each in item.differs],
            {
                key: [_sentence(spot, item.differs, key) for spot in item.sides[key]]
                for key in sides
                if item.sides.get(key)
            },
        )
        for item in ordered
    ]


def extent(section: StatementSection, sides: Mapping[str, SideLook]) -> Extent | None:
    """How much they share; None for more than two sides, where facts are shared by some of them,
    and where the answer does not have all of it."""
    if len(sides) != 2 or section.more:
        return None
    alike = sum(item.kind == "same" for item in section.shared)
    differing = len(section.shared) - alike
    only = {key: len(section.only.get(key, ())) for key in sides}
    first, second = sides
    parts = [
        (f"side-{sides[first].number}", only[first]),
        ("alike", alike),
        ("differing", differing),
        (f"side-{sides[second].number}", only[second]),
    ]
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


def _sentence(spot: Spot, differs: Sequence[Differing], side: str) -> Sentence:
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
    return Sentence(spot, marked(spot.text, marks))
