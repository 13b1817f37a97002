"""An answer cut to what a page shows, with the rest counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.answer import Comparison
from app.domain.sections.figures import FigureGroup
from app.domain.sections.statements import SharedStatement
from app.domain.sections.timeline import Timeline


def trimmed(comparison: Comparison, top: int) -> Comparison:
    """The comparison with at most `top` items in each list; `more` counts what is cut off too."""
    c = comparison
    changes: dict[str, Any] = {}
    for name in ("entities", "statements"):
        if s := getattr(c, name):
            rest = sum(_rest(each, top) for each in (s.shared, *s.only.values()))
            changes[name] = replace(
                s, shared=s.shared[:top], only=_cut(s.only, top), more=s.more + rest
            )
    if s := c.statements:
        changes["statements"] = replace(
            changes["statements"], shared=_differing_first(s.shared)[:top]
        )
    for name in ("terms", "labels", "roles", "figures"):
        if s := getattr(c, name):
            items = _in_turns(s.items) if name == "figures" else s.items
            changes[name] = replace(s, items=items[:top], more=s.more + _rest(items, top))
    if s := c.quotes:
        changes["quotes"] = replace(
            s,
            speakers=s.speakers[:top],
            same=s.same[:top],
            more=s.more + _rest(s.speakers, top) + _rest(s.same, top),
        )
    if s := c.reuse:
        changes["reuse"] = replace(s, pairs=s.pairs[:top], more=s.more + _rest(s.pairs, top))
    if s := c.timeline:
        changes["timeline"] = _times(s, top)
    return replace(c, **changes)


def _times(section: Timeline, top: int) -> Timeline:
    """Those that most places name, in their order."""
    ranked = sorted(section.items, key=lambda item: -sum(item.counts.values()))[:top]
    kept = {item.value for item in ranked}
    return replace(
        section,
        items=tuple(item for item in section.items if item.value in kept),
        more=section.more + _rest(section.items, top),
    )


def _in_turns(groups: Sequence[FigureGroup]) -> tuple[FigureGroup, ...]:
    """The groups of several sides, then those of one side alone: one of each side in turn, so that
    the first side leaves room for the others."""
    before: Counter[str] = Counter()
    turns: list[tuple[int, FigureGroup]] = []
    for group in groups:
        turn = 0
        if group.verdict == "single":
            (side,) = group.sides
            before[side] += 1
            turn = before[side]
        turns.append((turn, group))
    return tuple(group for _, group in sorted(turns, key=lambda each: each[0]))


def _differing_first(facts: Sequence[SharedStatement]) -> tuple[SharedStatement, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.kind == "same"))


def _cut[T](lists: Mapping[str, Sequence[T]], top: int) -> dict[str, tuple[T, ...]]:
    return {key: tuple(items[:top]) for key, items in lists.items()}


def _rest(items: Sequence[object], top: int) -> int:
    return max(0, len(items) - top)
