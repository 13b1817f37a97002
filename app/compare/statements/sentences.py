"""The sentences of the sides as they are compared: their words by stem, and where they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.domain import deadline
from app.domain.comparison import ArticleFindings, Side, Spot
from app.domain.names import fold
from app.domain.statement import Sentence
from app.domain.stems import stem
from app.languages import load

_WORD = re.compile(r"\w+")
# Looked for from the beginning of a word alone: from each of its letters takes the square of them.
_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]\s]*$")


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence of a side: `side` counts the sides in the order of their keys, `place` the
    sentences of the article. `stems` are its content words, in their order."""

    side: int
    article: ArticleFindings
    sentence: Sentence
    place: int
    text: str
    stems: tuple[str, ...]

    @property
    def names(self) -> frozenset[int]:
        """The entities that it names."""
        owners = self.article.owners
        return frozenset(owners[start] for start in self.sentence.mentions if start in owners)

    @property
    def named(self) -> frozenset[str]:
        """The stems of the words of its names."""
        language, lemmas = self.article.language, self.sentence.lemmas
        return frozenset(stem(fold(lemmas[place]), language) for place in self.sentence.named)

    @property
    def headline(self) -> bool:
        """Whether it stands above the body."""
        return self.sentence.start < self.article.body_start

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence does, or is a headline."""
        return self.headline or _CLOSED.search(self.text) is not None

    @property
    def spot(self) -> Spot:
        """Its evidence."""
        at = self.sentence
        return Spot(self.article.article, self.article.revision, at.start, at.end, self.text)


def statements_of(
    sides: Sequence[Side], texts: Mapping[int, str], most: int | None = None
) -> list[Statement]:
    """All sentences of the sides, in the order of the sides' keys, their articles and the text;
    of each article the first `most`."""
    placed = [
        (number, article, place, sentence)
        for number, side in enumerate(sorted(sides, key=lambda each: each.key))
        for article in side.articles
        for place, sentence in enumerate(article.sentences[:most])
    ]
    surfaces = [
        texts[article.article][sentence.start : sentence.end] for _, article, _, sentence in placed
    ]
    folded = [fold(surface) for surface in surfaces]
    hyphened = {each for text in folded for each in _HYPHENED.findall(text)}
    written = {word for text in folded for word in _WORD.findall(text)} if hyphened else set()
    # 'cease-fire' is 'ceasefire' where another sentence writes it so.
    whole = {each: joined for each in hyphened if (joined := each.replace("-", "")) in written}
    return [
        Statement(number, article, sentence, place, surface, _stems(text, article.language, whole))
        for (number, article, place, sentence), surface, text in zip(
            placed, surfaces, folded, strict=True
        )
    ]


def _stems(text: str, language: str | None, whole: Mapping[str, str]) -> tuple[str, ...]:
    """The stems of the words of a folded text that say something, in their order; words as they
    are for a language that has no stemmer."""
    deadline.check()
    stop = _stop_words(language)
    if whole:
        text = _HYPHENED.sub(lambda match: whole.get(match.group(), match.group()), text)
    return tuple(
        stem(word, language)
        for word in _WORD.findall(text)
        if word not in stop and (len(word) > 1 or word.isdigit())
    )


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    return frozenset(load(language, "compared").get("stop", ()))
