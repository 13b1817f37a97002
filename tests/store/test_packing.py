"""What is stored packed comes back as it was, whatever it was."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.annotation import Annotation, Mention, Tokens
from app.domain.figure import Figure
from app.domain.findings import TextFindings
from app.domain.portrayal import Label
from app.domain.statement import Sentence
from app.store.analyses.packed_analysis import (
    pack_fingerprints,
    pack_places,
    unpack_fingerprints,
    unpack_places,
)
from app.store.analyses.packed_annotation import pack_annotation, unpack_annotation
from app.store.analyses.packed_findings import KINDS, pack_findings, unpack_findings
from app.store.engine.packing import (
    deflate,
    inflate,
    pack_columns,
    pack_like,
    unpack_columns,
    unpack_like,
)

TEXT = "Don't go to the U.S. 2,000 ferries\n\nÎle-de-France: “non” — 🙂 said Ms. Łódź  twice."
SPANS = st.integers(0, len(TEXT)).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start, len(TEXT)))
)
WORDS = st.sampled_from(["go", "ferry", "say", "NN", "Łódź", ""])
PLACES = st.integers(0, 10**6)
SOME_WORDS = st.lists(WORDS, max_size=3).map(tuple)
SOME_PLACES = st.lists(PLACES, max_size=3).map(tuple)


@st.composite
def annotations(draw: Any) -> Annotation:
    spans = sorted(draw(st.sets(SPANS, max_size=12)))
    indices = st.integers(0, max(len(spans) - 1, 0))
    named = [Mention(a, b, TEXT[a:b], draw(WORDS)) for a, b in draw(st.lists(SPANS, max_size=4))]
    cut = draw(st.integers(0, len(named)))

    def column(values: Any) -> tuple[Any, ...]:
        return tuple(draw(values) for _ in spans)

    surfaces = [TEXT[start:end] for start, end in spans]
    lemmas = tuple(draw(st.sampled_from([each, each.lower(), "be"])) for each in surfaces)
    tokens = Tokens(
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        pos=column(WORDS),
        tags=column(WORDS),
        lemmas=lemmas,
        heads=column(indices),
        deps=column(WORDS),
    )
    sentences = tuple(draw(st.lists(SPANS, max_size=3)))
    return Annotation("m 1", "en", tokens, sentences, tuple(named[:cut]), tuple(named[cut:]))


@given(annotations())
def test_what_a_model_said(said: Annotation) -> None:
    assert unpack_annotation(pack_annotation(said, TEXT), TEXT) == said


SURFACES = st.one_of(st.just(None), WORDS)
FINDINGS = st.builds(
    TextFindings,
    figures=st.lists(
        st.builds(
            Figure,
            start=st.integers(0, 40),
            end=st.integers(40, 60),
            text=st.sampled_from(["2,000", TEXT[21:26]]),
            kind=st.sampled_from(["count", "money"]),
            value=st.sampled_from([1.0, 2.5]),
            upper=st.sampled_from([None, 3.0]),
            noun=SURFACES,
            lemmas=SOME_WORDS,
            mentions=SOME_PLACES,
        ),
        max_size=4,
    ).map(tuple),
    labels=st.lists(
        st.builds(
            Label,
            start=PLACES,
            end=PLACES,
            text=WORDS,
            kind=st.sampled_from(["name", "head"]),
            mention=PLACES,
        ),
        max_size=3,
    ).map(tuple),
    sentences=st.lists(
        st.builds(
            Sentence,
            start=PLACES,
            end=PLACES,
            lemmas=SOME_WORDS,
            named=SOME_PLACES,
            subjects=SOME_PLACES,
            digest=st.integers(0, 2**32 - 1),
        ),
        max_size=4,
    ).map(tuple),
)


@given(FINDINGS, st.lists(WORDS, unique=True))
def test_findings(found: TextFindings, terms: list[str]) -> None:
    read = unpack_findings(pack_findings(found, TEXT, terms), KINDS, TEXT, terms)
    assert {kind: tuple(records) for kind, records in read.items()} == {
        kind: getattr(found, kind) for kind in KINDS
    }
    assert repr(read["sentences"]) == repr(list(found.sentences))  # tuples are tuples


@given(st.dictionaries(WORDS, st.lists(SPANS, min_size=1, max_size=4)))
def test_places_of_terms(places: dict[str, list[tuple[int, int]]]) -> None:
    counts = {lemma: len(spans) for lemma, spans in places.items()}
    assert unpack_places(pack_places(places), counts, places) == places


@given(st.lists(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5), max_size=4))
def test_columns_of_numbers_of_any_size(columns: list[list[int]]) -> None:
    head, read = unpack_columns(pack_columns(["a\nb"], columns))
    assert (head, [list(each) for each in read]) == (["a\nb"], columns)


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_fingerprints(numbers: list[int]) -> None:
    assert list(unpack_fingerprints(pack_fingerprints(numbers))) == numbers


@given(st.text(), st.text())
def test_a_text_beside_another(text: str, other: str) -> None:
    assert unpack_like(pack_like(text, other), other) == text
    assert inflate(deflate(text.encode())).decode() == text


def test_what_a_text_has_is_not_kept_again() -> None:
    text = " ".join(f"{n} ferries left Łódź." for n in range(5_000))
    assert len(pack_like(text[:20_000], text[:20_000])) < 300
