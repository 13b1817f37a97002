"""Records as tables for people. Everything here returns a rich renderable and prints nothing."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from app.domain.comparison import (
    Comparison,
    EntityItem,
    EntityOnSide,
    EntitySection,
    SideSummary,
    Spot,
    TermSection,
)
from app.domain.entity import Entity
from app.services.reannotating import Reannotated


def entity_table(entities: Iterable[Entity]) -> Table:
    """One row an entity: id, name, type, counts, and the names it goes by."""
    table = _table("id>", "name", "type", "mentions>", "articles>", "also called")
    for entity in entities:
        others = [a.text for a in entity.aliases if a.text != entity.name]
        table.add_row(
            str(entity.id),
            escape(entity.name),
            entity.type,
            f"{entity.mentions:,}",
            f"{entity.articles:,}",
            escape(", ".join(others[:5])),
        )
    return table


def change_line(changed: Reannotated) -> str:
    """What a new analysis of an article changed, on one line."""
    parts = [f"+ {name}" for name in changed.gained] + [f"- {name}" for name in changed.lost]
    if changed.moved:
        parts.append(f"{changed.moved} mentions moved")
    if changed.failed:
        parts.append("the analysis failed")
    return f"article {changed.article}: {', '.join(parts)}"


def comparison_view(comparison: Comparison) -> RenderableType:
    """The comparison, section by section; evidence as `article:start-end`."""
    parts: list[RenderableType] = [_sides(comparison.sides)]
    parts.extend(
        Text(f"Article {left_out.article} ({left_out.side}) left out: {left_out.reason}")
        for left_out in comparison.left_out
    )
    if comparison.entities is not None:
        parts.extend(_entities(comparison.entities, comparison.sides))
    if comparison.terms is not None:
        parts.extend(_terms(comparison.terms, comparison.sides))
    return Group(*parts)


def _sides(sides: Sequence[SideSummary]) -> Table:
    table = _table("side", "name", "articles>", "words>", title="Sides")
    for side in sides:
        table.add_row(escape(side.key), escape(side.name), f"{side.articles:,}", f"{side.words:,}")
    return table


def _entities(section: EntitySection, sides: Sequence[SideSummary]) -> list[RenderableType]:
    distance = "-" if section.distance is None else f"{section.distance:.2f}"
    shared = _table(
        "entity",
        "type",
        *(f"{s.name}>" for s in sides),
        "where",
        title=f"Entities on both sides, with mentions and share (distance {distance} of 1)"
        if len(sides) == 2
        else f"Entities on two sides or more (distance {distance} of 1)",
    )
    for item in section.shared:
        shared.add_row(*_name(item), *(_count(item.sides.get(s.key)) for s in sides), _where(item))
    parts: list[RenderableType] = [shared]
    for side in sides:
        only = _table("entity", "type", "mentions>", "where", title=f"Only {escape(side.name)}")
        for item in section.only.get(side.key, ()):
            only.add_row(*_name(item), _count(item.sides.get(side.key)), _where(item))
        parts.append(only)
    if section.more:
        parts.append(Text(f"{section.more:,} entities more; --top shows further ones."))
    return parts


def _terms(section: TermSection, sides: Sequence[SideSummary]) -> list[RenderableType]:
    table = _table(
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
        table.add_row(
            escape(item.term),
            escape(names[item.towards]),
            f"{item.z:.2f}",
            *(f"{item.counts.get(s.key, 0):,}" for s in sides),
            _places(spots),
        )
    parts: list[RenderableType] = [table] if section.items else []
    if section.note:
        parts.append(Text(f"Terms: {section.note}"))
    return parts


def _table(*columns: str, title: str | None = None) -> Table:
    """An empty table; a column whose name ends in `>` is set flush right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        right = column.endswith(">")
        table.add_column(
            escape(column.removesuffix(">")),
            justify="right" if right else "left",
            header_style="dim",
            overflow="fold",
        )
    return table


def _name(item: EntityItem) -> tuple[str, str]:
    return escape(item.name), item.type


def _count(on_side: EntityOnSide | None) -> str:
    return "-" if on_side is None else f"{on_side.mentions:,}  {on_side.share:4.0%}"


def _where(item: EntityItem) -> str:
    return _places([spot for side in item.sides.values() for spot in side.evidence[:1]])


def _places(spots: Sequence[Spot]) -> str:
    return " ".join(f"{s.article}:{s.start}-{s.end}" for s in spots[:3])
