"""What the entities do and suffer on each side, as a table."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape

from app.domain.comparison import SideSummary
from app.domain.sections.roles import ComparedVerb, EntityParts, RoleSection
from app.terminal.evidence import Evidence
from app.terminal.layout import counted, cut_off, in_short, table


def view(
    section: RoleSection, sides: Sequence[SideSummary], _evidence: Evidence
) -> list[RenderableType]:
    """Two rows an entity, what it does and what is done to it, and a column a side: verbs with
    their counts, 'not' before those always negated, those of one side alone in bold."""
    rows = table(
        "entity",
        "",
        *(side.name for side in sides),
        title="What they do, and what is done to them (bold: one side alone)",
    )
    for item in section.items:
        found = [item.sides.get(side.key, EntityParts((), ())) for side in sides]
        for part, lists in (
            ("does", [parts.agent for parts in found]),
            ("suffers", [parts.patient for parts in found]),
        ):
            if any(lists):
                rows.add_row(escape(item.name), part, *(_cell(verbs) for verbs in lists))
    parts: list[RenderableType] = [rows] if rows.row_count else []
    return [*parts, *cut_off(section.more, section.note, "entities and verbs")]


def _cell(verbs: Sequence[ComparedVerb]) -> str:
    return in_short([_verb(verb) for verb in verbs]) or "-"


def _verb(verb: ComparedVerb) -> str:
    negated = verb.negated == verb.count
    return counted(f"not {verb.verb}" if negated else verb.verb, verb.count, only=verb.only)
