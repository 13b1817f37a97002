"""Sentence vectors for those who compare: made where they are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from app.domain.comparison import Findings


class Encoder(Protocol):
    """Whoever makes vectors."""

    @property
    def version(self) -> str:
        """All that decides what a vector is."""
        ...

    def encode(self, sentences: Sequence[str]) -> bytes:
        """512 bytes for each sentence, in their order. Raises Unavailable."""
        ...


def completed(
    found: Sequence[Findings], texts: Mapping[int, str], encoder: Encoder
) -> list[Findings]:
    """The same findings, each with the vectors of its sentences; `texts` are those of the articles
    that lack them. Raises Unavailable."""
    return [
        replace(each, vectors=encoder.encode(sentences_of(each, texts[each.article])))
        if lacks_vectors(each)
        else each
        for each in found
    ]


def lacks_vectors(found: Findings) -> bool:
    """Whether it has sentences without vectors."""
    return bool(found.sentences) and not found.vectors


def sentences_of(found: Findings, text: str) -> list[str]:
    """The sentences as they stand in their text."""
    return [text[each.start : each.end] for each in found.sentences]
