"""Sentences on figures that clash, that leave room for one another, and that agree."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.compare.brief.sides import Sides, Told
from app.compare.phrases import PRONOUNS, cut, listed, quoted
from app.domain.comparison import Spot
from app.domain.sections.brief import BriefItem
from app.domain.sections.figures import ComparedFigure, FigureGroup, FigureSection

_LONGEST = 80  # characters of the name of who gave a figure
_AGREEING = 4  # figures in one sentence


@dataclass(slots=True)
class _Agreeing:
    """Figures on which the same sides agree."""

    words: list[str] = field(default_factory=list)
    places: list[Mapping[str, tuple[Spot, ...]]] = field(default_factory=list)


def figure_items(
    section: FigureSection, sides: Sides, told: Told, differing: Told
) -> Iterator[BriefItem]:
    """Figures of several sides: conflicts first; those that agree share one sentence. A figure is
    left out where the brief has quoted its sentences already (`told`); a conflict only where it
    has quoted them as differing."""
    agreeing: defaultdict[tuple[str, ...], _Agreeing] = defaultdict(_Agreeing)
    for group in section.items:
        places = {key: (_spot(found[0]),) for key, found in group.sides.items() if found}
        keys = sides.ordered(places)
        before = differing if group.verdict == "conflict" else told
        if len(keys) < 2 or all(spot in before for (spot,) in places.values()):
            continue
        if group.verdict == "agree":
            of_these = agreeing[keys]
            if len(of_these.words) < _AGREEING:
                of_these.words.append(_alike(places, sides))
                of_these.places.append(places)
        elif group.verdict != "single":
            yield BriefItem("figures", _apart(group, keys, sides), keys, sides.evidence(places))
    for keys, found in agreeing.items():
        text = f"{sides.together(keys)} give {_noun(len(found.words))}: {listed(found.words)}."
        yield BriefItem("figures", text, keys, sides.evidence(*found.places))


def _apart(group: FigureGroup, keys: tuple[str, ...], sides: Sides) -> str:
    parts = []
    for key in keys:
        figure = group.sides[key][0]
        parts.append(f"{sides.names[key]} gives {quoted(figure.text)}{_source(figure)}")
    if group.verdict == "conflict":
        return f"Figures conflict: {'; '.join(parts)}."
    able = "both" if len(keys) == 2 else "all"
    return f"Figures differ, but {able} can be true: {'; '.join(parts)}."


def _source(figure: ComparedFigure) -> str:
    name = figure.attribution
    if name is None or name.lower() in PRONOUNS:
        return ""
    return f" (from {cut(' '.join(name.split()), _LONGEST)})"


def _alike(places: Mapping[str, tuple[Spot, ...]], sides: Sides) -> str:
    surfaces = {spot.text for spots in places.values() for spot in spots}
    return quoted(surfaces.pop()) if len(surfaces) == 1 else f"{sides.words(places, ' and ')}"


def _noun(figures: int) -> str:
    return "the same figure" if figures == 1 else "the same figures"


def _spot(figure: ComparedFigure) -> Spot:
    return Spot(figure.article, figure.revision, figure.start, figure.end, figure.text)
