"""The figures of a comparison for people."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.figures import ComparedFigure, FigureSection
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, one_origin, table


def view(
    section: FigureSection, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
    """A row for each group: the verdict, and what each side says, with its place."""
    groups = table("figures", "of", *(side.name for side in sides), title="Figures")
    for item in section.items:
        groups.add_row(
            item.verdict + one_origin(item.origins, item.sides),
            escape(item.noun or item.unit or item.kind),
            *(_figures(item.sides.get(side.key, ()), evidence) for side in sides),
        )
    parts: list[RenderableType] = [groups]
    return [*parts, *cut_off(section.more, section.note, "figures")]


def _figures(found: Sequence[ComparedFigure], evidence: Evidence) -> str:
    return evidence.around(found[:1]) or "-"
