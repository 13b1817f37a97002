"""What changed from one revision of a text to the next."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
# Words of a paragraph that are compared one by one: the time goes by the square.
_LONGEST = 3_000


def changes(before: str, after: str) -> list[Markup]:
    """The paragraphs that differ, with the words that went and came marked, in their order."""
    old, new = _paragraphs(before), _paragraphs(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        each
        for step, a, b, c, d in steps
        if step != "equal"
        for each in _changed(old[a:b], new[c:d])
    ]


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Markup]:
    for n in range(max(len(old), len(new))):
        before, after = "".join(old[n : n + 1]), "".join(new[n : n + 1])
        yield Markup("").join(_words(_TOKEN.findall(before), _TOKEN.findall(after)))


def _words(before: Sequence[str], after: Sequence[str]) -> Iterator[Markup]:
    if max(len(before), len(after)) > _LONGEST or not before or not after:
        yield from _step("".join(before), "".join(after))
        return
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            yield Markup("{}").format("".join(before[a:b]))
        else:
            yield from _step("".join(before[a:b]), "".join(after[c:d]))


def _step(gone: str, come: str) -> Iterator[Markup]:
    if gone:
        yield Markup("<del>{}</del>").format(gone)
    if come:
        yield Markup("<ins>{}</ins>").format(come)
