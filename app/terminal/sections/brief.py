"""The brief of a comparison among its other sections."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.brief import BriefSection
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, table


def view(
    section: BriefSection, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
    """A row for each sentence, with its places."""
    found = table("", "in short", "where", title="Brief")
    for item in section.items:
        spots = [spot for each in item.evidence.values() for spot in each[:1]]
        found.add_row(item.kind, escape(item.text), evidence.at(spots))
    return [found, *cut_off(0, section.note, "brief")]
