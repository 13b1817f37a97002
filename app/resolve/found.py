"""Names found in one text, and how layers of them are laid over one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name at `[start, end)` of a text."""

    start: int
    end: int
    # As far as its finder knows it: "ORG".
    type: str
    # The id of the knowledge entry that it was recognised as.
    entry: str | None = None
    # What found it: "model", "knowledge", "again".
    layer: str = "model"
    # Parts what one text calls alike: "male" for the X of "Mr X" beside "Mrs X". Empty for most.
    sense: str = ""


_PLACE = attrgetter("start", "end")


def overlay(base: Iterable[FoundName], above: Iterable[FoundName]) -> tuple[FoundName, ...]:
    """Both layers of names as one, in order and without overlap: of two that overlap the one from
    `above` stays, unless the one from `base` contains it and is longer."""
    lower = sorted(base, key=_PLACE)
    kept: list[FoundName] = []
    dropped: set[int] = set()
    first = 0
    for name in sorted(above, key=_PLACE):
        while first < len(lower) and lower[first].end <= name.start:
            first += 1
        meets = []
        index = first
        while index < len(lower) and lower[index].start < name.end:
            meets.append(index)
            index += 1
        if any(_holds(lower[i], name) and i not in dropped for i in meets):
            continue
        dropped.update(meets)
        kept.append(name)
    kept += [name for index, name in enumerate(lower) if index not in dropped]
    return tuple(sorted(kept, key=_PLACE))


def _holds(outer: FoundName, inner: FoundName) -> bool:
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and outer.end - outer.start > inner.end - inner.start
    )
