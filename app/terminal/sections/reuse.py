"""Shared passages and origins for people."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.text import Text

from app.domain.comparison import SideSummary
from app.domain.sections.reuse import ReuseSection
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, table

_LONGEST = 300  # characters of a passage


def view(
    section: ReuseSection, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
    """Pairs of articles that share text, with their longest passage, and one-origin texts."""
    names = {side.key: side.name for side in sides}
    pairs = table("articles", "derived", "share>", "longest passage", "where", title="Text reuse")
    for pair in section.pairs:
        if pair.verdict == "not":
            continue
        longest = pair.passages[0].sides if pair.passages else {}
        text = next(iter(longest.values())).text if longest else ""
        pairs.add_row(
            escape(
                " / ".join(
                    f"{names[s]} {a}" for s, a in zip(pair.sides, pair.articles, strict=True)
                )
            ),
            pair.verdict,
            f"{pair.containment:.0%}",
            escape(text[:_LONGEST]),
            evidence.at(list(longest.values())),
        )
    parts: list[RenderableType] = [pairs] if pairs.row_count else []
    for origin in section.origins:
        outlets = ", ".join(names[key] for key in origin.sides)
        numbers = ", ".join(map(str, origin.articles))
        parts.append(Text(f"One origin: articles {numbers} ({outlets})."))
    return [*parts, *cut_off(section.more, section.note, "pairs of articles")]
