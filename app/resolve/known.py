"""Well-known names recognised in a text."""

from collections.abc import Iterator, Sequence

from app.domain.knowledge import Entry, meant
from app.resolve.admission import is_common_word, is_part_of_longer, reads_as_name
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay
from app.resolve.spans import end_with_suffix
from app.resolve.words import NameMatch


def recognise(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with those of the knowledge files laid over them: types set, missed ones added.

    A name that several entries share stays without an entry. A name that is a common word too
    ("IS", "WHO") counts where it stands as a name and, without the model's word for it, only if
    a fuller name of the same thing stands in the text.
    """
    matches = list(reading.knowledge.find(reading.text, reading.words))
    told = {entry.id for match in matches if not _doubtful(reading, match) for entry in match.value}
    bounds = {(name.start, name.end): name for name in names}
    known = list(_admitted(reading, matches, told, bounds))
    # In a headline the model takes neighbours for one long name; a known one of several words
    # tells where that went wrong.
    firm = {(n.start, n.end) for n in known if " " in reading.text[n.start : n.end]}
    swallowed = {
        name
        for name in names
        if reading.is_titled(name.start)
        and any(
            name.start <= s and e <= name.end and e - s < name.end - name.start for s, e in firm
        )
    }
    if swallowed:
        names = [name for name in names if name not in swallowed]
    return overlay(names, known)


def _doubtful(reading: AnnotatedText, match: NameMatch[tuple[Entry, ...]]) -> bool:
    return is_common_word(reading, match) or match.capitals


def _admitted(
    reading: AnnotatedText,
    matches: Sequence[NameMatch[tuple[Entry, ...]]],
    told: set[str],
    bounds: dict[tuple[int, int], FoundName],
) -> Iterator[FoundName]:
    words = reading.words
    taken = frozenset(index for match in matches for index in range(match.first, match.last + 1))
    for match in matches:
        start, end = words.starts[match.first], words.ends[match.last]
        if reading.text[end : end + 1] == "." and _dotted(reading, match, end):
            end += 1
        model = bounds.get((start, end))
        if is_common_word(reading, match):
            if not reads_as_name(reading, match):
                continue
            if model is None and not any(entry.id in told for entry in match.value):
                continue
        single = match.first == match.last
        if model is None and single and is_part_of_longer(reading, match, taken):
            continue
        entry = meant(match.value)
        if entry is not None and entry.type == "PERSON" and end_with_suffix(reading, end) > end:
            # "Donald Trump Jr." is his son.
            end = end_with_suffix(reading, end)
            yield FoundName(start, end, "PERSON", None, "knowledge")
            continue
        kind = entry.type if entry else (model.type if model else match.value[0].type)
        yield FoundName(start, end, kind, entry.id if entry else None, "knowledge")


def _dotted(reading: AnnotatedText, match: NameMatch[tuple[Entry, ...]], end: int) -> bool:
    """Whether the dot behind a match belongs to the name, as in "U.S."."""
    last = reading.words.starts[match.last]
    return match.last > match.first and reading.text[last - 1] == "." and end - last == 1
