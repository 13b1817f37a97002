"""The timeline of a comparison for people."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.timeline import Timeline
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, table


def view(
    section: Timeline, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
    """A row for each time, with the words that each side has for it."""
    times = table("when", *(side.name for side in sides), "where", title="Timeline")
    for item in section.items:
        words = (
            ", ".join(dict.fromkeys(spot.text for spot in item.sides.get(side.key, ()))) or "-"
            for side in sides
        )
        spots = [spot for side in item.sides.values() for spot in side[:1]]
        times.add_row(item.value, *map(escape, words), evidence.around(spots))
    parts: list[RenderableType] = [times]
    return [*parts, *cut_off(section.more, section.note, "times")]
