"""Storms: their names alone joined to those with the word for a storm."""

from collections.abc import Iterator, Sequence

from app.resolve.annotated_text import AnnotatedText
from app.resolve.joins import Join
from app.resolve.names import Name


def storm_joins(reading: AnnotatedText, names: Sequence[Name]) -> Iterator[Join]:
    """The name of a storm alone ("Nari") joined to the one that says what it is ("Typhoon Nari"),
    where nobody in the text bears it in full."""
    cues = reading.cues
    storms: dict[str, list[Name]] = {}
    borne = {word for n in names if n.type == "PERSON" and len(n.words) > 1 for word in n.words}
    for name in names:
        if len(name.words) > 1 and name.words[-2] in cues.storms:
            storms.setdefault(name.words[-1], []).append(name)
    for name in names:
        owners = storms.get(name.key, ())
        if len(owners) == 1 and name.entry is None and name.key not in borne:
            yield Join(owners[0].key, name.key, "storm")
