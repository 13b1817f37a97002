"""A comparison for people, section by section; evidence in the words around it."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from pydantic import BaseModel
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from app.compare.brief.rendering import text_page
from app.domain.answer import SECTIONS, Comparison, Section
from app.domain.comparison import SideSummary
from app.terminal.comparison_files import markdown, write_csv
from app.terminal.evidence import Evidence
from app.terminal.formats import ComparisonFormat
from app.terminal.layout import table

# A section and the sides of its comparison, as tables and remarks.
type View = Callable[[Any, Sequence[SideSummary], Evidence], list[RenderableType]]


def print_comparison(
    comparison: Comparison,
    how: ComparisonFormat,
    answer: Callable[[Comparison], BaseModel],
    text: Callable[[int, int], str],
) -> None:
    """Prints a comparison on standard output; `answer` gives the API's answer for it, `text` what
    a revision of an article reads."""
    evidence = Evidence.of(comparison.articles, text)
    if how is ComparisonFormat.table:
        Console().print(comparison_view(comparison, evidence))
        return
    if how is ComparisonFormat.brief and comparison.brief is not None:
        print(text_page(comparison, comparison.brief), end="")
        return
    if how is ComparisonFormat.markdown:
        for line in markdown(comparison_view(comparison, evidence)):
            print(line)
        return
    whole = answer(comparison)
    if how is ComparisonFormat.json:
        print(whole.model_dump_json(exclude_unset=True))
    else:
        fields = whole.model_dump(exclude_unset=True)
        write_csv(fields, [side.key for side in comparison.sides], sys.stdout)


def _view_of(section: Section) -> View:
    """The `view` of the module of that name in `app.terminal.sections`."""
    view: View = import_module(f"app.terminal.sections.{section}").view
    return view


def comparison_view(comparison: Comparison, evidence: Evidence) -> Group:
    """The comparison, section by section."""
    parts: list[RenderableType] = [_sides(comparison.sides)]
    parts.extend(
        Text(f"Article {left_out.article} ({left_out.side}) left out: {left_out.reason}")
        for left_out in comparison.left_out
    )
    for name in SECTIONS:
        section = getattr(comparison, name)
        if section is not None:
            parts.extend(_view_of(name)(section, comparison.sides, evidence))
    return Group(*parts)


def _sides(sides: Sequence[SideSummary]) -> Table:
    found = table("side", "name", "articles>", "words>", title="Sides")
    for side in sides:
        found.add_row(escape(side.key), escape(side.name), f"{side.articles:,}", f"{side.words:,}")
    return found
