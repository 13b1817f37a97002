"""A text with marks in it, as HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around `[start, end)` of a text. Of two that begin at one place the longer one
    stands outside; `rank` decides between equals, the lower one outside."""

    start: int
    end: int
    tag: str = "mark"
    attributes: Mapping[str, str] = field(default_factory=dict)
    rank: int = 0


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Markup:
    """`text[start:end]` with its marks, everything escaped. A mark that reaches out of another one
    is parted at the end of that, and one that begins before `start` is cut there: a second part has
    no id."""
    end = len(text) if end is None else end
    waiting = [
        _entry(_rest(each, start), number)
        for number, each in enumerate(marks)
        if each.start < end and each.end > start
    ]
    heapify(waiting)
    return Markup("").join(_inside(text, waiting, start, end))


type _Entry = tuple[int, int, int, int, Mark]


def _rest(mark: Mark, start: int) -> Mark:
    """The mark, or what is left of it from `start` on."""
    if mark.start >= start:
        return mark
    attributes = {name: value for name, value in mark.attributes.items() if name != "id"}
    return replace(mark, start=start, attributes=attributes)


def _entry(mark: Mark, number: int) -> _Entry:
    return mark.start, -mark.end, mark.rank, number, mark


def _inside(text: str, waiting: list[_Entry], start: int, end: int) -> list[Markup]:
    parts = []
    at = start
    while waiting and waiting[0][0] < end:
        _, _, _, number, mark = heappop(waiting)
        if mark.end > end:
            heappush(waiting, _entry(_rest(mark, end), number))
            mark = replace(mark, end=end)
        attributes = Markup("").join(
            Markup(' {}="{}"').format(name, value) for name, value in mark.attributes.items()
        )
        parts.append(escape(text[at : mark.start]))
        parts.append(Markup("<{}{}>").format(mark.tag, attributes))
        parts.extend(_inside(text, waiting, mark.start, mark.end))
        parts.append(Markup("</{}>").format(mark.tag))
        at = mark.end
    parts.append(escape(text[at:end]))
    return parts
