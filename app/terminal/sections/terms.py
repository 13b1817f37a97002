"""The words that tell sides apart, for people."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.terms import TermSection
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, table


def view(
    section: TermSection, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
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
            evidence.around(spots),
        )
    parts: list[RenderableType] = [found] if section.items else []
    return [*parts, *cut_off(section.more, section.note, "terms")]
