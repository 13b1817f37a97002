"""Transcripts: lines that begin with who speaks, in capitals or as 'Q' and 'A', and a colon."""

import re
from collections.abc import Iterator, Sequence

from app.domain.quote import Quote
from app.domain.text import Span

_NAME = r"[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]*){0,4}"
# 'J. BERG (CNN): ', 'ANN BERG, BBC ANCHOR: ', 'Q: '
_LABEL = re.compile(rf"(?P<name>{_NAME})(?: \([^)\n]{{1,40}}\))?(?:, [^:\n]{{1,60}})?: (?=\S)")
_ANONYMOUS = frozenset(["A", "Q"])
_FEWEST = 2  # lines that begin so


def transcript(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[Quote]:
    """What each speaker of a transcript says up to the next one, in the order of the text; nothing
    where fewer than two paragraphs begin with one, or fewer than half. 'Q' and 'A' name nobody.
    `blocks` are the paragraphs."""
    labels = [_LABEL.match(text, start, end) for start, end in blocks]
    begun = sum(label is not None for label in labels)
    if begun < _FEWEST or 2 * begun < len(labels):
        return
    speaker: Span | None = None
    name: Span | None = None
    for (start, end), label in zip(blocks, labels, strict=True):
        if label is not None:
            speaker = Span(label.start("name"), label.end("name"))
            name = None if label["name"] in _ANONYMOUS else speaker
            yield Quote("direct", Span(label.end(), end), None, speaker, name)
        elif speaker is not None:
            yield Quote("direct", Span(start, end), None, speaker, name)
