"""A place in one state of a text found again in the next."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from app.domain.text import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+")

# Words on either side that tell whether a name stands in the same surroundings, and how far apart
# they may have moved.
_AROUND = 8
_APART = 24
# Half of the words around it are still there.
_KEPT = 0.5
# Fewer words around a name do not make a sentence known.
_FEWEST = 3
# Pairs of equal words (or lines) that are compared: time grows with them, about a second for so
# many. Texts that hold more are of thousands of words that were all rewritten.
_MOST_PAIRS = 1_000_000

GONE = "the new text does not hold it any more"
MOVED = "the new text holds it, but not in the same surroundings"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as tokens (words and single other marks) and the lines that hold any."""

    text: str
    starts: Sequence[int]
    tokens: Sequence[str]
    lines: Sequence[range]

    @classmethod
    def of(cls, text: str) -> "_Text":
        found = list(_TOKEN.finditer(text))
        starts = [token.start() for token in found]
        lines = []
        first = 0
        for line in _LINE.finditer(text):
            last = bisect_right(starts, line.end() - 1, lo=first)
            if last > first:
                lines.append(range(first, last))
            first = last
        return cls(text, starts, [token[0] for token in found], lines)

    def line(self, token: int) -> range:
        """The tokens of the line of one."""
        return self.lines[bisect_right(self.lines, token, key=lambda line: line.start) - 1]

    def inside(self, span: Span) -> range:
        """The tokens that a span touches."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        if self.starts and self.starts[first] + len(self.tokens[first]) <= span.start:
            first += 1
        return range(first, bisect_right(self.starts, span.end - 1))


class Revised:
    """A text before and after it was changed, for the spans of the one in the other."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = _Text.of(old), _Text.of(new)

    def find(self, span: Span) -> Span | str:
        """Where the same surface stands in the same surroundings of the new text, else why that
        cannot be told.

        Its sentence, or its paragraph, is there word for word and once, wherever it was moved to;
        or the two texts, aligned by paragraphs and within changed ones by words (Ratcliff &
        Metzener 1988), pair it with a surface around which half of the words are the same.
        """
        surface = self._old.text[span.start : span.end]
        if surface not in self._new.text:
            return GONE
        found = self._in_same_sentence(span)
        if found is None:
            found = self._aligned(span)
        if found is None or self._new.text[found.start : found.end] != surface:
            return MOVED
        return found

    def _in_same_sentence(self, span: Span) -> Span | None:
        inside = len(_words(self._old.text[span.start : span.end]))
        for unit in self._units(span):
            text = self._old.text[unit.start : unit.end]
            if len(_words(text)) - inside < _FEWEST:
                continue
            there = _only(text, self._new.text)
            if there is not None and _only(text, self._old.text) is not None:
                start = there + span.start - unit.start
                return Span(start, start + span.end - span.start)
        return None

    def _units(self, span: Span) -> Iterator[Span]:
        """The sentence and the line that a span stands in."""
        text = self._old.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        end = len(text) if end < 0 else end
        cuts = [start, *(m.end() for m in _SENTENCE_END.finditer(text, start, end)), end]
        before = [cut for cut in cuts if cut <= span.start]
        after = [cut for cut in cuts if cut >= span.end]
        if before and after:
            yield _stripped(text, before[-1], after[0])
        yield _stripped(text, start, end)

    def _aligned(self, span: Span) -> Span | None:
        own = self._old.inside(span)
        new = [self._pairs.get(token) for token in own]
        first = new[0] if new else None
        if first is None or new != list(range(first, first + len(own))):
            return None
        if not self._same_around(own, range(first, first + len(own))):
            return None
        start = self._new.starts[first] + span.start - self._old.starts[own.start]
        return Span(start, start + span.end - span.start)

    def _same_around(self, own: range, there: range) -> bool:
        line, there_line = self._old.line(own.start), self._new.line(there.start)
        around = [
            token
            for side in (range(own.start - 1, line.start - 1, -1), range(own.stop, line.stop))
            for token in [t for t in side if _is_word(self._old.tokens[t])][:_AROUND]
        ]
        if not around:
            # A line of its own, such as a headline of one name: the same line, or none.
            return len(line) == len(there_line)
        kept = sum(
            1
            for token in around
            if (paired := self._pairs.get(token)) is not None
            and paired in there_line
            and there.start - _APART <= paired < there.stop + _APART
        )
        return kept >= _KEPT * len(around)

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """Tokens of the old text with those of the new that they are."""
        old, new = self._old, self._new
        pairs: dict[int, int] = {}
        old_lines = [tuple(old.tokens[i] for i in line) for line in old.lines]
        new_lines = [tuple(new.tokens[i] for i in line) for line in new.lines]
        for same, mine, theirs in _blocks(old_lines, new_lines):
            ours = [token for line in old.lines[mine.start : mine.stop] for token in line]
            others = [token for line in new.lines[theirs.start : theirs.stop] for token in line]
            if same:
                pairs.update(zip(ours, others, strict=True))
                continue
            for equal, some, more in _blocks(
                [old.tokens[i] for i in ours], [new.tokens[i] for i in others]
            ):
                if equal:
                    pairs.update((ours[a], others[b]) for a, b in zip(some, more, strict=True))
        return pairs


def _blocks[Item: (str, tuple[str, ...])](
    old: Sequence[Item], new: Sequence[Item]
) -> Iterator[tuple[bool, range, range]]:
    """Runs of the two that are the same, and of those between them that stand for each other."""
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    ends = len(old) - tail, len(new) - tail
    if head:
        yield True, range(head), range(head)
    middle = old[head : ends[0]], new[head : ends[1]]
    counts = Counter(middle[1])
    if sum(counts[item] for item in middle[0]) > _MOST_PAIRS:
        yield False, range(head, ends[0]), range(head, ends[1])
    else:
        matcher = SequenceMatcher(None, *middle, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag in ("equal", "replace"):
                yield tag == "equal", range(head + a, head + b), range(head + c, head + d)
    if tail:
        yield True, range(ends[0], len(old)), range(ends[1], len(new))


def _only(part: str, text: str) -> int | None:
    """Where a part stands in a text as whole words, if that is once."""
    first = text.find(part)
    if first < 0 or text.find(part, first + 1) >= 0:
        return None
    end = first + len(part)
    cut = (first and part[0].isalnum() and text[first - 1].isalnum()) or (
        end < len(text) and part[-1].isalnum() and text[end].isalnum()
    )
    return None if cut else first


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip())))


def _words(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if _is_word(token)]


def _is_word(token: str) -> bool:
    return token[0].isalnum()
