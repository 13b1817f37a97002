"""Names of a text found again where the model missed them."""

from collections.abc import Iterator, Sequence

from app.resolve.admission import is_common_word, is_part_of_longer, reads_as_name
from app.resolve.found import Found, overlay
from app.resolve.reading import Reading
from app.resolve.words import NameIndex


def find_again(reading: Reading, names: Sequence[Found]) -> tuple[Found, ...]:
    """The names with every other place added where one of them stands as a name: in headlines and
    in capitals too, not inside other words or longer names, nor where it is a common word."""
    index: NameIndex[Found] = NameIndex()
    for name in names:
        surface = reading.text[name.start : name.end]
        if any(map(str.isupper, surface)):
            index.add(surface, name)
    return overlay(_missed(reading, names, index), names)


def _missed(reading: Reading, names: Sequence[Found], index: NameIndex[Found]) -> Iterator[Found]:
    words = reading.words
    taken = frozenset(_word_indices(reading, names))
    for match in index.find(reading.text, words):
        if match.first in taken or match.last in taken:
            continue
        if is_common_word(reading, match) and not reads_as_name(reading, match):
            continue
        if is_part_of_longer(reading, match, taken):
            continue
        start, end = words.starts[match.first], words.ends[match.last]
        surface = reading.text[match.value.start : match.value.end]
        if surface.endswith(".") and reading.text[end : end + 1] == ".":
            end += 1
        yield Found(start, end, match.value.type, match.value.entry, "again")


def _word_indices(reading: Reading, names: Sequence[Found]) -> Iterator[int]:
    starts, ends = reading.words.starts, reading.words.ends
    index = 0
    for name in names:
        while index < len(starts) and ends[index] <= name.start:
            index += 1
        while index < len(starts) and starts[index] < name.end:
            yield index
            index += 1
