"""Annotation to terms: the content words of a text."""

import importlib
from functools import cache

from app.domain.annotation import Annotation, Term
from app.languages import load

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


def terms(annotation: Annotation) -> tuple[Term, ...]:
    """Nouns, names, verbs and adjectives by lower-cased lemma, each with every `(start, end)` of
    it, in the order in which they first appear. Words without a letter and stop words are left
    out."""
    places: dict[str, list[tuple[int, int]]] = {}
    tokens = annotation.tokens
    stop_words = _stop_words(annotation.language) | _courtesy(annotation.language)
    for pos, lemma, start, end in zip(
        tokens.pos, tokens.lemmas, tokens.starts, tokens.ends, strict=True
    ):
        if pos in _CONTENT:
            places.setdefault(lemma.lower(), []).append((start, end))
    return tuple(
        Term(lemma, tuple(spans))
        for lemma, spans in places.items()
        if lemma not in stop_words and any(map(str.isalpha, lemma))
    )


@cache
def _courtesy(language: str) -> frozenset[str]:
    """Words like 'mr' and 'mr.', which say how an outlet writes and not of what."""
    words = load(language, "portrayal").get("courtesy", ())
    return frozenset(words) | frozenset(f"{word}." for word in words)


@cache
def _stop_words(language: str) -> frozenset[str]:
    try:
        module = importlib.import_module(f"spacy.lang.{language}.stop_words")
    except ModuleNotFoundError:  # spaCy has no list for some languages
        return frozenset()
    return frozenset(module.STOP_WORDS)
