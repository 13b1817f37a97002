"""The distinct names of a text, each with its mentions, type and owner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.names import name_key
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName

# Types that differ only in how a place is seen; a name between them is one name.
_KIN = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}


@dataclass(frozen=True, slots=True)
class Name:
    """All mentions in one text that read alike but for case, accents and hyphens."""

    # As `name_key` gives it: "bashar al assad".
    key: str
    # The most frequent reading: "Bashar al-Assad".
    surface: str
    # That of all its mentions: "PERSON".
    type: str
    # The id of its knowledge entry.
    entry: str | None
    mentions: tuple[FoundName, ...]
    # Those of the key: ("bashar", "al", "assad").
    words: tuple[str, ...]
    # As in its mentions: "male".
    sense: str = ""

    def typed(self, weights: Mapping[str, float]) -> "Name":
        """The same name with the type that has the most weight."""
        type_ = vote(weights)
        return self if type_ == self.type else replace(self, type=type_)


def kind_of(type_: str) -> str:
    """The type; "PLACE" for all types of places."""
    return _KIN.get(type_, type_)


def distinct(reading: AnnotatedText, names: Sequence[FoundName]) -> list[Name]:
    """The distinct names in order of first appearance: one sense per discourse (Gale, Church &
    Yarowsky, 1992) gives each one type and one owner."""
    by_key: dict[tuple[str, bool, str], list[FoundName]] = {}
    for name in names:
        key = name_key(reading.text[name.start : name.end])
        people = name.entry is not None and reading.knowledge.entries[name.entry].type == "NORP"
        by_key.setdefault((key, people, name.sense), []).append(name)
    return [
        # In French only a capital tells the Swiss ("suisse") from their country ("Suisse").
        _name(
            reading,
            key,
            f"{key} *" if people and (key, False, "") in by_key else sense_key(key, sense),
            found,
        )
        for (key, people, sense), found in by_key.items()
    ]


def sense_key(key: str, sense: str) -> str:
    """The key of a name in one of its senses."""
    return f"{key} *{sense}" if sense else key


def _name(reading: AnnotatedText, read: str, key: str, found: list[FoundName]) -> Name:
    surfaces = _counts(reading.text[name.start : name.end] for name in found)
    entries = _counts(name.entry for name in found if name.entry)
    entry = min(entries, key=lambda e: (-entries[e], e)) if entries else None
    if entry is not None:
        kind = reading.knowledge.entries[entry].type
    else:
        kind = vote(_counts(name.type for name in found))
    return Name(
        key=key,
        surface=min(surfaces, key=lambda s: (-surfaces[s], s.isupper(), s)),
        type=kind,
        entry=entry,
        mentions=tuple(found),
        words=tuple(read.split()),
        sense=found[0].sense,
    )


def _counts(of: Iterable[str]) -> dict[str, int]:
    """How often each occurs. A Counter takes long to make for the one or two mentions of most
    names."""
    counts: dict[str, int] = {}
    for each in of:
        counts[each] = counts.get(each, 0) + 1
    return counts


def vote(types: Mapping[str, float]) -> str:
    """The type with most weight, places counted together first; ties go to the first in the
    order of the alphabet."""
    if len(types) == 1:
        return next(iter(types))
    kinds: dict[str, float] = {}
    for type_, weight in types.items():
        kinds[kind_of(type_)] = kinds.get(kind_of(type_), 0.0) + weight
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    return min(
        (type_ for type_ in types if kind_of(type_) == kind),
        key=lambda type_: (-types[type_], type_),
    )
