"""One text with all that the layers read it by."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from app.domain.annotation import Annotation
from app.resolve.cues import NameCues
from app.resolve.knowledge import Knowledge, TextKnowledge
from app.resolve.words import TextWords

_LINE = re.compile(r"[^\n]+")
# A line is a headline in capitals or title case from this share of its longer words on.
_MOSTLY = 0.7
_LONG_WORD = 4
_CLOSING = "\"'”’)]"  # may stand behind the last dot of a sentence
_LONGEST_HEADLINE = 40  # words
_TWO_WORDS = 40  # characters that two words before a name have at most


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text, its words, what the model said of it, and where it is set as a headline."""

    text: str
    # Where the body begins, behind title and subtitle (code points).
    body_start: int
    annotation: Annotation
    # What is known of the names that it may hold.
    knowledge: TextKnowledge
    cues: NameCues
    words: TextWords
    # By the offset at which it starts the number of the model's token.
    token_at: dict[int, int]
    # Lines in capitals throughout, as `(start, end)`: there a capital says nothing.
    loud: tuple[tuple[int, int], ...]
    # Lines in title case, where it says as little.
    titled: tuple[tuple[int, int], ...]

    @classmethod
    def of(
        cls, text: str, body_start: int, annotation: Annotation, knowledge: Knowledge
    ) -> "AnnotatedText":
        """One annotated text, with what the language and the knowledge files say of it."""
        loud, titled = _headlines(text)
        words = TextWords.of(text)
        return cls(
            text=text,
            body_start=body_start,
            annotation=annotation,
            knowledge=knowledge.of_text(text, words, annotation.language, annotation.mentions),
            cues=NameCues.of(annotation.language),
            words=words,
            token_at={start: index for index, start in enumerate(annotation.tokens.starts)},
            loud=loud,
            titled=titled,
        )

    def is_loud(self, offset: int) -> bool:
        """Whether the offset lies in a line in capitals."""
        return _inside(self.loud, offset)

    def is_titled(self, offset: int) -> bool:
        """Whether the offset lies in a headline, where a capital says nothing."""
        return _inside(self.titled, offset) or _inside(self.loud, offset)

    def two_words_before(self, offset: int) -> list[str]:
        """The last two words before an offset as white space parts them, or fewer."""
        return self.text[max(0, offset - _TWO_WORDS) : offset].split()[-2:]

    def pos(self, offset: int) -> str | None:
        """The part of speech of the token that starts at an offset; None where none does."""
        index = self.token_at.get(offset)
        return None if index is None else self.annotation.tokens.pos[index]


def _inside(spans: tuple[tuple[int, int], ...], offset: int) -> bool:
    at = bisect_right(spans, (offset, len(spans) and spans[-1][1])) - 1
    return at >= 0 and spans[at][0] <= offset < spans[at][1]


def _headlines(
    text: str,
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    loud, titled = [], []
    for line in _LINE.finditer(text):
        words = line.group().split()
        # A headline is short; to look at every word of every paragraph would take long.
        if not 2 <= len(words) <= _LONGEST_HEADLINE:
            continue
        long = [
            word
            for word in words
            if len(word) >= _LONG_WORD and len(word.strip("\"'“”‘’.,:;!?()")) >= _LONG_WORD
        ]
        if len(long) > 1 and sum(map(str.isupper, long)) >= _MOSTLY * len(long):
            loud.append(line.span())
        # The first word has its capital anyway, and a sentence may be full of names.
        elif (
            words[-1].rstrip(_CLOSING)[-1:] != "."
            and len(long) > 2
            and _capitalised(long[1:]) >= _MOSTLY * (len(long) - 1)
        ):
            titled.append(line.span())
    return tuple(loud), tuple(titled)


def _capitalised(words: list[str]) -> int:
    return sum(word.lstrip("\"'“‘(")[:1].isupper() for word in words)
