"""The line under the title of each section: what is in it, in numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.answer import Comparison
from app.domain.sections.entities import EntitySection
from app.domain.sections.figures import FigureSection, Verdict
from app.domain.sections.quotes import QuoteSection
from app.domain.sections.reuse import ReuseSection
from app.domain.sections.statements import StatementSection
from app.domain.sections.timeline import Timeline
from app.pages.comparison.labels import telling
from app.pages.sides import SideLook
from app.pages.wording import many, time_value

_VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    "conflict": ("conflict", "conflicts"),
    "compatible": ("difference without conflict", "differences without conflict"),
    "agree": ("agreement", "agreements"),
    "single": ("on one side alone", "on one side alone"),
}


def decks(comparison: Comparison, sides: Mapping[str, SideLook]) -> Mapping[str, str]:
    """The line of each section that was asked for and has something to count, by its name. Lists
    that the answer itself cuts are counted as far as they go, and the line says 'at least'."""
    c, both = comparison, "on both sides" if len(sides) == 2 else "on two sides or more"
    found = {
        "statements": c.statements and _statements(c.statements, sides, both),
        "figures": c.figures and _figures(c.figures),
        "quotes": c.quotes and _quotes(c.quotes, both),
        "labels": c.labels and _named(len(telling(c.labels)[0]), c.labels.more),
        "entities": c.entities and _entities(c.entities, sides, both),
        "timeline": c.timeline and _timeline(c.timeline, both),
        "reuse": c.reuse and _reuse(c.reuse),
    }
    return {name: line for name, line in found.items() if line}


def _statements(section: StatementSection, sides: Mapping[str, SideLook], both: str) -> str:
    differing = sum(item.kind == "differs" for item in section.shared)
    parts = [many(len(section.shared), "fact") + f" {both}"]
    if differing:
        parts[0] += f", {differing:,} told differently"
    parts += _alone(section.only, sides, "sentence")
    return _line(parts, section.more)


def _figures(section: FigureSection) -> str:
    counts = Counter(item.verdict for item in section.items)
    return _line(
        [many(counts[each], *words) for each, words in _VERDICTS.items() if counts[each]],
        section.more,
    )


def _quotes(section: QuoteSection, both: str) -> str:
    if not section.speakers:
        return ""
    shared = sum(len(item.sides) > 1 for item in section.speakers)
    parts = [many(len(section.speakers), "speaker"), f"{shared or 'none'} of them heard {both}"]
    return _line([", ".join(parts)], section.more)


def _named(called: int, more: int) -> str:
    return (
        _line([f"{many(called, 'name')} with differing titles, names or descriptions"], more)
        if called
        else ""
    )


def _entities(section: EntitySection, sides: Mapping[str, SideLook], both: str) -> str:
    parts = [many(len(section.shared), "name") + f" {both}"]
    return _line([*parts, *_alone(section.only, sides, "")], section.more)


def _timeline(section: Timeline, both: str) -> str:
    if not section.items:
        return ""
    shared = sum(len(item.sides) > 1 for item in section.items)
    first, last = section.items[0].value, section.items[-1].value
    parts = [f"{many(len(section.items), 'time')}, {shared or 'none'} of them {both}"]
    if first != last:
        parts.append(f"{time_value(first)} to {time_value(last)}")
    return _line(parts, section.more)


def _reuse(section: ReuseSection) -> str:
    passages = [each for pair in section.pairs for each in pair.passages]
    if not passages:
        return ""
    longest = max(each.words for each in passages)
    return _line([many(len(passages), "passage"), f"the longest of {many(longest, 'word')}"], 0)


def _alone(
    only: Mapping[str, Sequence[object]], sides: Mapping[str, SideLook], noun: str
) -> list[str]:
    """How many each side has that no other has; sides without any are not named."""
    counts = [
        f"{many(len(only[key]), noun) if noun else len(only[key])} in {side.letter} alone"
        for key, side in sides.items()
        if only.get(key)
    ]
    return [", ".join(counts)] if counts else []


def _line(parts: Sequence[str], more: int) -> str:
    return ("at least " if more else "") + " · ".join(parts)
