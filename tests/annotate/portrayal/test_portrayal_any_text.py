"""Any text and any parse of it."""

import random
import re
import time
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from app.annotate.portrayal import Portrait
from app.domain.annotation import Annotation, Mention, Tokens
from app.domain.portrayal import Label, Role
from app.domain.reference import Reference
from tests.annotate.chance import tokens

_WORDS = re.compile(r"\w+|[^\w\s]|\s\s+")
_POS = ("VERB", "NOUN", "PROPN", "PRON", "PUNCT", "AUX", "ADP", "ADJ", "DET", "SPACE", "CCONJ")
_DEPS = (
    *("nsubj", "nsubjpass", "dobj", "agent", "prep", "pobj", "amod", "compound", "poss", "appos"),
    *("attr", "oprd", "conj", "xcomp", "advcl", "relcl", "acl", "neg", "prt", "aux", "auxpass"),
    *("ccomp", "punct", "det", "ROOT", "case"),
)
_LEMMAS = ("call", "say", "try", "fail", "president", "activist", "group", "army", "regime", "city")
_TYPES = ("PERSON", "ORG", "GPE", "NORP")

pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("Assad", " the", " group", " army", " regime", "-", "(", ")", "\n\n", "\n", " "),
                *(",", " of", " as", " city", " president", "’s", " who", " not", " said", "."),
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=60,
)


def annotation_of(text: str, seed: int) -> Annotation:
    """An annotation with the shape of a model's and its parse by chance, circles included."""
    chance = random.Random(seed)
    spans = [match.span() for match in _WORDS.finditer(text)]
    found = tokens(
        chance,
        text,
        spans,
        pos=_POS,
        tags=("VBD", "VBG", "VBN", "NN", "NNS", "WP", "MD", "JJ"),
        deps=_DEPS,
        lemma=lambda surface: chance.choice((*_LEMMAS, surface)),
    )
    mentions = tuple(
        Mention(start, end, text[start:end], chance.choice(_TYPES)) for start, end in spans[::5]
    )
    sentences = ((0, len(text)),) if text else ()
    return Annotation("chance", "en", found, sentences, mentions)


def portrayed(
    text: str, annotation: Annotation, mentions: Sequence[Mention]
) -> tuple[tuple[Label, ...], tuple[Role, ...]]:
    """Labels and roles, with each third word as one that stands for a name."""
    portrait = Portrait(text, annotation, mentions)
    tokens = list(zip(annotation.tokens.starts, annotation.tokens.ends, strict=True))
    meant = [
        Reference(start, end, text[start:end], "pronoun", mentions[n % len(mentions)].start, "said")
        for n, (start, end) in enumerate(tokens[::3] if mentions else ())
    ]
    return portrait.labels, portrait.roles(sorted(meant, key=lambda each: each.start))


@settings(max_examples=200, deadline=None)
@given(pieces, st.integers(0, 10**6))
def test_spans_are_true_and_mentions_are_those_given(parts: list[str], seed: int) -> None:
    text = "".join(parts)
    annotation = annotation_of(text, seed)
    starts = {mention.start for mention in annotation.mentions}
    called, done = portrayed(text, annotation, annotation.mentions)
    for label in called:
        assert text[label.start : label.end] == label.text
        assert label.text == label.text.strip() or label.kind == "name"
    for role in done:
        assert 0 <= role.start < role.end <= len(text)
    assert {label.mention for label in called} | {role.mention for role in done} <= starts
    assert len(set(called)) == len(called)
    assert len(set(done)) == len(done)


@settings(max_examples=50, deadline=None)
@given(pieces, st.integers(0, 10**6))
def test_the_order_of_the_mentions_makes_no_difference(parts: list[str], seed: int) -> None:
    text = "".join(parts)
    annotation = annotation_of(text, seed)
    turned = annotation.mentions[::-1]
    one, other = (Portrait(text, annotation, each) for each in (turned, annotation.mentions))
    assert (one.labels, one.roles()) == (other.labels, other.roles())


def test_a_word_that_everything_hangs_on_makes_nothing_slow() -> None:
    def seconds(times: int) -> float:
        text = "Assad " * times
        starts = tuple(range(0, len(text), 6))
        tokens = Tokens(
            starts,
            tuple(start + 5 for start in starts),
            ("VERB", *["PROPN"] * (times - 1)),
            ("VBD",) * times,
            ("call",) * times,
            (0,) * times,
            ("ROOT", *["nsubj", "dobj", "appos", "neg"] * times)[:times],
        )
        mentions = tuple(Mention(start, start + 5, "Assad", "PERSON") for start in starts)
        annotation = Annotation("flat", "en", tokens, ((0, len(text)),), mentions)
        begun = time.process_time()
        portrayed(text, annotation, mentions)
        return time.process_time() - begun

    def best(times: int) -> float:
        return min(seconds(times) for _ in range(3))

    assert best(8000) < 4 * 4 * max(best(2000), 0.02)


def test_time_grows_with_the_text() -> None:
    def seconds(times: int) -> float:
        text = "Assad , the president of the army group said " * times
        annotation = annotation_of(text, 1)
        begun = time.process_time()
        portrayed(text, annotation, annotation.mentions)
        return time.process_time() - begun

    seconds(20)
    assert seconds(2000) < 4 * 4 * max(seconds(500), 0.02)
