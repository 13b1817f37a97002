"""A text's sentences with what they are compared by."""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from app.domain.annotation import Annotation, Mention
from app.domain.figure import Figure
from app.domain.names import fold
from app.domain.statement import Sentence
from app.languages import load

# Goes up with every change of what is found, so that stored sentences can be told apart.
VERSION = "4"

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_MODIFIERS = frozenset({"ADJ", "ADV", "DET"})
_GAP = re.compile(r"\n\s*\n|\n")
_BESIDE = 6  # tokens between the two words of a negation, at most
_WORD = re.compile(r"\w+")
# What a token's own word or relation may say of it.
_ROLES = ("negations", "complements", "denying", "directions", "agents", "subjects", "objects")


def sentences(
    text: str, annotation: Annotation, mentions: Sequence[Mention], figures: Sequence[Figure]
) -> tuple[Sentence, ...]:
    """All sentences of a text that hold a word, in its order; none crosses a line's end.

    `mentions` are the names of the text as resolution knows them, `figures` its quantities, each
    in its order. Time grows in proportion to the text.
    """
    reader = _Reader(text, annotation, mentions, figures)
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
def _digits(language: str) -> Mapping[int, str]:
    """What the marks within a number are read as: ',' parts thousands or opens decimals."""
    return str.maketrans(load(language, "statements").get("digits", {",": ""}))


@cache
def _words(language: str) -> Mapping[str, frozenset[str]]:
    data = load(language, "statements")
    found = {name: frozenset(data.get(name, ())) for name in (*_ROLES, "phrasal")}
    return {**found, "particles": frozenset(verb.split()[1] for verb in found["phrasal"])}


class _Reader:
    def __init__(
        self,
        text: str,
        annotation: Annotation,
        mentions: Sequence[Mention],
        figures: Sequence[Figure],
    ) -> None:
        self.text = text
        self.tokens = annotation.tokens
        self.starts = [mention.start for mention in mentions]
        self.names = _names(annotation, mentions)
        self.figures = figures
        self.figure_starts = [figure.start for figure in figures]
        self.lower = [lemma.lower() for lemma in annotation.tokens.lemmas]
        self.words = _words(annotation.language)
        self.digits = _digits(annotation.language)
        self.beside: Mapping[str, Sequence[str]] = load(annotation.language, "statements").get(
            "negating_beside", {}
        )

    def sentence(self, start: int, end: int) -> Sentence:
        """The record of what stands at `[start, end)`."""
        words, tokens, lower = self.words, self.tokens, self.lower
        negations, complements, denying, directions, agents, subjecting, objecting = (
            words[of] for of in _ROLES
        )
        starts, ends, deps, heads, pos = (
            tokens.starts,
            tokens.ends,
            tokens.deps,
            tokens.heads,
            tokens.pos,
        )
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        phrasal = self._phrasal(first, last)
        lemmas: dict[str, int] = {}
        verbs: dict[str, None] = {}
        negated: list[str] = []
        unnamed: set[int] = set()
        subjects: dict[int, None] = {}
        objects: dict[int, None] = {}
        acting: dict[int, None] = {}
        suffering: dict[int, None] = {}
        for token, name in enumerate(self.names[first:last], first):
            kind, word, relation, head = pos[token], lower[token], deps[token], heads[token]
            place = -1
            if kind in _CONTENT:
                lemma = self._value(token) if kind == "NUM" else phrasal.get(token, word)
                place = lemmas.setdefault(lemma, len(lemmas))
                if kind == "VERB":
                    verbs[lemma] = None
            elif kind == "PUNCT" and (joined := self._joined(token, first, last)):
                place = lemmas.setdefault(joined, len(lemmas))
            elif word in directions:
                place = lemmas.setdefault(word, len(lemmas))
            if place >= 0 and name < 0:
                unnamed.add(place)
            surface = self.text[starts[token] : ends[token]].lower()
            if (
                relation == "neg"
                or surface in negations
                or (surface in self.beside and self._beside(token, self.beside[surface]))
            ):
                negated.append(phrasal.get(head, lower[head]))
                if pos[head] in _MODIFIERS and heads[head] != head:
                    # 'No more flights', 'not fully open'.
                    negated.append(phrasal.get(heads[head], lower[heads[head]]))
            if relation in complements and lower[head] in denying:
                negated.append(phrasal.get(token, word))
            if relation in subjecting or deps[head] in agents:
                _add(place, name, acting, subjects)
            elif relation in objecting:
                _add(place, name, suffering, objects)
        inside = range(bisect_left(self.starts, start), bisect_left(self.starts, end))
        surface = self.text[start:end]
        return Sentence(
            start=start,
            end=end,
            lemmas=tuple(lemmas),
            verbs=tuple(verbs),
            negated=tuple(negated),
            named=tuple(place for place in range(len(lemmas)) if place not in unnamed),
            acting=tuple(acting),
            suffering=tuple(suffering),
            mentions=tuple(self.starts[index] for index in inside),
            subjects=tuple(self.starts[index] for index in subjects),
            objects=tuple(self.starts[index] for index in objects),
            digest=zlib.crc32(" ".join(_WORD.findall(fold(surface))).encode()),
        )

    def _beside(self, token: int, words: Sequence[str]) -> bool:
        """Whether one of these words stands before a token, with the same head."""
        tokens = self.tokens
        return any(
            tokens.heads[other] == tokens.heads[token]
            and self.text[tokens.starts[other] : tokens.ends[other]].lower() in words
            for other in range(max(0, token - _BESIDE), token)
        )

    def _phrasal(self, first: int, last: int) -> dict[int, str]:
        """The verbs that are one with a particle which follows ('blow up'), by token."""
        found: dict[int, str] = {}
        particles, heads = self.words["particles"], self.tokens.heads
        for token, word in enumerate(self.lower[first:last], first):
            if word in particles and first <= (head := heads[token]) < token and head not in found:
                whole = f"{self.lower[head]} {word}"
                if whole in self.words["phrasal"]:
                    found[head] = whole
        return found

    def _value(self, token: int) -> str:
        """The value of the figure that a number is part of, else the number as it stands."""
        start = self.tokens.starts[token]
        index = bisect_right(self.figure_starts, start) - 1
        if index >= 0 and start < self.figures[index].end:
            return f"{self.figures[index].value:.10g}"
        return self.lower[token].translate(self.digits)

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


def _names(annotation: Annotation, mentions: Sequence[Mention]) -> list[int]:
    """Which mention each token is part of; -1 for those that are part of none."""
    starts = annotation.tokens.starts
    found = [-1] * len(starts)
    for index, mention in enumerate(mentions):
        for token in range(bisect_left(starts, mention.start), bisect_left(starts, mention.end)):
            found[token] = index
    return found


def _add(place: int, name: int, words: dict[int, None], names: dict[int, None]) -> None:
    if place >= 0:
        words[place] = None
    if name >= 0:
        names[name] = None
