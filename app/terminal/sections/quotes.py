"""The quotes of a comparison for people."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.text import Text

from app.domain.comparison import SideSummary
from app.domain.sections.quotes import DiffPart, QuoteSection, SpeakerOnSide
from app.terminal.evidence import Evidence
from app.terminal.layout import cut_off, table


def view(
    section: QuoteSection, sides: Sequence[SideSummary], evidence: Evidence
) -> list[RenderableType]:
    """Speakers with their quotes and share of words, then quotes that two sides give."""
    speakers = table(
        "speaker",
        *(f"{side.name}>" for side in sides),
        "where",
        title="Who speaks: quotes and share of all quoted words",
    )
    for item in section.speakers:
        spots = [spot for side in item.sides.values() for spot in side.evidence[:1]]
        speakers.add_row(
            escape(item.name),
            *(_heard(item.sides.get(side.key)) for side in sides),
            evidence.around(spots),
        )
    parts: list[RenderableType] = [speakers]
    for side in sides:
        lost = section.unattributed[side.key]
        if lost.quotes:
            parts.append(Text(f"{side.name}: {lost.quotes} quotes whose speaker is uncertain."))
    same = table("quote", "change", "words", "where", title="Quotes that two sides give")
    for quote in section.same:
        spots = list(quote.sides.values())
        same.add_row(escape(spots[0].text), quote.change, _words(quote.diff), evidence.at(spots))
    if section.same:
        parts.append(same)
    return [*parts, *cut_off(section.more, section.note, "speakers and quotes")]


def _heard(side: SpeakerOnSide | None) -> str:
    return "-" if side is None else f"{side.quotes:,}  {side.share:4.0%}"


def _words(diff: Sequence[DiffPart]) -> str:
    """What became of the words: [-taken away-] {+put in+}."""
    changed = []
    for part in diff:
        if part.step == "equal":
            continue
        before = f"[-{part.before}-]" if part.before else ""
        after = f"{{+{part.after}+}}" if part.after else ""
        changed.append(" ".join(filter(None, (before, after))))
    return escape(" ... ".join(changed))
