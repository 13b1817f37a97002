"""A text's sentences with what they are compared by."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from app.annotate.parse import Parse
from app.domain.annotation import Annotation, Mention
from app.domain.figure import Figure
from app.domain.names import fold
from app.domain.spans import Spans
from app.domain.statement import Sentence
from app.languages import load

# Goes up with every change of what is found, so that stored sentences can be told apart.
VERSION = "4"

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_MODIFIERS = frozenset({"ADJ", "ADV", "DET"})
_GAP = re.compile(r"\n\s*\n|\n")
_BESIDE = 6  # tokens between the two words of a negation, at most
_JOINED = 30  # characters of a word with a hyphen in it, at most
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
        reader.read(start, end)
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
    """How the marks within a number are read: ',' separates thousands, or opens the decimals."""
    return str.maketrans(load(language, "statements").get("digits", {",": ""}))


@cache
def _words(language: str) -> Mapping[str, frozenset[str]]:
    data = load(language, "statements")
    found = {name: frozenset(data.get(name, ())) for name in (*_ROLES, "phrasal")}
    return {**found, "particles": frozenset(verb.split()[1] for verb in found["phrasal"])}


class _Reader(Parse):
    """A parse with what the words of its language say, lemmas in lower case. `names` is which
    mention each token is part of, by its number; -1 for those that are part of none."""

    def __init__(
        self,
        text: str,
        annotation: Annotation,
        mentions: Sequence[Mention],
        figures: Sequence[Figure],
    ) -> None:
        super().__init__(text, annotation)
        self.lemmas = [lemma.lower() for lemma in self.lemmas]
        self.mentions = Spans(mentions)
        self.names = [-1] * self.size
        for number, mention in enumerate(self.mentions):
            for token in self.within(mention.start, mention.end):
                # A word that a name is only the end of ('anti-Assad') is no name.
                if self.starts[token] >= mention.start:
                    self.names[token] = number
        self.starting = [mention.start for mention in self.mentions]
        self.figures = Spans(figures)
        self.words = _words(annotation.language)
        self.directions = self.words["directions"]
        self.digits = _digits(annotation.language)
        self.beside: Mapping[str, Sequence[str]] = load(annotation.language, "statements").get(
            "negating_beside", {}
        )

    def read(self, start: int, end: int) -> Sentence:
        """The record of what stands at `[start, end)`."""
        tokens = self.within(start, end)
        phrasal = self._phrasal(tokens)
        lemmas: dict[str, int] = {}
        places: dict[int, int] = {}
        for token in tokens:
            lemma = self._lemma(token, tokens, phrasal)
            if lemma is not None:
                places[token] = lemmas.setdefault(lemma, len(lemmas))
        unnamed = {place for token, place in places.items() if self.names[token] < 0}
        verbs = (token for token in places if self.pos[token] == "VERB")
        acting, suffering = self._parts(tokens)
        return Sentence(
            start=start,
            end=end,
            lemmas=tuple(lemmas),
            verbs=_once(phrasal.get(token, self.lemmas[token]) for token in verbs),
            negated=tuple(self._negated(tokens, phrasal)),
            named=tuple(place for place in range(len(lemmas)) if place not in unnamed),
            acting=_once(places[token] for token in acting if token in places),
            suffering=_once(places[token] for token in suffering if token in places),
            mentions=tuple(each.start for each in self.mentions.starting(start, end)),
            subjects=self._named(acting),
            objects=self._named(suffering),
            digest=zlib.crc32(" ".join(_WORD.findall(fold(self.text[start:end]))).encode()),
        )

    def _lemma(self, token: int, tokens: range, phrasal: Mapping[int, str]) -> str | None:
        """What a token is compared by; None for one that carries no content."""
        kind, lemma = self.pos[token], self.lemmas[token]
        if kind in _CONTENT:
            return self._value(token) if kind == "NUM" else phrasal.get(token, lemma)
        if kind == "PUNCT" and (joined := self._joined(token, tokens)):
            return joined
        return lemma if lemma in self.directions else None

    def _parts(self, tokens: range) -> tuple[list[int], list[int]]:
        """The tokens that do something, and those that something is done to."""
        words, deps, heads = self.words, self.deps, self.heads
        agents, subjects, objects = words["agents"], words["subjects"], words["objects"]
        acting, suffering = [], []
        for token in tokens:
            relation = deps[token]
            if relation in subjects or deps[heads[token]] in agents:
                acting.append(token)
            elif relation in objects:
                suffering.append(token)
        return acting, suffering

    def _named(self, tokens: Sequence[int]) -> tuple[int, ...]:
        """Where the mentions start that tokens are part of."""
        numbers = (self.names[token] for token in tokens)
        return _once(self.starting[number] for number in numbers if number >= 0)

    def _negated(self, tokens: range, phrasal: Mapping[int, str]) -> Iterator[str]:
        """The words that a sentence denies, by their lemmas."""
        words, heads, lemmas = self.words, self.heads, self.lemmas
        negations, complements, denying = (
            words[each] for each in ("negations", "complements", "denying")
        )
        text, starts, ends, deps = self.text, self.starts, self.ends, self.deps
        for token in tokens:
            head, word = heads[token], text[starts[token] : ends[token]].lower()
            if (
                deps[token] == "neg"
                or word in negations
                or (word in self.beside and self._beside(token, self.beside[word]))
            ):
                yield phrasal.get(head, lemmas[head])
                above = heads[head]
                if self.pos[head] in _MODIFIERS and above != head:
                    # 'No more flights', 'not fully open'.
                    yield phrasal.get(above, lemmas[above])
            if deps[token] in complements and lemmas[head] in denying:
                yield phrasal.get(token, lemmas[token])

    def _beside(self, token: int, words: Sequence[str]) -> bool:
        """Whether one of these words stands before a token, with the same head."""
        return any(
            self.heads[other] == self.heads[token] and self.word(other) in words
            for other in range(max(0, token - _BESIDE), token)
        )

    def _phrasal(self, tokens: range) -> dict[int, str]:
        """The verbs that are one with a particle which follows ('blow up'), by token."""
        found: dict[int, str] = {}
        particles, phrasal = self.words["particles"], self.words["phrasal"]
        for token in tokens:
            word = self.lemmas[token]
            if word not in particles:
                continue
            head = self.heads[token]
            whole = f"{self.lemmas[head]} {word}"
            if tokens.start <= head < token and whole in phrasal:
                found.setdefault(head, whole)
        return found

    def _value(self, token: int) -> str:
        """The value of the figure that a number is part of, else the number as it stands."""
        figure = self.figures.at(self.starts[token])
        if figure is not None:
            return f"{figure.value:.10g}"
        return self.lemmas[token].translate(self.digits)

    def _joined(self, token: int, tokens: range) -> str | None:
        """The one word that a hyphen makes of two ('cease-fire'), or None."""
        if not tokens.start < token < tokens.stop - 1 or self.word(token) != "-":
            return None
        whole = self.text[self.starts[token - 1] : self.ends[token + 1]]
        if len(whole) > _JOINED or any(map(str.isspace, whole)):
            return None
        return whole.replace("-", "").lower()


def _once[T](found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))
