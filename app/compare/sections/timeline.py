"""One timeline for all sides: what each dates, and when."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from app.compare.method import Method
from app.compare.notes import joined, reach
from app.compare.phrases import listed
from app.domain.comparison import EvidenceSource, Side, Spot
from app.domain.sections.timeline import Timeline, TimelineItem
from app.domain.timex import UNDATED, Granularity, resolve

# The month in which a quarter, half or season begins, for the order of the timeline.
_BEGINS = {
    "Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10", "H1": "01", "H2": "07",
    "SP": "03", "SU": "06", "FA": "09", "WI": "12",
}  # fmt: skip
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")

type _Key = tuple[str, Granularity]


def timeline_section(
    sides: Sequence[Side], source: EvidenceSource, *, evidence: int, top: int
) -> Timeline:
    """The times that the sides name, in their order, each with at most `evidence` places a side,
    chosen by position. Of more than `top`, those that most sides and places name are kept.

    Expressions without a value are left out; of those that wait for a missing date of publication
    the note says how many.
    """
    spots: defaultdict[_Key, defaultdict[str, list[Spot]]] = defaultdict(lambda: defaultdict(list))
    undated: Counter[str] = Counter()
    for side in sides:
        for article in side.articles:
            for expression in article.dates:
                dated = resolve(expression, article.published)
                if dated.reason == UNDATED:
                    undated[side.key] += 1
                if dated.value is not None:
                    spots[dated.value, dated.granularity][side.key].append(
                        article.spot(dated.start, dated.end, dated.text)
                    )
    ranked = sorted(spots, key=lambda key: (*_weight(spots[key]), *key))
    items = [
        TimelineItem(
            value=value,
            granularity=granularity,
            counts={side.key: len(of[side.key]) for side in sides if side.key in of},
            sides={side.key: tuple(of[side.key][:evidence]) for side in sides if side.key in of},
        )
        for value, granularity in sorted(ranked[:top], key=_order)
        for of in (spots[value, granularity],)
    ]
    return Timeline(tuple(items), len(ranked) - len(items), _note(sides, undated))


def _note(sides: Sequence[Side], undated: Mapping[str, int]) -> str | None:
    """A note on expressions that have no value because their article has no date of publication,
    and on sides that name no time at all."""
    waiting = [f"{side.name} ({undated[side.key]})" for side in sides if side.key in undated]
    missing = (
        "Expressions of time that wait for a date of publication are left out, as the articles "
        f"have none: {listed(sorted(waiting))}."
        if waiting
        else None
    )
    return joined(missing, reach(sides, "times", lambda article: article.dates, "dates"))


def _weight(of: defaultdict[str, list[Spot]]) -> tuple[int, int]:
    return -len(of), -sum(map(len, of.values()))


def _order(key: _Key) -> tuple[str, str]:
    """By when a time begins; among those that begin together, the longer first."""
    value, _ = key
    first = value.split("/")[0]
    week = _WEEK.fullmatch(first)
    if week:
        begins = 6 if week[3] else 1
        first = date.fromisocalendar(int(week[1]), int(week[2]), begins).isoformat()
    elif (parts := first.partition("-"))[2] in _BEGINS:
        first = f"{parts[0]}-{_BEGINS[parts[2]]}"
    return first, value


METHOD = Method(
    "timeline",
    needs=frozenset({"dates"}),
    version="1",
    make=lambda material, evidence, top: timeline_section(
        material.sides, material.source, evidence=evidence, top=top
    ),
)
