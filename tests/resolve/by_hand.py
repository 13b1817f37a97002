"""Texts with names given by hand, for tests of one layer at a time without the model."""

import re
from collections.abc import Sequence

from app.domain.annotation import Annotation, Tokens
from app.resolve.annotated_text import AnnotatedText
from app.resolve.found import FoundName
from app.resolve.knowledge import Knowledge
from app.resolve.names import Name, distinct

_TOKEN = re.compile(r"\w+|[^\w\s]")
NOTHING_KNOWN = Knowledge((), "nothing")


def annotated(
    text: str, *, language: str = "en", knowledge: Knowledge = NOTHING_KNOWN
) -> AnnotatedText:
    """The text with tokens that hang on nothing: a capital makes a name, all else is a noun."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    surfaces = [text[start:end] for start, end in spans]
    tokens = Tokens(
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        pos=tuple("PROPN" if each[0].isupper() else "NOUN" for each in surfaces),
        tags=("",) * len(spans),
        lemmas=tuple(map(str.lower, surfaces)),
        heads=tuple(range(len(spans))),
        deps=("ROOT",) * len(spans),
    )
    return AnnotatedText.of(
        text, 0, Annotation("by hand", language, tokens, ((0, len(text)),), ()), knowledge
    )


def found(text: AnnotatedText, **types: str) -> list[FoundName]:
    """Every place of these surfaces (`_` for a blank) with their types; of two that overlap the
    longer."""
    names: list[FoundName] = []
    surfaces = {name.replace("_", " "): type_ for name, type_ in types.items()}
    for surface in sorted(surfaces, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(surface)}\b", text.text):
            start, end = match.span()
            if all(end <= other.start or other.end <= start for other in names):
                names.append(FoundName(start, end, surfaces[surface]))
    return sorted(names, key=lambda name: name.start)


def names_of(text: AnnotatedText, **types: str) -> list[Name]:
    """The distinct names of the same."""
    return distinct(text, found(text, **types))


def surfaces_of(text: AnnotatedText, names: Sequence[FoundName]) -> list[tuple[str, str]]:
    """Surface and type of each name."""
    return [(text.text[name.start : name.end], name.type) for name in names]
