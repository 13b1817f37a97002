"""What the sides call the entities, as a table."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from app.domain.comparison import SideSummary
from app.domain.sections.labels import ComparedLabel, LabelSection
from app.terminal.layout import cut_off

_FEW = 8  # labels in a cell


def view(section: LabelSection, sides: Sequence[SideSummary]) -> list[RenderableType]:
    """One row an entity and a column a side: labels with their counts, those of one side alone in
    bold, bare names left out. Nothing where no entity is called more than its name."""
    table = Table(
        title="What the sides call them (bold: one side alone)",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for column in ("entity", *(side.name for side in sides)):
        table.add_column(escape(column), header_style="dim", overflow="fold")
    for item in section.items:
        cells = [_cell(item.sides.get(side.key, ())) for side in sides]
        if any(cells):
            table.add_row(escape(item.name), *(cell or "-" for cell in cells))
    parts: list[RenderableType] = [table] if table.row_count else []
    return [*parts, *cut_off(section.more, section.note, "entities and labels")]


def _cell(labels: Sequence[ComparedLabel]) -> str:
    shown = [label for label in labels if label.kind != "name"]
    words = [_label(label) for label in shown[:_FEW]]
    if len(shown) > _FEW:
        words.append(f"and {len(shown) - _FEW} more")
    return ", ".join(words)


def _label(label: ComparedLabel) -> str:
    text = escape(" ".join(label.text.split()))
    if label.count > 1:
        text += f" {label.count:,}"
    return f"[bold]{text}[/bold]" if label.only else text
