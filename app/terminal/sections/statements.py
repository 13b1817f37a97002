"""Shared and one-sided statements for people."""

from collections.abc import Mapping, Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.text import Text

from app.domain.comparison import SideSummary, Spot
from app.domain.sections.statements import OwnStatement, SharedStatement, StatementSection
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, one_origin, table

_SHOWN = 10  # one-sided sentences of a side


def view(
    section: StatementSection, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
    """What several sides report, sentence beside sentence, with the words in which they differ;
    the most important that each alone reports; and how many sentences could not be told."""
    shared = table(
        "told", "sure>", *(side.name for side in sides), title="Reported by both or more"
    )
    for item in section.shared:
        texts = (_joined(item.sides.get(side.key, ())) for side in sides)
        shared.add_row(_told(item), f"{item.confidence:.2f}", *texts)
        for each in item.differs:
            words = (_joined(each.sides.get(side.key, ())) for side in sides)
            shared.add_row(f"  {each.what}", "", *words)
    parts: list[RenderableType] = [shared]
    parts += _listed(section.only, "Only {} reports", sides, evidence)
    if section.unclear_items is not None:
        parts += _listed(section.unclear_items, "Unclear in {}", sides, evidence)
    if section.unclear:
        parts.append(
            Text(f"{section.unclear:,} sentences are neither surely shared nor surely one side's.")
        )
    return [*parts, *cut_off(section.more, section.note, "statements")]


def _told(item: SharedStatement) -> str:
    return ("alike" if item.kind == "same" else "differs") + one_origin(item.origins, item.sides)


def _joined(spots: Sequence[Spot]) -> str:
    return escape(" / ".join(spot.text for spot in spots)) or "-"


def _listed(
    lists: Mapping[str, Sequence[OwnStatement]],
    title: str,
    sides: Sequence[SideSummary],
    evidence: Evidence,
) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for side in sides:
        found = lists.get(side.key, ())
        own = table("sentence", "where", title=title.format(escape(side.name)))
        for each in found[:_SHOWN]:
            own.add_row(escape(each.spot.text), evidence.at([each.spot]))
        parts.append(own)
        if len(found) > _SHOWN:
            parts.append(Text(f"{len(found) - _SHOWN:,} sentences more; --json has them all."))
    return parts
