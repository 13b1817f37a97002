"""A text's sentences with what they are compared by."""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import orjson

from app.domain.annotation import Annotation, Mention
from app.domain.names import fold
from app.domain.statement import Sentence

# Goes up with every change of what is found, so that stored sentences can be told apart.
VERSION = "1"

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_GAP = re.compile(r"\n\s*\n|\n")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"\w+")


def sentences(
    text: str, annotation: Annotation, mentions: Sequence[Mention]
) -> tuple[Sentence, ...]:
    """All sentences of a text that hold a word, in its order; none crosses a line's end.

    `mentions` are the names of the text as resolution knows them, in its order. Time grows in
    proportion to the text.
    """
    words = _words(annotation.language)
    reader = _Reader(text, annotation, mentions, words)
    return tuple(
        reader.sentence(start, end)
        for first, last in annotation.sentences
        for start, end in _parts(text, first, last)
    )


def _parts(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The lines of a sentence: the model runs sentences on across a headline without a stop."""
    position = first
    for gap in [*_GAP.finditer(text, first, last), None]:
        start, end = position, gap.start() if gap else last
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if _WORD.search(text, start, end):
            yield start, end
        if gap:
            position = gap.end()


@cache
def _words(language: str) -> Mapping[str, frozenset[str]]:
    path = files("app") / "data" / "languages" / language / "statements.json"
    data = orjson.loads(path.read_bytes()) if path.is_file() else {}
    names = ("negations", "denying", "complements", "subjects", "objects", "agents")
    return {name: frozenset(data.get(name, ())) for name in names}


class _Reader:
    def __init__(
        self,
        text: str,
        annotation: Annotation,
        mentions: Sequence[Mention],
        words: Mapping[str, frozenset[str]],
    ) -> None:
        self.text = text
        self.tokens = annotation.tokens
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self.lower = [lemma.lower() for lemma in annotation.tokens.lemmas]
        self.words = words

    def sentence(self, start: int, end: int) -> Sentence:
        """The record of what stands at `[start, end)`."""
        words = self.words
        negations, subjecting, objecting = (
            words["negations"],
            words["subjects"],
            words["objects"],
        )
        starts, ends, deps, heads = (
            self.tokens.starts,
            self.tokens.ends,
            self.tokens.deps,
            self.tokens.heads,
        )
        pos, lower = self.tokens.pos, self.lower
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        lemmas: dict[str, None] = {}
        verbs: dict[str, None] = {}
        negated: list[str] = []
        subjects: dict[int, None] = {}
        objects: dict[int, None] = {}
        for token in range(first, last):
            if pos[token] in _CONTENT:
                lemmas[lower[token]] = None
                if pos[token] == "VERB":
                    verbs[lower[token]] = None
            elif pos[token] == "PUNCT" and (joined := self._joined(token, first, last)):
                lemmas[joined] = None
            relation, head = deps[token], heads[token]
            surface = self.text[starts[token] : ends[token]]
            if relation == "neg" or surface in negations or surface.lower() in negations:
                negated.append(lower[head])
            if relation in words["complements"] and lower[head] in words["denying"]:
                negated.append(lower[token])
            if relation in subjecting or deps[head] in words["agents"]:
                self._add(token, subjects)
            elif relation in objecting:
                self._add(token, objects)
        inside = range(bisect_left(self.starts, start), bisect_left(self.starts, end))
        surface = self.text[start:end]
        folded = " ".join(_WORD.findall(fold(surface)))
        return Sentence(
            start=start,
            end=end,
            lemmas=tuple(lemmas),
            verbs=tuple(verbs),
            negated=tuple(negated),
            numbers=tuple(dict.fromkeys(_NUMBER.findall(surface))),
            mentions=tuple(self.starts[index] for index in inside),
            subjects=tuple(subjects),
            objects=tuple(objects),
            digest=zlib.crc32(folded.encode()),
        )

    def _joined(self, token: int, first: int, last: int) -> str | None:
        """The one word that a hyphen makes of two ('cease-fire'), or None."""
        tokens = self.tokens
        if not first < token < last - 1:
            return None
        start, end = tokens.starts[token - 1], tokens.ends[token + 1]
        if self.text[tokens.starts[token] : tokens.ends[token]] != "-" or end - start > 30:
            return None
        whole = self.text[start:end]
        return None if any(map(str.isspace, whole)) else whole.replace("-", "").lower()

    def _add(self, token: int, to: dict[int, None]) -> None:
        """Adds where the mention starts that a token is part of, if it is part of one."""
        offset = self.tokens.starts[token]
        index = bisect_right(self.starts, offset) - 1
        if index >= 0 and offset < self.mentions[index].end:
            to[self.starts[index]] = None
