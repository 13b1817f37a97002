"""Transcripts: lines that begin with who speaks and a colon."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.annotate.quotes.language import QuoteCues
from app.domain.annotation import Mention
from app.domain.quote import Quote
from app.domain.spans import Spans
from app.domain.text import Span

_CAPITALS = r"[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]*){0,4}"
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:(?: [a-z]{1,3}){0,2} [A-ZÀ-Þ][\w.'’-]*){0,4}"
# 'J. BERG (CNN): ', 'ANN BERG, BBC ANCHOR: ', 'Ann Berg: ', 'Q: '
_LABEL = re.compile(
    rf"(?P<name>{_CAPITALS}|{_NAME})(?: \([^)\n]{{1,40}}\))?(?:, [^:\n]{{1,60}})?"
    r"[ \xa0\u202f]?: (?=\S)"
)
_ANONYMOUS = frozenset(["A", "Q"])
_LONGEST = 180  # characters of a label
_FEWEST = 2  # lines that begin so


def transcript(
    text: str, blocks: Sequence[tuple[int, int]], mentions: Sequence[Mention], cues: QuoteCues
) -> Iterator[Quote]:
    """What each speaker of a transcript says up to the next one, in the order of the text; nothing
    where fewer than two paragraphs begin with one, or fewer than half. 'Q' and 'A' name nobody;
    names in small letters count only where they take turns or most are people among the
    `mentions`. `blocks` are the paragraphs."""
    labels = [_label(text, start, end, cues) for start, end in blocks]
    begun = [label for label in labels if label is not None]
    if len(begun) < _FEWEST or 2 * len(begun) < len(labels) or not _speak(begun, mentions):
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


def _label(text: str, start: int, end: int, cues: QuoteCues) -> re.Match[str] | None:
    if text.find(": ", start, min(end, start + _LONGEST)) < 0:
        return None
    label = _LABEL.match(text, start, end)
    return None if label is None or label["name"].lower() in cues.captions else label


def _speak(labels: Sequence[re.Match[str]], mentions: Sequence[Mention]) -> bool:
    """Whether labels are of speakers: in capitals, of people, or two that take turns."""
    names = [label["name"] for label in labels]
    if all(name.isupper() for name in names):
        return True
    people = Spans(mention for mention in mentions if mention.type == "PERSON")
    persons = sum(people.at(label.end("name") - 1) is not None for label in labels)
    turns = len(set(names)) < len(names) and all(one != other for one, other in pairwise(names))
    return 2 * persons > len(names) or turns
