"""What the sides call the entities, as a table."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.labels import ComparedLabel, LabelSection
from app.terminal.evidence import Evidence
from app.terminal.layout import counted, cut_off, in_short, table


def view(
    section: LabelSection, sides: Sequence[SideSummary], _evidence: Evidence
) -> list[RenderableType]:
    """One row an entity and a column a side: labels with their counts, those of one side alone in
    bold, bare names left out. Nothing where no entity is called more than its name."""
    found = table(
        "entity",
        *(side.name for side in sides),
        title="What the sides call them (bold: one side alone)",
    )
    for item in section.items:
        cells = [_cell(item.sides.get(side.key, ())) for side in sides]
        if any(cells):
            found.add_row(escape(item.name), *(cell or "-" for cell in cells))
    parts: list[RenderableType] = [found] if found.row_count else []
    return [*parts, *cut_off(section.more, section.note, "entities and labels")]


def _cell(labels: Sequence[ComparedLabel]) -> str:
    return in_short(
        [
            counted(" ".join(label.text.split()), label.count, only=label.only)
            for label in labels
            if label.kind != "name"
        ]
    )
