"""References in any text with any parse of it."""

import random
import re
import time
from itertools import batched

from hypothesis import given, settings
from hypothesis import strategies as st

from app.annotate.references import references
from app.domain.annotation import Annotation, Cluster, Mention
from app.domain.portrayal import Label
from app.domain.quote import Utterance
from app.domain.text import Span
from tests.annotate.chance import tokens

_WORDS = re.compile(r"\w+|[^\w\s]")
_POS = ("PRON", "NOUN", "PROPN", "VERB", "DET", "ADP", "PUNCT")
_TAGS = ("PRP", "PRP$", "NN", "NNS", "NNP", "VBD", "DT")
_DEPS = (
    *("nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent", "poss", "det", "amod", "compound"),
    *("appos", "attr", "conj", "xcomp", "advcl", "ROOT"),
)
pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(" he", " She", " his", " himself", " her", " the president", " the company"),
                *(" Mr", " Maria", " Lopez", " Acme", " said", ".", "\n\n", '"', ","),
            ]
        ),
        st.text(max_size=5),
    ),
    max_size=60,
)
type Read = tuple[Annotation, list[Cluster], list[Utterance], list[Label]]


def read(text: str, seed: int) -> Read:
    """What a model and resolution could say of a text, by chance."""
    chance = random.Random(seed)
    spans = [match.span() for match in _WORDS.finditer(text)]
    found = tokens(chance, text, spans, pos=_POS, tags=_TAGS, deps=_DEPS, lemma=str.lower)
    named = [Mention(start, end, text[start:end], "PERSON") for start, end in spans[::5]]
    clusters = [
        Cluster(each[0].text, chance.choice(("PERSON", "ORG")), tuple(each), None, ())
        for each in batched(named, 3)
    ]
    labels = [
        Label(m.start, m.end, chance.choice(("president", "company")), "title", m.start)
        for m in named[::2]
    ]
    quotes = [
        Utterance("direct", a, b, 1, (Span(a, b),), None, None, None, named[0].start, "named")
        for a, b in spans[::9]
    ]
    sentences = tuple(
        (group[0][0], group[-1][1]) for group in batched(spans, chance.choice((3, 12)))
    )
    return Annotation("chance", "en", found, sentences, tuple(named)), clusters, quotes, labels


@settings(max_examples=200, deadline=None)
@given(pieces, st.integers(0, 10**6))
def test_spans_are_true_and_mentions_are_those_given(parts: list[str], seed: int) -> None:
    text = "".join(parts)
    annotation, clusters, quotes, labels = read(text, seed)
    found = references(text, annotation, clusters, quotes, labels)
    starts = {mention.start for cluster in clusters for mention in cluster.mentions}
    for each in found:
        assert text[each.start : each.end] == each.text
        assert each.mention in starts
    assert list(found) == sorted(found, key=lambda each: each.start)
    assert found == references(text, annotation, clusters, quotes, labels)


def test_a_language_without_data_has_none() -> None:
    annotation, clusters, quotes, labels = read("Mr Lopez said he left", 1)
    other = Annotation("chance", "xx", annotation.tokens, annotation.sentences, ())
    assert references("Mr Lopez said he left", other, clusters, quotes, labels) == ()


def test_time_grows_in_proportion_to_the_text() -> None:
    def seconds(times: int) -> float:
        text = " Mr Lopez said he saw the president and the company of Maria." * times
        annotation, clusters, quotes, labels = read(text, 7)
        begun = time.process_time()
        references(text, annotation, clusters, quotes, labels)
        return time.process_time() - begun

    seconds(20)
    small = min(seconds(200) for _ in range(3))
    large = min(seconds(1600) for _ in range(3))
    assert large < 24 * small
