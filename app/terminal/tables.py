"""Records as tables for people. Everything here returns a rich renderable and prints nothing."""

from collections.abc import Iterable

from rich.markup import escape
from rich.table import Table

from app.domain.entity import Entity
from app.services.reannotating import Reannotated
from app.terminal.layout import table


def entity_table(entities: Iterable[Entity]) -> Table:
    """One row an entity: id, name, type, counts, and the names it goes by."""
    found = table("id>", "name", "type", "mentions>", "articles>", "also called")
    for entity in entities:
        others = [a.text for a in entity.aliases if a.text != entity.name]
        found.add_row(
            str(entity.id),
            escape(entity.name),
            entity.type,
            f"{entity.mentions:,}",
            f"{entity.articles:,}",
            escape(", ".join(others[:5])),
        )
    return found


def change_line(changed: Reannotated) -> str:
    """What a new analysis of an article changed, on one line."""
    parts = [f"+ {name}" for name in changed.gained] + [f"- {name}" for name in changed.lost]
    if changed.moved:
        parts.append(f"{changed.moved} mentions moved")
    if changed.failed:
        parts.append("the analysis failed")
    return f"article {changed.article}: {', '.join(parts)}"
