"""Short forms that a text defines, laid over its names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.resolve.abbreviations import Definition, definitions
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay


def define(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with defined long and short forms laid over them; both take the type that the model
    or the knowledge gives to either, ORG where neither has one.

    What the text defines a short form to mean holds throughout it, whatever else has that name
    elsewhere. A long form without a capital ("improvised explosive device") is no name.
    """
    forms = list(_forms(reading, names))
    meaning = {reading.text[f.start : f.end]: f for f in forms}
    told = [
        replace(name, type=form.type, entry=form.entry)
        if (form := meaning.get(reading.text[name.start : name.end]))
        else name
        for name in names
    ]
    return overlay(told, forms)


def named_definitions(reading: AnnotatedText) -> Iterator[Definition]:
    """The definitions whose long form is a name, its leading article left out."""
    text = reading.text
    for definition in definitions(text, reading.cues.bracket_words):
        start, end = definition.long
        first, _, rest = text[start:end].partition(" ")
        if first.lower() in reading.cues.articles and rest:
            start += len(first) + 1
        capitals = sum(map(str.isupper, text[start:end]))
        # French writes "Syndicat national des pêcheurs (SNP)".
        opens = reading.cues.heads == "first" and first.lower() in reading.cues.org_nouns
        if text[start].isupper() and (capitals >= 2 or opens):
            yield Definition(definition.short, (start, end))


def _forms(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[FoundName]:
    for definition in named_definitions(reading):
        long = _meeting(names, *definition.long)
        short = _meeting(names, *definition.short)
        known = long if long and long.entry and _is(long, definition.long) else None
        kind = next((n.type for n in (known, long, short) if n), "ORG")
        entry = known.entry if known else None
        for start, end in (definition.long, definition.short):
            yield FoundName(start, end, kind, entry, "abbreviations")


def _is(name: FoundName, span: tuple[int, int]) -> bool:
    return (name.start, name.end) == span


def _meeting(names: Sequence[FoundName], start: int, end: int) -> FoundName | None:
    """The longest name that overlaps `[start, end)`."""
    meeting = [name for name in names if name.start < end and name.end > start]
    return max(meeting, key=lambda name: name.end - name.start, default=None)
