"""Aligned and one-sided statements for people."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.text import Text

from app.domain.compared_statements import StatementSection
from app.domain.comparison import SideSummary
from app.terminal.layout import one_origin, places, table

_SHOWN = 10  # one-sided sentences of a side


def statements_view(
    section: StatementSection, sides: Sequence[SideSummary]
) -> list[RenderableType]:
    """What the sides report alike, sentence beside sentence, and the most important that each
    alone reports."""
    aligned = table("alike>", *(side.name for side in sides), title="Reported by both or more")
    for item in section.aligned:
        texts = (item.sides[side.key].text if side.key in item.sides else "-" for side in sides)
        alike = f"{item.similarity:.2f}{one_origin(item.origins, item.sides)}"
        aligned.add_row(alike, *map(escape, texts))
    parts: list[RenderableType] = [aligned]
    for side in sides:
        found = section.only[side.key]
        own = table("sentence", "where", title=f"Only {escape(side.name)} reports")
        for each in found[:_SHOWN]:
            own.add_row(escape(each.spot.text), places([each.spot]))
        parts.append(own)
        if len(found) > _SHOWN:
            parts.append(Text(f"{len(found) - _SHOWN:,} sentences more; --json has them all."))
    return parts
