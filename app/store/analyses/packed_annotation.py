"""What a model says of a text as few bytes, which only the text makes whole again.

Words are columns of small numbers: where the head of each is, and which of the tags and relations
of a list it has. Surfaces are in the text, and so are most lemmas; of where words begin and end,
only what a plain pattern cuts in another way is kept.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import orjson

from app.domain.annotation import Annotation, Mention, Tokens
from app.store.engine.packing import pack_columns, unpack_columns

# A lemma that is the word as it stands, and one that is it in small letters; others are numbers
# from 2 of a list.
_SAME, _LOWER, _LISTED = 0, 1, 2

# Frozen, as all that stored bytes are read with: a change needs a migration of what is stored.
_WORD = re.compile(r"\w+|[^\w\s]|\n+")
_USUAL = orjson.loads((Path(__file__).parents[2] / "data" / "packed_words.json").read_bytes())
_TAGS, _DEPS, _TYPES = list(map(tuple, _USUAL["tags"])), _USUAL["deps"], _USUAL["types"]


def pack_annotation(said: Annotation, text: str) -> bytes:
    """What a model says of this text, packed."""
    tokens = said.tokens
    tags, tagged = _numbered(zip(tokens.pos, tokens.tags, strict=True), _TAGS)
    deps, related = _numbered(tokens.deps, _DEPS)
    named = (*said.mentions, *said.values)
    types, typed = _numbered((each.type for each in named), _TYPES)
    lemmas, lemmatised = _lemmas(tokens, text)
    return pack_columns(
        (said.model, said.language, tags, deps, lemmas, types, len(said.mentions)),
        (
            *_packed_words(list(zip(tokens.starts, tokens.ends, strict=True)), text),
            tagged,
            related,
            lemmatised,
            [at - index for index, at in enumerate(tokens.heads)],
            *pack_spans(said.sentences),
            *pack_spans([(each.start, each.end) for each in named]),
            typed,
        ),
    )


def unpack_annotation(packed: bytes, text: str) -> Annotation:
    """What `pack_annotation` packed beside the same text."""
    head, columns = unpack_columns(packed)
    model, language, *listed, mentions = cast(Any, head)
    others, deps, lemmas, types = listed
    tags = [*_TAGS, *others]
    deps, types = [*_DEPS, *deps], [*_TYPES, *types]
    spans = _unpacked_words(columns[:4], text)
    tagged, related, lemmatised, heads = columns[4:8]
    named = zip(unpack_spans(*columns[10:12]), columns[12], strict=True)
    found = [Mention(start, end, text[start:end], types[kind]) for (start, end), kind in named]
    return Annotation(
        model=model,
        language=language,
        tokens=Tokens(
            starts=tuple(start for start, _ in spans),
            ends=tuple(end for _, end in spans),
            pos=tuple(tags[number][0] for number in tagged),
            tags=tuple(tags[number][1] for number in tagged),
            lemmas=tuple(
                _lemma(text[start:end], number, lemmas)
                for (start, end), number in zip(spans, lemmatised, strict=True)
            ),
            heads=tuple(index + distance for index, distance in enumerate(heads)),
            deps=tuple(deps[number] for number in related),
        ),
        sentences=tuple(unpack_spans(*columns[8:10])),
        mentions=tuple(found[:mentions]),
        values=tuple(found[mentions:]),
    )


def pack_spans(spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """How far each begins from where the last one ended, and how long each is."""
    ends = [0, *(end for _, end in spans)]
    gaps = [start - end for (start, _), end in zip(spans, ends, strict=False)]
    return gaps, [end - start for start, end in spans]


def unpack_spans(gaps: Sequence[int], lengths: Sequence[int]) -> list[tuple[int, int]]:
    """The spans that `pack_spans` packed."""
    bounds = accumulate(each for pair in zip(gaps, lengths, strict=True) for each in pair)
    return list(zip(bounds, bounds, strict=True))


def _packed_words(words: Sequence[tuple[int, int]], text: str) -> tuple[list[int], ...]:
    """The words that a plain pattern does not cut, and what it cuts that is none."""
    cut = {match.span() for match in _WORD.finditer(text)}
    known = set(words)
    return (
        *pack_spans([each for each in words if each not in cut]),
        *pack_spans(sorted(cut - known)),
    )


def _unpacked_words(columns: Sequence[Sequence[int]], text: str) -> list[tuple[int, int]]:
    wrong = set(unpack_spans(*columns[2:]))
    cut = (match.span() for match in _WORD.finditer(text))
    return sorted([*unpack_spans(*columns[:2]), *(each for each in cut if each not in wrong)])


def _numbered[T](values: Iterable[T], usual: Iterable[T]) -> tuple[list[T], list[int]]:
    """The number of each value, among the usual ones and then among the others, and those."""
    numbers = {each: number for number, each in enumerate(usual)}
    known = len(numbers)
    numbered = [numbers.setdefault(each, len(numbers)) for each in values]
    return list(numbers)[known:], numbered


def _lemmas(tokens: Tokens, text: str) -> tuple[list[str], list[int]]:
    listed: dict[str, int] = {}
    numbered = []
    for start, end, lemma in zip(tokens.starts, tokens.ends, tokens.lemmas, strict=True):
        surface = text[start:end]
        if lemma == surface:
            numbered.append(_SAME)
        elif lemma == surface.lower():
            numbered.append(_LOWER)
        else:
            numbered.append(listed.setdefault(lemma, len(listed) + _LISTED))
    return list(listed), numbered


def _lemma(surface: str, number: int, listed: Sequence[str]) -> str:
    if number >= _LISTED:
        return listed[number - _LISTED]
    return surface.lower() if number == _LOWER else surface
