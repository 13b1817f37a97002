"""Any text, however its marks are set, and any parse of it."""

import random
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annotate.quotes import quotes, voices
from app.annotate.quotes.marks import paragraphs, quotations
from app.domain.annotation import Annotation, Mention, Tokens
from app.domain.text import Span

_WORDS = re.compile(r"\w+|[^\w\s]|\s\s+")
_POS = ("VERB", "NOUN", "PROPN", "PRON", "PUNCT", "AUX", "ADP", "SCONJ", "ADV", "SPACE", "NUM")
_DEPS = (
    *("nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "relcl", "acl", "mark", "prep", "pobj"),
    *("conj", "appos", "ROOT", "parataxis", "advcl", "agent", "poss", "punct", "oprd", "aux"),
    *("case", "fixed", "flat", "obl:mod", "nmod"),
)
_LEMMAS = ("say", "tell", "accord", "claim", "that", "call", "accuse", "vow", "he", "who", "sure")
_LEMMAS_FR = ("dire", "déclarer", "selon", "après", "que", "il", "le", "ne", "craindre", "accuser")

pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *('"', "“", "”", "‘", "’", "'", "''", "``", "«", "»", "„", "\n", "\n\n", " ", "."),
                *(
                    "?",
                    ",",
                    ":",
                    "—",
                    "(",
                    " said",
                    " he",
                    " Ana",
                    "the",
                    "that",
                    "according to",
                    " dit-il, ",
                ),
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=60,
)


def annotation_of(text: str, seed: int, language: str = "en") -> Annotation:
    """An annotation with the shape of a model's and its parse by chance."""
    chance = random.Random(seed)
    lemmas = _LEMMAS_FR if language == "fr" else _LEMMAS
    spans = [match.span() for match in _WORDS.finditer(text)]
    count = len(spans)
    borders = sorted({0, *(chance.randrange(count) for _ in range(count // 8))}) if count else []
    tokens = Tokens(
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
        tuple(chance.choice(_POS) for _ in spans),
        tuple(chance.choice(("VBD", "VBG", "NNS", "TO", "NN", "VERB")) for _ in spans),
        tuple(chance.choice((*lemmas, text[start:end])) for start, end in spans),
        tuple(min(count - 1, max(0, i + chance.randint(-6, 6))) for i in range(count)),
        tuple(chance.choice(_DEPS) for _ in spans),
    )
    ends = [*borders[1:], count] if borders else []
    sentences = tuple(
        (spans[first][0], spans[last - 1][1]) for first, last in zip(borders, ends, strict=True)
    )
    mentions = tuple(
        Mention(start, end, text[start:end], chance.choice(("PERSON", "ORG")))
        for start, end in spans[::7]
    )
    return Annotation("chance", language, tokens, sentences, mentions)


@settings(max_examples=200, deadline=None)
@given(pieces, st.integers(0, 10**6), st.integers(0, 40), st.sampled_from(["en", "fr"]))
def test_no_text_and_no_parse_raises_and_spans_lie_inside(
    parts: list[str], seed: int, body_start: int, language: str
) -> None:
    text = "".join(parts)
    annotation = annotation_of(text, seed, language)
    found = quotes(text, min(body_start, len(text)), annotation)
    heard = voices(text, annotation, found, annotation.mentions)
    assert len(heard) == len(found)
    assert [quote.content for quote in found] == sorted({quote.content for quote in found})
    spans: list[Span | None] = [voice.span for voice in heard]
    for quote in found:
        spans += [quote.content, quote.cue, quote.speaker, quote.name]
        assert text[quote.content.start : quote.content.end].strip()
    assert all(0 <= span.start < span.end <= len(text) for span in spans if span)


@settings(max_examples=200, deadline=None)
@given(pieces)
def test_quotations_do_not_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    found = quotations(text, paragraphs(text))
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_time_grows_with_the_text(language: str) -> None:
    def seconds(times: int) -> float:
        text = "“said Ana, " * times + '" he said that ' * times + "' according to " * times
        annotation = annotation_of(text, 1, language)
        begun = time.process_time()
        found = quotes(text, 0, annotation)
        voices(text, annotation, found, annotation.mentions)
        return time.process_time() - begun

    seconds(100)
    assert seconds(4000) < 4 * 4 * max(seconds(1000), 0.02)
