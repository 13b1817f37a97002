"""Names of a text found again where the model missed them."""

from collections.abc import Iterator, Sequence

from app.resolve.admission import is_common_word, is_part_of_longer, reads_as_name
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName, overlay
from app.resolve.words import NameIndex, word_indices


def find_again(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names with every other place added where one of them stands as a name: also in headlines
    and in capitals; not inside other words or longer names, nor where it is a common word."""
    index: NameIndex[FoundName] = NameIndex()
    first: dict[str, FoundName] = {}
    for name in names:
        first.setdefault(reading.text[name.start : name.end], name)
    for surface, name in first.items():
        if any(map(str.isupper, surface)):
            index.add(surface, name)
    return overlay(names, _missed(reading, names, index))


def _missed(
    reading: AnnotatedText, names: Sequence[FoundName], index: NameIndex[FoundName]
) -> Iterator[FoundName]:
    words = reading.words
    owners: dict[int, FoundName] = {}
    for name in names:
        for at in word_indices(words, [name]):
            owners[at] = name
    taken = frozenset(owners)
    for match in index.find(reading.text, words):
        start, end = words.starts[match.first], words.ends[match.last]
        met = {owners[i] for i in range(match.first, match.last + 1) if i in owners}
        if met:
            # A longer name of the text holds what was taken for a shorter one ("New Acme", "Acme").
            if all(
                start <= m.start and m.end <= end and m.end - m.start < end - start for m in met
            ):
                yield FoundName(start, end, match.value.type, match.value.entry, "again")
            continue
        if is_common_word(reading, match) and not reads_as_name(reading, match):
            continue
        if is_part_of_longer(reading, match, taken):
            continue
        surface = reading.text[match.value.start : match.value.end]
        if surface.endswith(".") and reading.text[end : end + 1] == ".":
            end += 1
        yield FoundName(start, end, match.value.type, match.value.entry, "again")
