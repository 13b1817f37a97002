"""What the entities do and suffer on each side, as a table."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from app.domain.comparison import SideSummary
from app.domain.sections.roles import ComparedVerb, EntityParts, RoleSection
from app.terminal.layout import cut_off

_FEW = 8  # verbs in a cell


def view(section: RoleSection, sides: Sequence[SideSummary]) -> list[RenderableType]:
    """Two rows an entity, what it does and what is done to it, and a column a side: verbs with
    their counts, 'not' before those always negated, those of one side alone in bold."""
    table = Table(
        title="What they do, and what is done to them (bold: one side alone)",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for column in ("entity", "", *(side.name for side in sides)):
        table.add_column(escape(column), header_style="dim", overflow="fold")
    for item in section.items:
        found = [item.sides.get(side.key, EntityParts((), ())) for side in sides]
        for part, lists in (
            ("does", [parts.agent for parts in found]),
            ("suffers", [parts.patient for parts in found]),
        ):
            if any(lists):
                table.add_row(escape(item.name), part, *(_cell(verbs) for verbs in lists))
    parts: list[RenderableType] = [table] if table.row_count else []
    return [*parts, *cut_off(section.more, section.note, "entities and verbs")]


def _cell(verbs: Sequence[ComparedVerb]) -> str:
    words = [_verb(verb) for verb in verbs[:_FEW]]
    if len(verbs) > _FEW:
        words.append(f"and {len(verbs) - _FEW} more")
    return ", ".join(words) or "-"


def _verb(verb: ComparedVerb) -> str:
    text = escape(f"not {verb.verb}" if verb.negated == verb.count else verb.verb)
    if verb.count > 1:
        text += f" {verb.count:,}"
    return f"[bold]{text}[/bold]" if verb.only else text
