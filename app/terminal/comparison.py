"""A comparison for people, section by section; evidence reads `article:start-end`."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from app.compare.brief.page import text_page
from app.domain.answer import SECTIONS, Comparison, Section
from app.domain.comparison import (
    EntityItem,
    EntityOnSide,
    EntitySection,
    SideSummary,
    TermSection,
)
from app.terminal.formats import Written
from app.terminal.layout import cut_off, places, table
from app.terminal.sections.brief import brief_view
from app.terminal.sections.figures import figures_view
from app.terminal.sections.labels import label_view
from app.terminal.sections.quotes import quotes_view
from app.terminal.sections.reuse import reuse_view
from app.terminal.sections.roles import role_view
from app.terminal.sections.statements import statements_view
from app.terminal.sections.timeline import timeline_view
from app.terminal.written import markdown, write_csv


def print_comparison(
    comparison: Comparison, how: Written, answer: Callable[[Comparison], BaseModel]
) -> None:
    """Prints a comparison on standard output; `answer` gives the API's answer for it."""
    if how is Written.table:
        Console().print(comparison_view(comparison))
        return
    if how is Written.brief and comparison.brief is not None:
        print(text_page(comparison, comparison.brief), end="")
        return
    if how is Written.markdown:
        for line in markdown(comparison_view(comparison)):
            print(line)
        return
    whole = answer(comparison)
    if how is Written.json:
        print(whole.model_dump_json(exclude_unset=True))
    else:
        fields = whole.model_dump(exclude_unset=True)
        write_csv(fields, [side.key for side in comparison.sides], sys.stdout)


def comparison_view(comparison: Comparison) -> Group:
    """The comparison, section by section; evidence as `article:start-end`."""
    parts: list[RenderableType] = [_sides(comparison.sides)]
    parts.extend(
        Text(f"Article {left_out.article} ({left_out.side}) left out: {left_out.reason}")
        for left_out in comparison.left_out
    )
    for name in SECTIONS:
        section = getattr(comparison, name)
        if section is not None:
            parts.extend(_VIEWS[name](section, comparison.sides))
    return Group(*parts)


def _sides(sides: Sequence[SideSummary]) -> Table:
    found = table("side", "name", "articles>", "words>", title="Sides")
    for side in sides:
        found.add_row(escape(side.key), escape(side.name), f"{side.articles:,}", f"{side.words:,}")
    return found


def _entities(section: EntitySection, sides: Sequence[SideSummary]) -> list[RenderableType]:
    distance = "-" if section.distance is None else f"{section.distance:.2f}"
    shared = table(
        "entity",
        "type",
        *(f"{s.name}>" for s in sides),
        "where",
        title=f"Entities on both sides, with mentions and share (distance {distance} of 1)"
        if len(sides) == 2
        else f"Entities on two sides or more (distance {distance} of 1)",
    )
    for item in section.shared:
        shared.add_row(*_name(item), *(_count(item.sides.get(s.key)) for s in sides), _where(item))
    parts: list[RenderableType] = [shared]
    for side in sides:
        only = table("entity", "type", "mentions>", "where", title=f"Only {escape(side.name)}")
        for item in section.only.get(side.key, ()):
            only.add_row(*_name(item), _count(item.sides.get(side.key)), _where(item))
        parts.append(only)
    return [*parts, *cut_off(section.more, section.note, "entities")]


def _terms(section: TermSection, sides: Sequence[SideSummary]) -> list[RenderableType]:
    found = table(
        "term",
        "towards",
        "z>",
        *(f"{s.name}>" for s in sides),
        "where",
        title="Words that tell the sides apart",
    )
    names = {side.key: side.name for side in sides}
    for item in section.items:
        spots = [spot for side in item.evidence.values() for spot in side]
        found.add_row(
            escape(item.term),
            escape(names[item.towards]),
            f"{item.z:.2f}",
            *(f"{item.counts.get(s.key, 0):,}" for s in sides),
            places(spots),
        )
    parts: list[RenderableType] = [found] if section.items else []
    return [*parts, *cut_off(section.more, section.note, "terms")]


def _name(item: EntityItem) -> tuple[str, str]:
    return escape(item.name), item.type


def _count(on_side: EntityOnSide | None) -> str:
    return "-" if on_side is None else f"{on_side.mentions:,}  {on_side.share:4.0%}"


def _where(item: EntityItem) -> str:
    return places([spot for side in item.sides.values() for spot in side.evidence[:1]])


_VIEWS: Mapping[Section, Callable[[Any, Sequence[SideSummary]], list[RenderableType]]] = {
    "entities": _entities,
    "terms": _terms,
    "labels": label_view,
    "roles": role_view,
    "quotes": quotes_view,
    "figures": figures_view,
    "timeline": timeline_view,
    "statements": statements_view,
    "reuse": reuse_view,
    "brief": brief_view,
}
