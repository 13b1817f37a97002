"""The entities of a comparison for people."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.entities import EntityItem, EntityOnSide, EntitySection
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, table


def view(
    section: EntitySection, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
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
        shared.add_row(
            *_name(item), *(_count(item.sides.get(s.key)) for s in sides), _where(item, evidence)
        )
    parts: list[RenderableType] = [shared]
    for side in sides:
        only = table("entity", "type", "mentions>", "where", title=f"Only {escape(side.name)}")
        for item in section.only.get(side.key, ()):
            only.add_row(*_name(item), _count(item.sides.get(side.key)), _where(item, evidence))
        parts.append(only)
    return [*parts, *cut_off(section.more, section.note, "entities")]


def _name(item: EntityItem) -> tuple[str, str]:
    return escape(item.name), item.type


def _count(on_side: EntityOnSide | None) -> str:
    return "-" if on_side is None else f"{on_side.mentions:,}  {on_side.share:4.0%}"


def _where(item: EntityItem, evidence: Evidence) -> str:
    return evidence.around([spot for side in item.sides.values() for spot in side.evidence[:1]])
