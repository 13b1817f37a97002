"""A comparison as the template `compare.html` takes it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from markupsafe import Markup

from app.domain.answer import Comparison
from app.domain.comparison import ComparedText, Spot
from app.domain.sections.brief import HEADINGS, BriefItem, BriefSection
from app.domain.sections.figures import ComparedFigure
from app.pages.citing import Citations, Cited
from app.pages.comparison.bars import entity_bars, voice_bars
from app.pages.comparison.figures import groups, subject
from app.pages.comparison.labels import telling
from app.pages.comparison.places import atlas
from app.pages.comparison.statements import extent, facts, nearest
from app.pages.comparison.timeline import moments
from app.pages.comparison.trimming import trimmed
from app.pages.marking import Mark, marked
from app.pages.sides import looks

# Items of a list over all sides, where nobody says how many.
_ITEMS = 36


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text that was sent to be compared, its evidence marked where it stands."""

    text: ComparedText
    paragraphs: Sequence[Markup]


def view(comparison: Comparison, citations: Citations, top: int | None = None) -> dict[str, Any]:
    """What the template is given, at most `top` items of each list, by default the fewer the
    more sides there are; each section that was not asked for is None."""
    sides = looks(comparison.sides, comparison.articles)
    whole, c = comparison.statements, trimmed(comparison, top or _ITEMS // len(sides))
    return {
        "c": c,
        "sides": sides,
        "href": citations.href,
        "brief": brief_parts(c.brief) if c.brief else None,
        "facts": facts(c.statements, sides) if c.statements else None,
        "near": nearest,
        "extent": extent(whole, sides) if whole else None,
        "figures": groups(c.figures, sides) if c.figures else None,
        "figure_subject": subject,
        "telling": telling(c.labels) if c.labels else None,
        "moments": moments(c.timeline, sides, citations) if c.timeline else None,
        "map": atlas(c.entities, sides) if c.entities else None,
        "entity_bars": entity_bars(c.entities, sides) if c.entities else None,
        "voice_bars": voice_bars(c.quotes, sides) if c.quotes else None,
        "texts": marked_texts(c),
    }


def brief_parts(brief: BriefSection) -> Mapping[str, list[BriefItem]]:
    """The sentences of a brief under their headings."""
    parts = {
        heading: [each for each in brief.items if each.kind in kinds] for heading, kinds in HEADINGS
    }
    return {heading: items for heading, items in parts.items() if items}


def spot_id(spot: Cited) -> str:
    """The name of a place within a page that holds the texts themselves."""
    return f"t{spot.article}-{spot.start}-{spot.end}"


def marked_texts(comparison: Comparison) -> list[MarkedText]:
    """The texts that a comparison brings along, each piece of its evidence with its id."""
    ids: dict[int, dict[str, tuple[int, int]]] = {}
    for spot in evidence(comparison):
        ids.setdefault(spot.article, {})[spot_id(spot)] = (spot.start, spot.end)
    return [
        MarkedText(
            text,
            paragraphs(
                text.text,
                [
                    Mark(start, end, "span", {"id": name, "class": "spot"})
                    for name, (start, end) in ids.get(text.article, {}).items()
                ],
            ),
        )
        for text in comparison.articles
        if isinstance(text, ComparedText)
    ]


def paragraphs(text: str, marks: Sequence[Mark], start: int = 0) -> list[Markup]:
    """The paragraphs of a text from `start` on, with their marks; lines of white space apart."""
    found, at = [], start
    for line in text[start:].split("\n"):
        if line.strip():
            found.append(marked(text, marks, at, at + len(line)))
        at += len(line) + 1
    return found


def evidence(value: Any) -> Iterator[Spot | ComparedFigure]:
    """Every piece of evidence in an answer, or in a part of one."""
    if isinstance(value, Spot | ComparedFigure):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from evidence(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from evidence(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from evidence(getattr(value, each.name))
