"""The brief of a comparison among its other sections."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.brief import BriefSection
from app.terminal.layout import cut_off, table, where


def view(section: BriefSection, sides: Sequence[SideSummary]) -> list[RenderableType]:
    """A row for each sentence, with its places."""
    found = table("", "in short", "where", title="Brief")
    for item in section.items:
        spots = [spot for each in item.evidence.values() for spot in each[:1]]
        found.add_row(item.kind, escape(item.text), where(spots))
    return [found, *cut_off(0, section.note, "brief")]
